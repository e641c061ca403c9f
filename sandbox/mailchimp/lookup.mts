import type { Audience, Member } from './model.mts';
import { memberId } from './model.mts';
import { notFound } from './problems.mts';
import type { ApiCall } from './router.mts';

/** @throws Problem 404 */
export function audienceOf(call: ApiCall): Audience {
  const audience = call.world.audiences.get(call.params['list'] ?? '');
  if (!audience) throw notFound();
  return audience;
}

/** @throws Problem 404, also for a member who was deleted permanently */
export function memberOf(call: ApiCall): Member {
  const member = audienceOf(call).find(call.params['member'] ?? '');
  if (!member) throw notFound();
  return member;
}

/** POST tags and delete-permanent take the MD5 only, no address and no contact id. */
export function memberByHash(call: ApiCall): Member {
  const member = memberOf(call);
  if (memberId(member.email) !== call.params['member']?.toLowerCase()) throw notFound();
  return member;
}
