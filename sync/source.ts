/** Nothing else, so that no field of the user's own that has this name brings a person into the ledger (invariant 11). */
const SOURCE = /^(?:document|event|message|order) [^\s@]{1,200}$/;

/** Orders and segments have no number of CloudSuite's: their rows of the ledger belong together by the source. */
export const isNamedBySource = (source: string): boolean => /^(?:order|segment) /.test(source);

/** A record's own name in the ledger; '' for a contact without a number. */
export const nameOf = ({ source = '', number }: { source?: string; number: string }): string =>
  isNamedBySource(source) ? source : number;

/** What brought a record to a node, as a trigger's item names it: `event 0f3a…`, `document …`; '' where it names none. */
export function sourceIn(json: Record<string, unknown>): string {
  const source = typeof json.source === 'string' ? json.source.trim() : '';
  return SOURCE.test(source) ? source : '';
}
