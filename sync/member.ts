import { memberIdOf } from './email';
import type { MemberStatus, MergeValue } from './memberState';

/** A Mailchimp contact as events, sweeps and cross-references carry it from node to node. */
export interface Member {
  audienceId: string;
  /** Stays the same when the address changes (`contact_id`). */
  contactId: string;
  /** Subscriber hash: md5 of the lower-case address; '' for a contact that has only a phone number. */
  memberId: string;
  /** '' for a contact that has only a phone number. */
  email: string;
  status: MemberStatus;
  mergeFields: Record<string, MergeValue>;
  /** ISO 8601. */
  lastChanged: string;
}

const STATUSES: readonly string[] = [
  'subscribed',
  'unsubscribed',
  'cleaned',
  'pending',
  'transactional',
  'archived',
];

const text = (value: unknown): string => (typeof value === 'string' ? value.trim() : '');

/** A member from an item's JSON. Undefined when it cannot be one: no contact id, or an unknown status. */
export function readMember(json: unknown): Member | undefined {
  const source = (typeof json === 'object' && json !== null ? json : {}) as Record<string, unknown>;
  const email = text(source.email);
  const status = text(source.status);
  if (!text(source.contactId) || !STATUSES.includes(status)) return undefined;
  return {
    audienceId: text(source.audienceId),
    contactId: text(source.contactId),
    memberId: email ? memberIdOf(email) : '',
    email,
    status: status as MemberStatus,
    mergeFields: (typeof source.mergeFields === 'object' && source.mergeFields !== null
      ? source.mergeFields
      : {}) as Record<string, MergeValue>,
    lastChanged: text(source.lastChanged),
  };
}
