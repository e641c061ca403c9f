import { fingerprint } from './fingerprint';
import { reasonClass } from './reasons';
import type {
  AnyEffect,
  LedgerRow,
  LedgerStatus,
  PlannedRecord,
  RecordNote,
  RecordOutcome,
  EffectResult,
  EffectResults,
  RunContext,
} from './types';

/** Invariant 6: a record that fails is tried this often, then it waits until it changes. */
export const MAX_ATTEMPTS = 5;

/** Reasons that leave nothing to audit: the state is as it should be, or another row tells it. */
const UNRECORDED = new Set(['unchanged', 'segment-unchanged', 'duplicate-record', 'tried-too-often']);

/** Where in n8n the row comes from. */
export const traceOf = ({
  executionId,
  workflowId,
  link,
}: RunContext): Pick<LedgerRow, 'executionId' | 'workflowId' | 'link'> => ({ executionId, workflowId, link });

export function statusOf(reason: RecordNote['reason'], attempts: number): LedgerStatus {
  const kind = reasonClass(reason);
  return kind === 'failed' && attempts >= MAX_ATTEMPTS ? 'quarantined' : kind;
}

/** What a run retries: effect key → attempts so far. A record that failed at two effects comes twice, once for each. */
export type EarlierAttempts = ReadonlyMap<string, number>;

export const earlierAttempts = (records: PlannedRecord[]): EarlierAttempts =>
  new Map(
    records.filter(({ retryOf }) => retryOf !== '').map(({ retryOf, attempts }) => [retryOf, attempts]),
  );

function effectRow(
  effect: AnyEffect,
  record: PlannedRecord,
  results: EffectResults,
  context: RunContext,
  earlier: EarlierAttempts,
): LedgerRow {
  const result = results.get(effect.key) ?? { applied: false, reason: 'mailchimp-unavailable' as const };
  const before = earlier.get(effect.key) ?? context.earlier?.get(effect.key)?.attempts ?? 0;
  const attempts = before + 1;
  return {
    effectKey: effect.key,
    flow: context.flow,
    kind: effect.kind,
    recordNumber: record.number,
    memberId: effect.memberId,
    source: record.source ?? '',
    status: result.applied ? 'applied' : statusOf(result.reason, attempts),
    reason: result.applied ? '' : result.reason,
    attempts,
    fingerprint: effect.fingerprint,
    ...traceOf(context),
  };
}

/** Flows that leave out the same record for the same reason have a row each: each settles its own. */
function noteRow(note: RecordNote, record: PlannedRecord, context: RunContext): LedgerRow {
  const print = fingerprint({ note, number: record.number, flow: context.flow });
  return {
    effectKey: ['note', context.audienceId, record.number, print].join(':'),
    flow: context.flow,
    kind: 'note',
    recordNumber: record.number,
    memberId: note.memberId,
    source: record.source ?? '',
    status: reasonClass(note.reason),
    reason: note.reason,
    attempts: 1,
    fingerprint: print,
    ...traceOf(context),
  };
}

/** The ledger rows of one record: one an effect key (numbers, ids and hashes only, invariant 11). */
export const ledgerRows = (
  record: PlannedRecord,
  results: EffectResults,
  context: RunContext,
  earlier: EarlierAttempts,
): LedgerRow[] => [
  ...record.effects.map((effect) => effectRow(effect, record, results, context, earlier)),
  ...record.notes
    .filter(({ reason }) => !UNRECORDED.has(reason))
    .map((note) => noteRow(note, record, context)),
];

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

/**
 * One row for the run itself, so that a run without a single write is in the ledger too. The templates write it under the
 * same key before the run begins, as `started`.
 * @param part of an execution that has several of the same flow
 */
export const runRow = (outcomes: RecordOutcome[], context: RunContext, part = ''): LedgerRow => ({
  effectKey: ['run', ...(part ? [part] : []), context.flow, context.executionId].join(':'),
  flow: context.flow,
  kind: 'run',
  recordNumber: '',
  memberId: '',
  source: '',
  status: 'applied',
  reason: summary(outcomes),
  attempts: 1,
  fingerprint: '',
  ...traceOf(context),
});

/** A write to the audience itself, which is no record's own: a merge field, or a tag. */
export type AudienceEffect = Pick<AnyEffect, 'key' | 'fingerprint'> & { kind: 'mergeField' | 'segment' };

/** A merge field that is added to an audience. */
export const mergeFieldEffect = (
  audienceId: string,
  { tag, type, name }: { tag: string; type: string; name: string },
): AudienceEffect => ({
  kind: 'mergeField',
  key: ['mergeField', audienceId, tag].join(':'),
  fingerprint: fingerprint({ tag, type, name }),
});

/** @param result `overtaken` closes the row of an earlier run, of what is not needed any more */
export function audienceRow(
  { kind, key, fingerprint: print }: AudienceEffect,
  context: RunContext,
  result: EffectResult | 'overtaken',
): LedgerRow {
  const before = context.earlier?.get(key)?.attempts ?? 0;
  const base = { recordNumber: '', memberId: '', source: '', fingerprint: print, ...traceOf(context) };
  const row = { effectKey: key, flow: context.flow, kind, ...base };
  if (result === 'overtaken') return { ...row, status: 'superseded', reason: '', attempts: before };
  const attempts = before + 1;
  return result.applied
    ? { ...row, status: 'applied', reason: '', attempts }
    : { ...row, status: statusOf(result.reason, attempts), reason: result.reason, attempts };
}
