import type { Audience, Member } from './model.mts';
import { uniqueEmailId } from './model.mts';

export const EVENT_TYPES = [
  'subscribe',
  'unsubscribe',
  'profile',
  'cleaned',
  'upemail',
  'campaign',
  'sms_subscribe',
  'sms_unsubscribe',
] as const;
export type EventType = (typeof EVENT_TYPES)[number];
export const SOURCES = ['user', 'admin', 'api'] as const;
export type Source = (typeof SOURCES)[number];

/** Pairs in the order of captured deliveries; values are flat texts. */
export type FormPairs = Array<[string, string]>;

export const UNSUBSCRIBED: FormPairs = [
  ['data[action]', 'unsub'],
  ['data[reason]', 'manual'],
];

export interface WebhookEvent {
  type: EventType;
  source: Source;
  list: string;
  pairs: FormPairs;
}

const flat = (value: unknown): string =>
  typeof value === 'object' && value !== null
    ? Object.values(value)
        .map(String)
        .filter((part) => part !== '')
        .join('  ')
    : String(value ?? '');

/** Every merge field of the audience is sent, empty ones too, EMAIL first (captures of 2014 to 2021). */
const mergePairs = (audience: Audience, member: Member): FormPairs => [
  ['data[merges][EMAIL]', member.email],
  ...audience.mergeFields.map(({ tag }): [string, string] => [
    `data[merges][${tag}]`,
    flat(member.mergeFields[tag]),
  ]),
];

const contactPairs = (audience: Audience, member: Member, extra: FormPairs = []): FormPairs => [
  ...extra,
  ['data[id]', uniqueEmailId(member.email)],
  ['data[email]', member.email],
  ['data[email_type]', member.emailType],
  ['data[ip_opt]', member.ipOpt],
  ['data[web_id]', String(member.webId)],
  ...mergePairs(audience, member),
  ['data[list_id]', audience.id],
];

export const contactEvent = (
  type: 'subscribe' | 'unsubscribe' | 'profile',
  source: Source,
  audience: Audience,
  member: Member,
  extra: FormPairs = [],
): WebhookEvent => ({
  type,
  source,
  list: audience.id,
  pairs: contactPairs(audience, member, extra),
});

/** Names both addresses and nothing else (capture of 2017). */
export const upemailEvent = (
  source: Source,
  audience: Audience,
  oldEmail: string,
  newEmail: string,
): WebhookEvent => ({
  type: 'upemail',
  source,
  list: audience.id,
  pairs: [
    ['data[new_id]', uniqueEmailId(newEmail)],
    ['data[new_email]', newEmail],
    ['data[old_email]', oldEmail],
    ['data[list_id]', audience.id],
  ],
});

export const cleanedEvent = (audience: Audience, member: Member, reason = 'hard'): WebhookEvent => ({
  type: 'cleaned',
  source: 'user',
  list: audience.id,
  pairs: [
    ['data[list_id]', audience.id],
    ['data[campaign_id]', '4fjk2ma9xd'],
    ['data[reason]', reason],
    ['data[email]', member.email],
  ],
});

/** Assumed: no raw capture of a campaign event is known. */
export const campaignEvent = (audience: Audience, subject: string): WebhookEvent => ({
  type: 'campaign',
  source: 'admin',
  list: audience.id,
  pairs: [
    ['data[id]', '5aa2102003'],
    ['data[subject]', subject],
    ['data[status]', 'sent'],
    ['data[reason]', ''],
    ['data[list_id]', audience.id],
  ],
});

/** Both shapes that Mailchimp's own plugin reads; which one is real is open. */
export const smsEvent = (
  type: 'sms_subscribe' | 'sms_unsubscribe',
  audience: Audience,
  phone: string,
  shape: 'flat' | 'channel',
): WebhookEvent => ({
  type,
  source: 'user',
  list: audience.id,
  pairs: [
    [shape === 'flat' ? 'data[sms_phone_number]' : 'data[sms_channel][sms_phone]', phone],
    ['data[web_id]', '161912900'],
    ['data[list_id]', audience.id],
  ],
});

const two = (n: number): string => String(n).padStart(2, '0');

/** YYYY-MM-DD HH:MM:SS, in UTC (assumed: no source states the zone). */
function firedAt(at: number): string {
  const date = new Date(at);
  const day = `${date.getUTCFullYear()}-${two(date.getUTCMonth() + 1)}-${two(date.getUTCDate())}`;
  return `${day} ${two(date.getUTCHours())}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())}`;
}

/** PHP's form encoding: brackets escaped, blanks as plus signs. */
export const formBody = ({ type, pairs }: WebhookEvent, at: number): string =>
  new URLSearchParams([['type', type], ['fired_at', firedAt(at)], ...pairs]).toString();
