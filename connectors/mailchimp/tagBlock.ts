import type { EffectResult } from '../../sync/types';
import type { Mailchimp } from './api';
import { accountError, contactRefusal, isOk } from './problem';

/** Subscriber hashes of the contacts that the call changed, or why it changed none. */
export type BlockAnswer =
  | { added: ReadonlySet<string>; removed: ReadonlySet<string> }
  /** The tag was deleted meanwhile, or the call as a whole is not to Mailchimp's liking: another way may do. */
  | 'refused'
  | Extract<EffectResult, { applied: false }>;

const idsOf = (members: unknown): ReadonlySet<string> =>
  new Set((Array.isArray(members) ? members : []).map((member: { id?: unknown }) => String(member.id)));

/**
 * POST /lists/{list_id}/segments/{segment_id}: gives a tag to some contacts and takes it from others, at most 500 each.
 * Repeating it changes nothing. Addresses that Mailchimp does not take stand under `errors` or nowhere at all, and a
 * repeat after a lost answer no longer tells what the first one changed: so only who is named as changed has been.
 * @throws ConnectorError when no answer came, and when the account may not do this
 */
export async function changeTagged(
  mailchimp: Mailchimp,
  audienceId: string,
  segmentId: number,
  emails: { add: string[]; remove: string[] },
): Promise<BlockAnswer> {
  const response = await mailchimp.send({
    method: 'POST',
    path: `/lists/${encodeURIComponent(audienceId)}/segments/${segmentId}`,
    body: { members_to_add: emails.add, members_to_remove: emails.remove },
  });
  if (isOk(response) && typeof response.body === 'object') {
    const body = response.body as Record<string, unknown>;
    return { added: idsOf(body.members_added), removed: idsOf(body.members_removed) };
  }
  if ([400, 404, 405].includes(response.status)) return 'refused';
  const error = [401, 403].includes(response.status) ? accountError(response) : undefined;
  if (error) throw error;
  const refusal = contactRefusal(response);
  return typeof refusal === 'string' ? 'refused' : { applied: false, ...refusal };
}
