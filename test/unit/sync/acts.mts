import * as fc from 'fast-check';
import { Audiences } from '../../../sandbox/mailchimp/audiences.mts';
import type { WebhookEvent } from '../../../sandbox/mailchimp/webhookEvents.mts';
import type { MemberEvent } from '../../../sync/memberEvent.ts';

/** By the simulated Mailchimp's clock. */
export const AT = Date.UTC(2026, 0, 2, 3, 4, 5);
const FIELD_OF = { ALPHA: 'a', BETA: 'b', GAMMA: 'c' };

/** Everything that one act in the simulated Mailchimp makes it say. */
export function said(
  email: string,
  merges: Record<string, string>,
  act: (a: Audiences, list: string) => void,
): WebhookEvent[] {
  const events: WebhookEvent[] = [];
  const audiences = new Audiences(
    () => AT,
    (event) => events.push(event),
  );
  const mergeFields = Object.keys(FIELD_OF).map((tag) => ({ tag, name: tag, type: 'text' as const }));
  const { id } = audiences.create({ name: 'Customers', mergeFields });
  audiences.addMember(id, { email, mergeFields: merges });
  act(audiences, id);
  return events;
}

const anyText = fc.string({ unit: 'grapheme', maxLength: 12 });
const anyMerges = fc.record({ ALPHA: anyText, BETA: anyText, GAMMA: anyText, FNAME: anyText });
export const anyCase = { email: fc.emailAddress(), merges: anyMerges, text: anyText };

type Case = { email: string; merges: Record<string, string>; text: string };
type Expected = Partial<MemberEvent>;
const NEW = 'new@shop.example';
export const ACTS: Array<
  [string, (a: Audiences, list: string, one: Case) => void, (one: Case) => Expected[]]
> = [
  [
    'an opt-out',
    (a, l, { email }) => a.unsubscribe(l, email),
    ({ email }) => [{ type: 'unsubscribe', email, action: 'unsub', reason: 'manual' }],
  ],
  [
    'the admin’s opt-out',
    (a, l, { email }) => a.unsubscribeByAdmin(l, email),
    ({ email }) => [{ type: 'unsubscribe', email, action: 'unsub' }],
  ],
  [
    'a sign-up',
    (a, l, { email }) => a.resubscribe(l, email),
    ({ email }) => [{ type: 'subscribe', email, action: '', reason: '' }],
  ],
  [
    'a changed profile',
    (a, l, { email, merges }) => a.changeProfile(l, email, merges),
    ({ email }) => [{ type: 'profile', email, action: '' }],
  ],
  [
    'a changed address',
    (a, l, { email }) => a.changeEmail(l, email, NEW),
    ({ email }) => [
      { type: 'upemail', email: NEW, oldEmail: email, mergeFields: {} },
      { type: 'profile', email: NEW, oldEmail: '' },
    ],
  ],
  [
    'a bounce',
    (a, l, { email }) => a.hardBounce(l, email),
    ({ email }) => [{ type: 'cleaned', email, reason: 'hard', campaignId: '4fjk2ma9xd', mergeFields: {} }],
  ],
  [
    'an archived contact',
    (a, l, { email }) => a.archiveByAdmin(l, email),
    ({ email }) => [{ type: 'unsubscribe', email, action: 'delete' }],
  ],
  [
    'a forgotten contact',
    (a, l, { email }) => a.forget(l, email),
    ({ email }) => [{ type: 'unsubscribe', email, action: 'delete' }],
  ],
  [
    'a campaign',
    (a, l, { text }) => a.sendCampaign(l, text),
    ({ text }) => [{ type: 'campaign', email: '', subject: text.trim(), campaignId: '5aa2102003' }],
  ],
  [
    'START by SMS',
    (a, l) => a.consentBySms(l, '+49151123', true, 'flat'),
    () => [{ type: 'sms_subscribe', email: '', phone: '+49151123' }],
  ],
  [
    'STOP by SMS',
    (a, l) => a.consentBySms(l, '+49151123', false, 'channel'),
    () => [{ type: 'sms_unsubscribe', email: '', phone: '+49151123' }],
  ],
];
