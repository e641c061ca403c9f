import { openRows } from './open';
import { explained, stateOf, type AuditRow } from './rows';
import { kindTitle } from './words';

export const DAY = 86_400_000;
/** A default period: seven days. */
export const WEEK = 7 * DAY;
const MOST_REASONS = 10;
const MOST_RECORDS = 10;
const EXAMPLES = 3;

/** Reasons by which somebody's consent, or the lack of it, was kept. */
const CONSENT = new Set(['unsubscribed', 'cleaned', 'archived', 'forgotten', 'compliance-state']);

export interface Counted {
  name: string;
  title: string;
  count: number;
}

export interface ReasonCount {
  reason: string;
  explanation: string;
  count: number;
  /** Up to three record numbers. */
  examples: string[];
}

export interface DayCount {
  /** `YYYY-MM-DD` in UTC. */
  day: string;
  done: number;
  attention: number;
  skipped: number;
}

export interface TriedRecord {
  recordNumber: string;
  attempts: number;
  state: string;
  explanation: string;
}

/** Numbers of the effects and notes whose state is of the period; runs and failed executions are counted apart. */
export interface Report {
  from: string;
  to: string;
  applied: number;
  failed: number;
  quarantined: number;
  skipped: number;
  superseded: number;
  /** Open at the end of the period, also where they began before it. */
  openFailed: number;
  openQuarantined: number;
  consentSkips: number;
  runs: number;
  /** Those of the runs that did not end, or have not ended yet. */
  unfinishedRuns: number;
  failedExecutions: number;
  appliedByKind: Counted[];
  appliedByFlow: Counted[];
  consentByReason: Counted[];
  reasons: ReasonCount[];
  mostAttempts: TriedRecord[];
  days: DayCount[];
}

const countBy = (
  rows: AuditRow[],
  nameOf: (row: AuditRow) => string,
  titleOf = (name: string): string => name,
): Counted[] => {
  const counts = new Map<string, number>();
  for (const row of rows) counts.set(nameOf(row), (counts.get(nameOf(row)) ?? 0) + 1);
  return [...counts]
    .map(([name, count]) => ({ name, title: titleOf(name), count }))
    .sort((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1));
};

function reasonsOf(rows: AuditRow[]): ReasonCount[] {
  const examples = new Map<string, Set<string>>();
  const withReason = rows.filter(({ reason, status }) => reason !== '' && status !== 'applied');
  for (const { reason, recordNumber } of withReason) {
    const known = examples.get(reason) ?? new Set<string>();
    if (recordNumber !== '' && known.size < EXAMPLES) known.add(recordNumber);
    examples.set(reason, known);
  }
  return countBy(withReason, ({ reason }) => reason)
    .slice(0, MOST_REASONS)
    .map(({ name, count }) => ({
      reason: name,
      explanation: explained(name),
      count,
      examples: [...examples.get(name)!],
    }));
}

/** Records that were tried more than once, the most tried first. */
function mostAttempts(rows: AuditRow[]): TriedRecord[] {
  const worst = new Map<string, AuditRow>();
  for (const row of rows) {
    if (row.attempts < 2 || row.recordNumber === '') continue;
    const known = worst.get(row.recordNumber);
    if (!known || row.attempts > known.attempts) worst.set(row.recordNumber, row);
  }
  return [...worst.values()]
    .sort((a, b) => b.attempts - a.attempts || (a.recordNumber < b.recordNumber ? -1 : 1))
    .slice(0, MOST_RECORDS)
    .map(({ recordNumber, attempts, status, reason }) => ({
      recordNumber,
      attempts,
      state: status,
      explanation: explained(reason),
    }));
}

const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);

function daysOf(rows: AuditRow[], from: number, to: number): DayCount[] {
  const days = new Map<string, DayCount>();
  for (let at = Math.floor(from / DAY) * DAY; at < to; at += DAY)
    days.set(dayOf(at), { day: dayOf(at), done: 0, attention: 0, skipped: 0 });
  for (const { updatedAt, status } of rows) days.get(dayOf(updatedAt))![stateOf(status)] += 1;
  return [...days.values()];
}

/**
 * The numbers of a period.
 * @param rows of the ledger; those after `to` are left out, those before `from` count as open ones only
 * @param from ms since 1970, inclusive
 * @param to ms since 1970, exclusive
 */
export function report(rows: AuditRow[], from: number, to: number): Report {
  const until = rows.filter(({ updatedAt }) => updatedAt < to);
  const within = until.filter(({ updatedAt }) => updatedAt >= from);
  const work = within.filter(({ kind }) => kind !== 'run' && kind !== 'execution');
  const runs = within.filter(({ kind }) => kind === 'run');
  const applied = work.filter(({ status }) => status === 'applied');
  const number = (of: AuditRow[], status: string): number => of.filter((row) => row.status === status).length;
  const open = openRows(until);
  const consent = work.filter(({ status, reason }) => status === 'skipped' && CONSENT.has(reason));
  return {
    from: new Date(from).toISOString(),
    to: new Date(to).toISOString(),
    applied: applied.length,
    failed: number(work, 'failed'),
    quarantined: number(work, 'quarantined'),
    skipped: number(work, 'skipped'),
    superseded: number(work, 'superseded'),
    openFailed: number(open, 'failed'),
    openQuarantined: number(open, 'quarantined'),
    consentSkips: consent.length,
    runs: runs.length,
    unfinishedRuns: number(runs, 'started') + number(runs, 'superseded'),
    failedExecutions: within.filter(({ kind }) => kind === 'execution').length,
    appliedByKind: countBy(applied, ({ kind }) => kind, kindTitle),
    appliedByFlow: countBy(applied, ({ flow }) => flow),
    consentByReason: countBy(consent, ({ reason }) => reason, explained),
    reasons: reasonsOf(work),
    mostAttempts: mostAttempts(work),
    days: daysOf(work, from, to),
  };
}
