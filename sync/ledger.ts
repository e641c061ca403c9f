import { fingerprint } from './fingerprint';
import { reasonClass } from './reasons';
import type { EffectResults, RunContext } from './outcome';
import type { Effect, LedgerRow, LedgerStatus, PlannedRecord, RecordNote, RecordOutcome } from './types';

/** Invariant 6: a record that fails is tried this often, then it waits until it changes. */
export const MAX_ATTEMPTS = 5;

/** Reasons that leave nothing to audit: the state is as it should be, or another row tells it. */
const UNRECORDED = new Set(['unchanged', 'duplicate-record']);

function statusOf(reason: RecordNote['reason'], attempts: number): LedgerStatus {
  const kind = reasonClass(reason);
  return kind === 'failed' && attempts >= MAX_ATTEMPTS ? 'quarantined' : kind;
}

function effectRow(
  effect: Effect,
  record: PlannedRecord,
  results: EffectResults,
  context: RunContext,
): LedgerRow {
  const result = results.get(effect.key) ?? { applied: false, reason: 'mailchimp-unavailable' as const };
  const attempts = (effect.key === record.retryOf ? record.attempts : 0) + 1;
  return {
    effectKey: effect.key,
    flow: context.flow,
    kind: effect.kind,
    recordNumber: record.number,
    memberId: effect.memberId,
    status: result.applied ? 'applied' : statusOf(result.reason, attempts),
    reason: result.applied ? '' : result.reason,
    attempts,
    fingerprint: effect.fingerprint,
    executionId: context.executionId,
  };
}

function noteRow(note: RecordNote, record: PlannedRecord, context: RunContext): LedgerRow {
  const print = fingerprint({ note, number: record.number });
  return {
    effectKey: ['note', context.audienceId, record.number, print].join(':'),
    flow: context.flow,
    kind: 'note',
    recordNumber: record.number,
    memberId: note.memberId,
    status: statusOf(note.reason, record.attempts + 1),
    reason: note.reason,
    attempts: record.attempts + 1,
    fingerprint: print,
    executionId: context.executionId,
  };
}

/** Closes the row of an earlier attempt whose effect this run no longer makes, because the record has changed. */
const supersededRow = (record: PlannedRecord, context: RunContext): LedgerRow => ({
  effectKey: record.retryOf,
  flow: context.flow,
  kind: record.retryOf.split(':')[0]!,
  recordNumber: record.number,
  memberId: record.memberIds[0] ?? '',
  status: 'superseded',
  reason: '',
  attempts: record.attempts,
  fingerprint: record.retryOf.split(':').pop()!,
  executionId: context.executionId,
});

/** The ledger rows of one record: one an effect key (numbers, ids and hashes only, invariant 11). */
export function ledgerRows(
  record: PlannedRecord,
  troubles: RecordNote[],
  results: EffectResults,
  context: RunContext,
): LedgerRow[] {
  const rows = [
    ...record.effects.map((effect) => effectRow(effect, record, results, context)),
    ...record.notes
      .filter((note) => !UNRECORDED.has(note.reason) && troubles.includes(note))
      .map((note) => noteRow(note, record, context)),
  ];
  const retryIsOpen = record.retryOf !== '' && !rows.some((row) => row.effectKey === record.retryOf);
  return retryIsOpen ? [...rows, supersededRow(record, context)] : rows;
}

/** `read 12, create 3, update 1, unchanged 8`: counts by action and reason, in a stable order. */
export function summary(outcomes: RecordOutcome[]): string {
  const counts = new Map<string, number>();
  for (const outcome of outcomes) {
    const labels = outcome.outcome === 'done' ? outcome.actions : [outcome.reason];
    for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  }
  const parts = [...counts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([label, count]) => `${label} ${count}`);
  return [`read ${outcomes.length}`, ...parts].join(', ');
}

/** One row for the run itself, so that a run without a single write is in the ledger too. */
export const runRow = (outcomes: RecordOutcome[], context: RunContext): LedgerRow => ({
  effectKey: ['run', context.audienceId, context.flow, context.executionId].join(':'),
  flow: context.flow,
  kind: 'run',
  recordNumber: '',
  memberId: '',
  status: 'applied',
  reason: summary(outcomes),
  attempts: 1,
  fingerprint: '',
  executionId: context.executionId,
});
