import type { EffectResult } from '../../sync/types';
import type { Mailchimp } from './api';
import { memberPath } from './members';
import { contactRefusal, isOk } from './problem';

/**
 * PATCH /lists/{list_id}/members/{subscriber_hash} with the status cleaned: the only status that this package writes
 * over a known one. Assumed: Mailchimp takes it, as its description says.
 */
export async function markCleaned(
  mailchimp: Mailchimp,
  audienceId: string,
  memberId: string,
): Promise<EffectResult> {
  const response = await mailchimp.send({
    method: 'PATCH',
    path: memberPath(audienceId, memberId),
    query: { skip_merge_validation: true },
    body: { status: 'cleaned' },
  });
  if (isOk(response) && typeof response.body === 'object') return { applied: true };
  const refusal = contactRefusal(response);
  if (typeof refusal !== 'string') return { applied: false, ...refusal };
  return { applied: false, reason: 'changed-meanwhile', subject: '' };
}
