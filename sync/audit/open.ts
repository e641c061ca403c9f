import { isNamedBySource } from '../source';
import { byTime, stateOf, type AuditRow } from './rows';

/** Writes to one contact: whichever succeeds later brings it all that an earlier one could not. */
const CONTACT_KINDS = new Set(['create', 'update', 'rename', 'tag', 'archive']);

/** An order or a segment is decided by itself; everything else by the record, or by the contact where there is none. */
const subjectOf = ({ flow, source, recordNumber, memberId, effectKey }: AuditRow): string => {
  const own = isNamedBySource(source) ? source : '';
  return JSON.stringify([flow, recordNumber || memberId || own || effectKey, own]);
};

const workOf = (row: AuditRow): string =>
  JSON.stringify([subjectOf(row), row.memberId, CONTACT_KINDS.has(row.kind) ? 'contact' : row.kind]);

interface Later {
  /** Last executions that decided about a subject, and when. */
  decided: Map<string, AuditRow>;
  /** Last applied row of a piece of work. */
  applied: Map<string, AuditRow>;
}

function lastOf(rows: AuditRow[]): Later {
  const decided = new Map<string, AuditRow>();
  const applied = new Map<string, AuditRow>();
  for (const row of rows) {
    if (row.kind === 'run' || row.kind === 'execution') continue;
    decided.set(subjectOf(row), row);
    if (row.status === 'applied') applied.set(workOf(row), row);
  }
  return { decided, applied };
}

const isLater = (later: AuditRow | undefined, row: AuditRow): boolean =>
  later !== undefined && later.updatedAt > row.updatedAt && later.executionId !== row.executionId;

/**
 * Rows whose trouble is still there, by time. The ledger closes a row only when the same effect is tried again, so what
 * another run did later counts too: a note (why not) is settled when a later execution decided about the same record and
 * did not repeat it; an effect is settled when a later execution applied the same kind of write to the same contact.
 */
export function openRows(rows: AuditRow[]): AuditRow[] {
  const sorted = byTime(rows);
  const { decided, applied } = lastOf(sorted);
  return sorted.filter((row) => {
    if (stateOf(row.status) !== 'attention' || row.kind === 'execution' || row.kind === 'run') return false;
    const later = row.kind === 'note' ? decided.get(subjectOf(row)) : applied.get(workOf(row));
    return !isLater(later, row);
  });
}
