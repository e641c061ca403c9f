import { sameReference, type CrossReference } from './crossReference';
import { closingRows } from './closing';
import { earlierAttempts, ledgerRows, type EarlierAttempts } from './ledger';
import { reasonClass, reasonText, type Reason } from './reasons';
import { unfinishedRows } from './unfinished';
import type {
  AnyEffect,
  EffectResult,
  EffectResults,
  OutcomeName,
  Plan,
  PlannedRecord,
  RecordNote,
  RecordOutcome,
  RunContext,
} from './types';

const NOT_REACHED: EffectResult = { applied: false, reason: 'mailchimp-unavailable', subject: '' };

/** Why parts of a record were not written: the planner's notes, then what the write itself met. */
function troublesOf(record: PlannedRecord, results: EffectResults, mode: RunContext['mode']): RecordNote[] {
  if (mode === 'plan') return record.notes;
  const met = record.effects.flatMap((effect) => {
    const result = results.get(effect.key) ?? NOT_REACHED;
    return result.applied
      ? []
      : [{ reason: result.reason, subject: result.subject, memberId: effect.memberId }];
  });
  return [...record.notes, ...met];
}

const isSkip = (trouble: RecordNote): boolean => reasonClass(trouble.reason) === 'skipped';

function outcomeOf(
  record: PlannedRecord,
  troubles: RecordNote[],
  results: EffectResults,
  mode: RunContext['mode'],
): OutcomeName {
  if (troubles.some((trouble) => !isSkip(trouble))) return 'attention';
  const done = record.effects.some((effect) => mode === 'plan' || results.get(effect.key)?.applied);
  return done ? 'done' : 'skipped';
}

const explain = (reason: Reason, subject: string): string =>
  subject ? `${reasonText(reason)} (${subject})` : reasonText(reason);

/** What CloudSuite should keep now; null where that is what it keeps, or where the writes did not come about. */
function crossReferenceOf(
  { contact }: PlannedRecord,
  effects: AnyEffect[],
  results: EffectResults,
  mode: RunContext['mode'],
): CrossReference | null {
  if (!contact) return null;
  const met = effects.map(({ key, kind }) => ({ kind, result: results.get(key) ?? NOT_REACHED }));
  const decisive = met.filter(({ kind }) => kind === 'create' || kind === 'rename' || kind === 'archive');
  if (mode === 'apply' && decisive.some(({ result }) => !result.applied)) return null;
  const created = met.map(({ result }) => (result.applied && result.contactId) || '').find((id) => id !== '');
  const archived = decisive.some(({ kind }) => kind === 'archive');
  const wanted: CrossReference = {
    ...contact.wanted,
    contactId: contact.wanted.contactId || (created ?? ''),
    preference: archived ? 'archived' : contact.wanted.preference,
  };
  return wanted.contactId && !sameReference(wanted, contact.stored) ? wanted : null;
}

function settleRecord(
  record: PlannedRecord,
  results: EffectResults,
  context: RunContext,
  earlier: EarlierAttempts,
  contactEffects: AnyEffect[] = [],
): RecordOutcome {
  const troubles = troublesOf(record, results, context.mode);
  const main = troubles.find((trouble) => !isSkip(trouble)) ?? troubles[0];
  return {
    itemIndex: record.itemIndex,
    outcome: outcomeOf(record, troubles, results, context.mode),
    number: record.number,
    actions: [...new Set(record.effects.map((effect) => effect.kind))],
    reason: main?.reason ?? '',
    explanation: main
      ? explain(main.reason, main.subject)
      : record.effects.map((effect) => effect.why).join(' '),
    memberIds: record.memberIds,
    effects: record.effects,
    attempts: record.attempts,
    retryOf: record.retryOf,
    source: record.source ?? '',
    crossReference: crossReferenceOf(record, contactEffects, results, context.mode),
    ledger: context.mode === 'plan' ? [] : ledgerRows(record, results, context, earlier),
  };
}

/** One outcome for each record of the plan, in its order. */
export function settle(
  { records, effects }: Plan<AnyEffect>,
  results: EffectResults,
  context: RunContext,
): RecordOutcome[] {
  const earlier = earlierAttempts(records);
  const byMember = new Map<string, AnyEffect[]>();
  for (const effect of effects)
    byMember.set(effect.memberId, [...(byMember.get(effect.memberId) ?? []), effect]);
  const outcomes = records.map((record) =>
    settleRecord(record, results, context, earlier, byMember.get(record.contact?.memberId ?? '')),
  );
  if (context.mode === 'plan') return outcomes;
  const written = new Set(outcomes.flatMap(({ ledger }) => ledger.map(({ effectKey }) => effectKey)));
  const closing = closingRows(records, written, context);
  const unfinished = unfinishedRows(records, context);
  records.forEach((record, index) => {
    outcomes[index]!.ledger.push(...(closing.get(record) ?? []), ...(unfinished.get(record) ?? []));
  });
  return outcomes;
}

/** The outcome of an input item that is no party at all. */
export function notAParty(itemIndex: number, context: RunContext): RecordOutcome {
  const record: PlannedRecord = {
    itemIndex,
    number: '',
    attempts: 0,
    retryOf: '',
    memberIds: [],
    effects: [],
    notes: [{ reason: 'not-a-party', subject: `item ${itemIndex}`, memberId: '' }],
  };
  return settleRecord(record, new Map(), context, new Map());
}
