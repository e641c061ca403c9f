import { memberIdOf } from '../email';
import { openRows } from './open';
import { byTime, explained, stateOf, type AuditRow, type StateName } from './rows';
import { counted, sentence, timeText } from './words';

export const KINDS_OF_THING = ['record', 'contact', 'source', 'effect', 'execution'] as const;
export type KindOfThing = (typeof KINDS_OF_THING)[number];

export interface Question {
  /** A record number, a contact (address, or its hash), an order or event, an effect key or an execution. */
  lookFor: string;
  kind: KindOfThing | 'automatic';
}

export interface HistoryEntry {
  /** ISO 8601, UTC; '' where the row tells no time. */
  at: string;
  when: string;
  state: StateName;
  text: string;
  explanation: string;
  /** Whether somebody or the next run still has to do something about it. */
  open: boolean;
  kind: string;
  status: string;
  reason: string;
  attempts: number;
  flow: string;
  recordNumber: string;
  memberId: string;
  source: string;
  effectKey: string;
  executionId: string;
  workflowId: string;
  link: string;
}

export interface History {
  title: string;
  kind: KindOfThing;
  /** Never an address: its hash stands in its place. */
  lookedFor: string;
  /** Other kinds of thing of which the ledger has rows by the same words. */
  alsoFound: KindOfThing[];
  summary: string;
  lastState: string;
  openProblems: number;
  /** One sentence for each reason that is open. */
  whatToDo: string[];
  entries: HistoryEntry[];
}

const HASH = /^[0-9a-f]{32}$/i;
/** Also where a name or brackets stand around it. */
const ADDRESS_WITHIN = /[^\s<>"',;:()]+@[^\s<>"',;()]+/;

/** What a person enters, without the address that it may be. */
export function withoutAddress(lookFor: string): string {
  const asked = lookFor.trim();
  if (asked.includes('@')) return memberIdOf(ADDRESS_WITHIN.exec(asked)?.[0] ?? asked);
  return HASH.test(asked) ? asked.toLowerCase() : asked;
}

const isOf: Record<KindOfThing, (row: AuditRow, what: string) => boolean> = {
  record: (row, what) => row.recordNumber === what,
  contact: (row, what) => row.memberId === what,
  source: ({ source }, what) => source === what || source.endsWith(` ${what}`) || source.endsWith(`/${what}`),
  effect: (row, what) => row.effectKey === what,
  execution: (row, what) => row.executionId === what,
};

/** Rows of a record, and those of its contacts that carry no number: an event knows the contact only. */
function withContacts(rows: AuditRow[], number: string): AuditRow[] {
  const own = rows.filter((row) => row.recordNumber === number);
  const contacts = new Set(own.map(({ memberId }) => memberId).filter((id) => id !== ''));
  return rows.filter(
    (row) => row.recordNumber === number || (row.recordNumber === '' && contacts.has(row.memberId)),
  );
}

const TITLES: Record<KindOfThing, string> = {
  record: 'record',
  contact: 'contact',
  source: '',
  effect: 'effect',
  execution: 'execution',
};

const toEntry = (row: AuditRow, open: ReadonlySet<AuditRow>): HistoryEntry => ({
  at: row.updatedAt === 0 ? '' : new Date(row.updatedAt).toISOString(),
  when: timeText(row.updatedAt),
  state: stateOf(row.status),
  text: sentence(row),
  // The reason of a run is its summary, and that of a failed execution a code of docs/errors.md.
  explanation: row.kind === 'run' ? row.reason : explained(row.reason),
  open: open.has(row),
  kind: row.kind,
  status: row.status,
  reason: row.reason,
  attempts: row.attempts,
  flow: row.flow,
  recordNumber: row.recordNumber,
  memberId: row.memberId,
  source: row.source,
  effectKey: row.effectKey,
  executionId: row.executionId,
  workflowId: row.workflowId,
  link: row.link,
});

function summaryOf(entries: HistoryEntry[], kind: KindOfThing): string {
  if (entries.length === 0)
    return 'The ledger has no row about it. Numbers are compared exactly, with upper and lower case.';
  const found = `The ledger has ${counted(entries.length, 'row')} about it.`;
  const troubled = entries.filter(({ state }) => state === 'attention').length;
  // What became of a record after the execution stands in rows of other executions.
  if (kind === 'execution')
    return `${found} ${troubled === 0 ? 'None' : troubled} needed attention at its end. Ask for a record to see what is open now.`;
  const open = entries.filter((entry) => entry.open).length;
  return `${found} ${open === 0 ? 'Nothing is open.' : `${counted(open, 'problem')} ${open === 1 ? 'is' : 'are'} open.`}`;
}

/**
 * The timeline of one thing, oldest first.
 * @param rows of the ledger; they may hold rows of other things too
 */
export function history(rows: AuditRow[], { lookFor, kind }: Question): History {
  const lookedFor = withoutAddress(lookFor);
  const matching =
    lookedFor === '' ? [] : KINDS_OF_THING.filter((name) => rows.some((row) => isOf[name](row, lookedFor)));
  const guess = HASH.test(lookedFor)
    ? 'contact'
    : (matching.find((name) => name === 'effect') ?? matching[0] ?? 'record');
  const chosen = kind === 'automatic' ? guess : kind;
  const found =
    lookedFor === ''
      ? []
      : chosen === 'record'
        ? withContacts(rows, lookedFor)
        : rows.filter((row) => isOf[chosen](row, lookedFor));
  const open = new Set(chosen === 'execution' ? [] : openRows(rows));
  const entries = byTime(found).map((row) => toEntry(row, open));
  const problems = entries.filter((entry) => entry.open);
  const last = entries.filter((entry) => entry.kind !== 'run').at(-1) ?? entries.at(-1);
  return {
    title: `What happened to ${TITLES[chosen]} ${lookedFor}`.replace(/ {2}/, ' '),
    kind: chosen,
    lookedFor,
    alsoFound: matching.filter((name) => name !== chosen),
    summary: summaryOf(entries, chosen),
    lastState: last ? `${last.when}: ${last.text}` : '',
    openProblems: problems.length,
    whatToDo: [...new Set(problems.map(({ explanation, text }) => explanation || text))],
    entries,
  };
}
