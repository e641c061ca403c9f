import { ConnectorError } from '../../../connectors/errors';
import type { Mailchimp } from '../../../connectors/mailchimp/api';
import { getAudience } from '../../../connectors/mailchimp/audiences';
import { waitForBatches } from '../../../connectors/mailchimp/batches';
import { APPLIED, UNKNOWN, type CallVerdict } from '../../../connectors/mailchimp/effects';
import { blastVerdict } from '../../../sync/guard';
import { holdBack } from '../../../sync/holdBack';
import { withCreatedContacts } from '../../../sync/inPlace';
import { settle } from '../../../sync/outcome';
import { newTag } from '../../../sync/segment/plan';
import { planContacts } from '../../../sync/plan';
import type { Effect, EffectResult, Plan, RecordOutcome, SyncSettings } from '../../../sync/types';
import type { SyncJob } from './job';
import { withContactIds } from './contactIds';
import { createMergeFields, settledFields, type CreatedFields } from '../newMergeFields';
import { NOTHING_MADE, type RunNews } from '../tellRun';
import { checkMergeFields } from './mergeFields';
import { readState, type AudienceState } from '../../shared/audienceState';
import { readAffected, withTags } from './readAffected';
import { Writer } from './write';

export interface SyncRun extends RunNews {
  outcomes: RecordOutcome[];
}

/**
 * One run: check → read the affected contacts → plan → guard → (Plan stops here) → write → settle. Nothing is written
 * before everything that can be checked has been checked.
 * @throws ConnectorError for troubles of the whole run; those of single records are outcomes
 */
export async function syncContacts(mailchimp: Mailchimp, job: SyncJob): Promise<SyncRun> {
  if (job.inputs.length === 0) return { outcomes: [], missingFields: [], ...NOTHING_MADE };
  const { audienceId } = job.settings;
  const { memberCount } = await getAudience(mailchimp, audienceId);
  const fields = await checkMergeFields(mailchimp, job);
  const settings: SyncSettings = { ...job.settings, mergeFields: fields.definitions };
  if (job.context.mode === 'apply') await waitForBatches(mailchimp);
  const state = await readAffected(mailchimp, job, settings);
  const { earlier } = job.context;
  const planned = holdBack(planContacts(job.inputs, state.members, settings), earlier);
  const plan = withCreatedContacts(planned, job.inputs, state.members, settings, earlier);
  guard(plan, Math.max(memberCount, state.size), job);
  const missing = plan.effects.length > 0 ? fields.toCreate : [];
  if (job.context.mode === 'plan') {
    const missingFields = missing.map(({ tag }) => tag);
    return { outcomes: settle(plan, new Map(), job.context), missingFields, ...NOTHING_MADE };
  }
  const created = await createMergeFields(mailchimp, audienceId, missing);
  const {
    results: written,
    newTags,
    trouble,
  } = await writeAfter(created, plan, () => write(mailchimp, job, settings, state, plan));
  const results = await withContactIds(mailchimp, audienceId, plan, written);
  const outcomes = settle(plan, results, job.context);
  const { found, overtaken } = settledFields(fields, job.newMergeFields, created, job.context);
  const made = [...found, ...created.made, ...newTags.map((name) => newTag(audienceId, name))];
  return { outcomes, missingFields: [], made, inDoubt: created.inDoubt, overtaken, trouble };
}

type Results = Map<string, EffectResult>;

interface Written {
  results: Results;
  /** Names of tags that the audience did not have before. */
  newTags: string[];
}

/** A run that has created a merge field ends with outcomes, so that the ledger hears of the field. */
async function writeAfter(
  { made, trouble }: CreatedFields,
  plan: Plan,
  toWrite: () => Promise<Written>,
): Promise<Written & { trouble?: ConnectorError }> {
  const none = (result: EffectResult): Written => ({
    results: new Map(plan.effects.map(({ key }) => [key, result])),
    newTags: [],
  });
  if (trouble) return { ...none({ applied: false, reason: 'merge-field-not-made', subject: '' }), trouble };
  const written = await toWrite().catch((error: unknown) => {
    if (error instanceof ConnectorError && made.length > 0) return error;
    throw error;
  });
  return written instanceof ConnectorError ? { ...none(UNKNOWN), trouble: written } : written;
}

function guard(plan: Plan, audienceSize: number, job: SyncJob): void {
  const verdict = blastVerdict(plan.effects, audienceSize, job.limits);
  if (verdict.allowed) return;
  throw new ConnectorError(
    'SYNC_BLAST_RADIUS',
    `This run would archive ${verdict.archives} contacts; the limit is ${verdict.limit}. Nothing was written.`,
    'Check that CloudSuite and the list of active statuses are right. If so, raise the limit in the node’s options and run it again.',
  );
}

type Verdict = CallVerdict | undefined;

/** Writes, then plans once more for contacts that turned out to be different from what had been read. */
async function write(
  mailchimp: Mailchimp,
  job: SyncJob,
  settings: SyncSettings,
  state: AudienceState,
  plan: Plan,
): Promise<Written> {
  const first = new Writer(mailchimp, settings.audienceId);
  await first.write(plan.effects, state.complete);
  const ids = distinct(
    plan.effects.filter((effect) => effect.kind !== 'rename' && first.verdicts.get(effect) === 'again'),
  );
  const { newTags } = first;
  if (ids.length === 0)
    return { results: resultsOf(plan.effects, (effect) => first.verdicts.get(effect)), newTags };
  const second = await writeAgain(mailchimp, job, settings, state, ids).catch((error: unknown) => {
    // What the first round wrote has to be told; the rest waits for the next run.
    if (error instanceof ConnectorError && first.hasWritten) return () => UNKNOWN;
    throw error;
  });
  const results = resultsOf(plan.effects, (effect) => {
    const verdict = first.verdicts.get(effect);
    return verdict === 'again' && effect.kind !== 'rename' ? second(effect.memberId) : verdict;
  });
  return { results, newTags };
}

const distinct = (effects: Effect[]): string[] => [...new Set(effects.map((effect) => effect.memberId))];

/** The second round. Gives what became of each contact. @throws ConnectorError as the first one does */
async function writeAgain(
  mailchimp: Mailchimp,
  job: SyncJob,
  settings: SyncSettings,
  state: AudienceState,
  ids: string[],
): Promise<(memberId: string) => Verdict> {
  const { audienceId } = settings;
  // Mailchimp says the same 404 when the whole audience is gone.
  await getAudience(mailchimp, audienceId);
  const fresh = await readState(mailchimp, audienceId, ids);
  if (!fresh.complete) return () => UNKNOWN;
  const again = await withTags(mailchimp, audienceId, job.inputs, fresh.members);
  const members = new Map([...state.members].filter(([id]) => !ids.includes(id)).concat([...again]));
  const wanted = planContacts(job.inputs, members, settings, new Set(ids));
  const replan = holdBack(wanted, job.context.earlier);
  const writer = new Writer(mailchimp, audienceId);
  await writer.write(replan.effects, false);
  return (memberId) => secondVerdict(memberId, replan, writer.verdicts);
}

/** What became of a contact in the second round: its consent's say, else the worst of its writes. */
function secondVerdict(memberId: string, replan: Plan, verdicts: Map<Effect, CallVerdict>): CallVerdict {
  const note = replan.records
    .flatMap((record) => record.notes)
    .find((one) => one.memberId === memberId && one.reason !== 'shared-address');
  if (note) return { applied: false, reason: note.reason, subject: note.subject };
  const own = replan.effects
    .filter((effect) => effect.memberId === memberId)
    .map((effect) => verdicts.get(effect));
  return own.find((verdict) => verdict === 'again' || !verdict?.applied) ?? APPLIED;
}

function resultsOf(effects: Effect[], verdictFor: (effect: Effect) => CallVerdict | undefined): Results {
  return new Map(
    effects.flatMap((effect): Array<[string, EffectResult]> => {
      const verdict = verdictFor(effect);
      if (!verdict) return [];
      return [
        [
          effect.key,
          verdict === 'again' ? { applied: false, reason: 'changed-meanwhile', subject: '' } : verdict,
        ],
      ];
    }),
  );
}
