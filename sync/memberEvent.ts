import { fingerprint } from './fingerprint';
import type { FormValue } from './form';

export const EVENT_TYPES = [
  'campaign',
  'cleaned',
  'profile',
  'sms_subscribe',
  'sms_unsubscribe',
  'subscribe',
  'unsubscribe',
  'upemail',
] as const;
export type EventType = (typeof EVENT_TYPES)[number];

/** What Mailchimp says happened; '' stands for what an event of this type does not tell. */
export interface MemberEvent {
  type: EventType;
  /** ISO 8601; Mailchimp gives no zone, taken as UTC (assumed). */
  firedAt: string;
  audienceId: string;
  email: string;
  /** Of `upemail`. */
  oldEmail: string;
  phone: string;
  /** `unsub` or `delete`; absent does not mean delete. */
  action: string;
  reason: string;
  campaignId: string;
  /** Of `campaign`: such as sent. */
  campaignStatus: string;
  subject: string;
  mergeFields: Record<string, FormValue>;
}

type Group = { [key: string]: FormValue };

const group = (value: FormValue | undefined): Group => (typeof value === 'object' ? value : {});
const text = (value: FormValue | undefined): string => (typeof value === 'string' ? value.trim() : '');

function timeOf(value: string): string {
  const match = /^(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}:\d{2})$/.exec(value);
  const at = match ? Date.parse(`${match[1]}T${match[2]}Z`) : NaN;
  if (Number.isNaN(at)) return '';
  const time = new Date(at).toISOString();
  // February 30 would pass for a day of March.
  return time.startsWith(match![1]!) ? time : '';
}

/** An event from a parsed form; undefined when it is none of Mailchimp's. */
export function readEvent(form: Group): MemberEvent | undefined {
  const type = text(form.type) as EventType;
  const firedAt = timeOf(text(form.fired_at));
  const data = group(form.data);
  const audienceId = text(data.list_id);
  if (!EVENT_TYPES.includes(type) || !firedAt || !audienceId) return undefined;
  const mergeFields = group(data.merges);
  return {
    type,
    firedAt,
    audienceId,
    email: text(data.new_email) || text(data.email) || text(mergeFields.EMAIL),
    oldEmail: text(data.old_email),
    // Mailchimp's own plugin reads both shapes; which one is sent is open.
    phone: text(data.sms_phone_number) || text(group(data.sms_channel).sms_phone),
    action: text(data.action),
    reason: text(data.reason),
    campaignId: type === 'campaign' ? text(data.id) : text(data.campaign_id),
    campaignStatus: text(data.status),
    subject: text(data.subject),
    mergeFields,
  };
}

/** Contacts that were deleted for good appear under an address that is nobody's. */
export const isForgotten = ({ email }: MemberEvent): boolean => /@forgotten\.mailchimp\.com$/i.test(email);

/** The same event gives the same key; another time or content is another event. */
export const eventKey = (event: MemberEvent): string => fingerprint(event);
