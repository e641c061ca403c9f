import type { HttpResponse } from '../http/port';
import type { EffectResult } from '../../sync/types';
import type { Call } from './api';
import { memberPath } from './members';
import { contactRefusal, isOk } from './problem';

/**
 * PATCH /lists/{list_id}/members/{subscriber_hash} with the status cleaned: the only status that this package writes
 * over a known one. Assumed: Mailchimp takes it, as its description says.
 */
export const cleanedCall = (audienceId: string, memberId: string): Call => ({
  method: 'PATCH',
  path: memberPath(audienceId, memberId),
  query: { skip_merge_validation: true },
  body: { status: 'cleaned' },
});

/** @param response undefined where no answer came at all */
export function cleanedResult(response: HttpResponse | undefined): EffectResult {
  if (!response) return { applied: false, reason: 'mailchimp-unavailable', subject: '' };
  if (isOk(response) && typeof response.body === 'object') return { applied: true };
  const refusal = contactRefusal(response);
  if (typeof refusal !== 'string') return { applied: false, ...refusal };
  return { applied: false, reason: 'changed-meanwhile', subject: '' };
}
