import type { HttpResponse } from '../http/port';
import type { CreateEffect, Effect, EffectResult, MergeValue } from '../../sync/types';
import type { Call } from './api';
import { memberPath, toMemberState } from './members';
import { contactRefusal, isOk } from './problem';

/**
 * What one effect asks of Mailchimp, contact by contact. No call holds a `status` (invariant 1): PUT carries
 * `status_if_new`, which leaves a contact that exists after all as it is, and PATCH carries none, also with a new address.
 */
export interface EffectCalls {
  /** Independent of each other. */
  first: Call;
  /** Only after the first has succeeded: the tags of a new contact. */
  then?: Call;
}

/** Required merge fields are the signup form's business; a missing one must not stop a customer's update. */
const QUERY = { skip_merge_validation: true };

const tagCall = (audienceId: string, memberId: string, add: string[], remove: string[]): Call => ({
  method: 'POST',
  path: `${memberPath(audienceId, memberId)}/tags`,
  body: {
    tags: [
      ...add.map((name) => ({ name, status: 'active' })),
      ...remove.map((name) => ({ name, status: 'inactive' })),
    ],
  },
});

/** The tags of a new contact, as a call of its own (a `tags` key in a PUT is ignored, mailchimp-marketing §5). */
export const newContactTags = (audienceId: string, effect: CreateEffect): Call | undefined =>
  effect.tags.length > 0 ? tagCall(audienceId, effect.memberId, effect.tags, []) : undefined;

export function callsOf(audienceId: string, effect: Effect): EffectCalls {
  const path = memberPath(audienceId, effect.memberId);
  switch (effect.kind) {
    case 'create': {
      const { email, status, mergeFields } = effect;
      const body = { email_address: email, status_if_new: status, merge_fields: mergeFields };
      return { first: { method: 'PUT', path, query: QUERY, body }, then: newContactTags(audienceId, effect) };
    }
    case 'update':
      return { first: { method: 'PATCH', path, query: QUERY, body: { merge_fields: effect.mergeFields } } };
    case 'rename': {
      // By contact id, which outlives the address: so a repeat after a lost answer finds the contact too.
      const { contactId, newMemberId, email, mergeFields, add, remove } = effect;
      const body = { email_address: email, merge_fields: mergeFields };
      const first: Call = { method: 'PATCH', path: memberPath(audienceId, contactId), query: QUERY, body };
      const hasTags = add.length + remove.length > 0;
      return { first, then: hasTags ? tagCall(audienceId, newMemberId, add, remove) : undefined };
    }
    case 'tag':
      return { first: tagCall(audienceId, effect.memberId, effect.add, effect.remove) };
    case 'archive':
      return { first: { method: 'DELETE', path } };
  }
}

/** `again`: the contact is not what the plan took it for; read it and plan once more. */
export type CallVerdict = EffectResult | 'again';

export const APPLIED: EffectResult = { applied: true };
export const UNKNOWN: EffectResult = { applied: false, reason: 'mailchimp-unavailable', subject: '' };

/** Mailchimp ignores unknown tags silently, so an answer without a sent tag means that the field is gone. */
export function vanishedTag(sent: Record<string, MergeValue>, answer: unknown): string | undefined {
  const stored = toMemberState(answer)?.mergeFields;
  return stored && Object.keys(sent).find((tag) => !(tag in stored));
}

/** What the answer to an effect's call means; undefined stands for no answer at all. */
export function verdictOf(effect: Effect, response: HttpResponse | undefined): CallVerdict {
  if (!response) return UNKNOWN;
  // 405: archived, bounced or pending contacts cannot be archived; 404: gone. Either way there is nothing to archive.
  if (effect.kind === 'archive' && (response.status === 404 || response.status === 405)) return APPLIED;
  if (!isOk(response) || (typeof response.body === 'string' && response.status !== 204)) {
    const refusal = contactRefusal(response);
    if (typeof refusal === 'string') return 'again';
    // Its detail is localised; what is left of the refusals is that of an address (PATCH members, mailchimp-marketing §5).
    const isAddress = effect.kind === 'rename' && refusal.reason === 'refused-record';
    return {
      applied: false,
      ...refusal,
      ...(isAddress ? { reason: 'address-not-changeable' as const } : {}),
    };
  }
  if (!('mergeFields' in effect)) return APPLIED;
  const gone = vanishedTag(effect.mergeFields, response.body);
  if (gone) return { applied: false, reason: 'merge-field-vanished', subject: gone };
  const stored = toMemberState(response.body);
  // The contact existed after all, and PUT left its status alone: plan again from what it is.
  if (effect.kind !== 'create') return APPLIED;
  return stored?.status === effect.status ? { applied: true, contactId: stored.contactId } : 'again';
}
