import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { Mailchimp } from '../../../connectors/mailchimp/api';
import { runBatch } from '../../../connectors/mailchimp/batches';
import { cleanedCall, cleanedResult } from '../../../connectors/mailchimp/bounces';
import { inBlocks, OPERATIONS_PER_BATCH, SMALL_RUN } from '../../../sync/budget';
import { memberIdOf } from '../../../sync/email';
import { runRow } from '../../../sync/ledger';
import type { Member } from '../../../sync/member';
import { settle } from '../../../sync/outcome';
import { numbersIn } from '../../../sync/shared';
import { sourceIn } from '../../../sync/source';
import { planBounces, type BounceEffect, type BounceInput } from '../../../sync/transactional/bounce';
import type { EffectResult, MemberState, RecordOutcome } from '../../../sync/types';
import { audienceAt } from '../../shared/audience';
import { readState } from '../../shared/audienceState';
import { runContextOf } from '../../shared/runContext';

function memberJson(
  state: MemberState | undefined,
  email: string,
  audienceId: string,
  done: boolean,
): Member | null {
  if (!state) return null;
  return {
    audienceId,
    contactId: state.contactId,
    memberId: state.id,
    email,
    status: done ? 'cleaned' : state.status,
    mergeFields: state.mergeFields,
    lastChanged: '',
  };
}

const NO_RETRY = { attempts: 0, retryOf: '' };

/** Few contacts by themselves, many in one batch. */
async function write(
  mailchimp: Mailchimp,
  audienceId: string,
  effects: BounceEffect[],
): Promise<Map<string, EffectResult>> {
  const results = new Map<string, EffectResult>();
  const callOf = ({ memberId }: BounceEffect) => cleanedCall(audienceId, memberId);
  if (effects.length <= SMALL_RUN) {
    for (const effect of effects)
      results.set(effect.key, cleanedResult(await mailchimp.send(callOf(effect))));
    return results;
  }
  for (const block of inBlocks(effects, OPERATIONS_PER_BATCH)) {
    const answers = await runBatch(mailchimp, block.map(callOf));
    block.forEach(({ key }, i) => results.set(key, cleanedResult(answers[i])));
  }
  return results;
}

const isOwn = (retryOf: string): boolean => retryOf.startsWith('markBounced:');

/** A retry of a bounce is counted here, any other one by the way back behind this node. */
function inputOf(json: IDataObject, memberId: string): BounceInput {
  const retryOf = String(json.retryOf ?? '');
  const own = isOwn(retryOf) ? { attempts: Number(json.attempts ?? 0) || 0, retryOf } : NO_RETRY;
  return { memberId, source: sourceIn(json), ...own };
}

const wayBackOf = ({ attempts, retryOf, recordNumber }: IDataObject): IDataObject =>
  retryOf && !isOwn(String(retryOf))
    ? { attempts, retryOf, ...(recordNumber ? { recordNumber } : {}) }
    : { ...NO_RETRY };

/** Contact → Mark as Bounced: the items fit Apply Contact Change, which tells CloudSuite. */
export async function markBounced(
  node: IExecuteFunctions,
  mailchimp: Mailchimp,
): Promise<INodeExecutionData[][]> {
  const audienceId = audienceAt(node);
  const emails = node
    .getInputData()
    .map((_, item) => String(node.getNodeParameter('bouncedEmail', item, '') ?? '').trim());
  const ids = emails.map((email) => (email === '' ? '' : memberIdOf(email)));
  const wanted = [...new Set(ids)].filter((id) => id !== '');
  if (wanted.length === 0) return [[], [], []];
  const { members } = await readState(mailchimp, audienceId, wanted);
  const inputs = node.getInputData().map(({ json }, item) => inputOf(json, ids[item]!));
  const plan = planBounces(audienceId, inputs, members);
  const results = await write(mailchimp, audienceId, plan.effects);
  const options = node.getNodeParameter('bounceOptions', 0, {}) as IDataObject;
  const context = runContextOf(node, { mode: 'apply', options, audienceId });
  const outcomes = settle(plan, results, context);
  outcomes[0]!.ledger.push(runRow(outcomes, context, 'bounces'));
  const tag = String(node.getNodeParameter('bounceOptions.customerNumberField', 0, 'CUSTNO')).toUpperCase();
  const toItem = ({ itemIndex, ...outcome }: RecordOutcome): INodeExecutionData => {
    const state = members.get(ids[itemIndex]!);
    const isDone = outcome.outcome === 'done' || state?.status === 'cleaned';
    const json = {
      ...outcome,
      ...wayBackOf(node.getInputData()[itemIndex]!.json),
      member: memberJson(state, emails[itemIndex]!, audienceId, isDone),
      customerNumbers: numbersIn(state?.mergeFields[tag]),
    };
    return { json: json as unknown as IDataObject, pairedItem: { item: itemIndex } };
  };
  return ['done', 'skipped', 'attention'].map((name) =>
    outcomes.filter(({ outcome }) => outcome === name).map(toItem),
  );
}
