import { runRow, traceOf } from './ledger';
import { nameOf } from './source';
import type { LedgerRow, PlannedRecord, RecordOutcome, RunContext, UnfinishedRun } from './types';

type Json = Record<string, unknown>;

/** Those among the rows of the ledger that a node is given; what is none is left out. */
export const unfinishedRuns = (rows: unknown[], executionId: string): UnfinishedRun[] =>
  rows
    .filter((row): row is Json => typeof row === 'object' && row !== null)
    .filter(({ kind, status }) => kind === 'run' && status === 'started')
    .map((row): UnfinishedRun => {
      const text = (column: string): string => String(row[column] ?? '');
      return {
        ...{ effectKey: text('effectKey'), flow: text('flow'), source: text('source') },
        ...{ recordNumber: text('recordNumber'), memberId: text('memberId') },
        ...{ executionId: text('executionId'), workflowId: text('workflowId'), link: text('link') },
      };
    })
    .filter((run) => run.effectKey !== '' && run.executionId !== executionId);

/** Contacts that this run creates: no earlier one has written them. */
const createdIn = (records: PlannedRecord[]): ReadonlySet<string> =>
  new Set(
    records.flatMap(({ effects }) =>
      effects.filter(({ kind }) => kind === 'create').map(({ memberId }) => memberId),
    ),
  );

/**
 * An execution that n8n or somebody ended in the middle has perhaps written what it never told the ledger. This run reads
 * the same records again, finds that part as it should be, and would have nothing to tell of it. So each contact that the
 * other one can have written, each order and each record without a contact gets a row that names it.
 */
export function unfinishedRows(
  records: PlannedRecord[],
  context: RunContext,
): Map<PlannedRecord, LedgerRow[]> {
  const { unfinished = [], audienceId, flow } = context;
  if (unfinished.length === 0) return new Map();
  const runs = unfinished.map(({ executionId }) => executionId).join('+');
  const created = createdIn(records);
  const rowOf = ({ number, source = '' }: PlannedRecord, memberId: string): LedgerRow => ({
    effectKey: ['note', audienceId, nameOf({ number, source }), memberId, runs].join(':'),
    ...{ flow, kind: 'note', recordNumber: number, memberId, source },
    ...{ status: 'superseded', reason: 'run-unfinished', attempts: 1, fingerprint: runs },
    ...traceOf(context),
  });
  const told = new Set<string>();
  const isFirst = ({ effectKey }: LedgerRow): boolean => !told.has(effectKey) && !!told.add(effectKey);
  return new Map(
    records.map((record) => {
      const contacts = record.memberIds.length > 0 ? record.memberIds : [''];
      const named = contacts.filter((id) => !created.has(id) && (id !== '' || nameOf(record) !== ''));
      return [record, named.map((id) => rowOf(record, id)).filter(isFirst)];
    }),
  );
}

/** Rows of the run itself: that it ended, and that those before it did not. */
export const endOfRun = (outcomes: RecordOutcome[], context: RunContext): LedgerRow[] => [
  runRow(outcomes, context),
  ...(context.unfinished ?? []).map(
    (run): LedgerRow => ({
      ...run,
      ...{ kind: 'run', status: 'superseded', attempts: 1, fingerprint: '' },
      reason: `did not end; execution ${context.executionId} names what it can have written`,
    }),
  ),
];
