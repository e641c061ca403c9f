import type { MemberWrite } from './journal.mts';
import type { Audience } from './model.mts';
import { contactEvent, upemailEvent, type WebhookEvent } from './webhookEvents.mts';

/**
 * What a write by the API makes Mailchimp say to hooks with the source `api`: tags say nothing, a write that changes
 * nothing is no write. A contact that comes in without being subscribed says `profile` (seen in other integrations).
 */
export function webhooksOfWrite(audience: Audience, write: MemberWrite): WebhookEvent[] {
  const member = audience.byEmail(write.email);
  if (!member || write.action === 'tags' || write.action === 'delete') return [];
  const { changed, emailBefore, statusAfter } = write;
  const profile = contactEvent('profile', 'api', audience, member);
  if (emailBefore !== undefined) return [upemailEvent('api', audience, emailBefore, member.email), profile];
  if (write.action === 'archive') {
    return [contactEvent('unsubscribe', 'api', audience, member, [['data[action]', 'delete']])];
  }
  if (changed.includes('status') && statusAfter === 'subscribed') {
    return [contactEvent('subscribe', 'api', audience, member)];
  }
  if (changed.includes('status') && statusAfter === 'unsubscribed') {
    return [contactEvent('unsubscribe', 'api', audience, member, [['data[action]', 'unsub']])];
  }
  return [profile];
}
