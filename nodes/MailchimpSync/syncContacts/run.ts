import { ConnectorError } from '../../../connectors/errors';
import type { Mailchimp } from '../../../connectors/mailchimp/api';
import { getAudience } from '../../../connectors/mailchimp/audiences';
import { waitForBatches } from '../../../connectors/mailchimp/batches';
import { APPLIED, type CallVerdict } from '../../../connectors/mailchimp/effects';
import { blastVerdict } from '../../../sync/guard';
import { settle } from '../../../sync/outcome';
import { affectedMembers, planContacts } from '../../../sync/plan';
import type { Effect, EffectResult, Plan, RecordOutcome, SyncSettings } from '../../../sync/types';
import type { SyncJob } from './job';
import { checkMergeFields, createMergeFields } from './mergeFields';
import { readContacts, readState, type AudienceState } from './readState';
import { Writer } from './write';

/**
 * One run: check → read the affected contacts → plan → guard → (Plan stops here) → write → settle. Nothing is written
 * before everything that can be checked has been checked.
 * @throws ConnectorError for troubles of the whole run; those of single records are outcomes
 */
export async function syncContacts(mailchimp: Mailchimp, job: SyncJob): Promise<RecordOutcome[]> {
  if (job.inputs.length === 0) return [];
  const { audienceId } = job.settings;
  const { memberCount } = await getAudience(mailchimp, audienceId);
  const fields = await checkMergeFields(mailchimp, job);
  const settings: SyncSettings = { ...job.settings, mergeFields: fields.definitions };
  if (job.context.mode === 'apply') await waitForBatches(mailchimp);
  const state = await readState(mailchimp, audienceId, affectedMembers(job.inputs, settings));
  const plan = planContacts(job.inputs, state.members, settings);
  guard(plan, Math.max(memberCount, state.size), job);
  if (job.context.mode === 'plan') return settle(plan, new Map(), job.context);
  if (plan.effects.length > 0) await createMergeFields(mailchimp, audienceId, fields.toCreate);
  return settle(plan, await write(mailchimp, job, settings, state, plan), job.context);
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

/** Writes, then plans once more for contacts that turned out to be different from what had been read. */
async function write(
  mailchimp: Mailchimp,
  job: SyncJob,
  settings: SyncSettings,
  state: AudienceState,
  plan: Plan,
): Promise<Map<string, EffectResult>> {
  const { audienceId } = settings;
  const first = new Writer(mailchimp, audienceId);
  await first.write(plan.effects, state.complete);
  const surprising = plan.effects.filter((effect) => first.verdicts.get(effect) === 'again');
  const ids = [...new Set(surprising.map((effect) => effect.memberId))];
  if (ids.length === 0) return resultsOf(plan.effects, (effect) => first.verdicts.get(effect));

  const fresh = await readContacts(mailchimp, audienceId, ids);
  const members = new Map([...state.members].filter(([id]) => !ids.includes(id)).concat([...fresh.members]));
  const replan = planContacts(job.inputs, members, settings, new Set(ids));
  const second = new Writer(mailchimp, audienceId);
  await second.write(replan.effects, false);
  return resultsOf(plan.effects, (effect) => {
    const verdict = first.verdicts.get(effect);
    return verdict === 'again' ? secondVerdict(effect.memberId, replan, second.verdicts) : verdict;
  });
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

function resultsOf(
  effects: Effect[],
  verdictFor: (effect: Effect) => CallVerdict | undefined,
): Map<string, EffectResult> {
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
