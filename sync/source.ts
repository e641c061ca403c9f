const LONGEST = 200;

/** What brought a record to a node, as a trigger's item names it: `event 0f3a…`, `document …`; '' where it names none. */
export const sourceIn = (json: Record<string, unknown>): string =>
  typeof json.source === 'string' ? json.source.trim().slice(0, LONGEST) : '';
