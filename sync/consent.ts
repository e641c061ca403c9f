import type { Reason } from './reasons';
import type { MemberStatus, SyncSettings } from './types';

/**
 * Invariant 1 as one table. `create`: only for an address that the audience has never seen. `update`: fields and tags,
 * never a status. `leave`: nothing at all. There is no entry that changes the status of a known contact.
 */
export type ConsentDecision = { do: 'create' } | { do: 'update' } | { do: 'leave'; reason: Reason };

type Known = 'update' | 'fieldsIfAsked' | 'leave';

const KNOWN: Record<MemberStatus, Known> = {
  subscribed: 'update',
  pending: 'update',
  transactional: 'update',
  unsubscribed: 'fieldsIfAsked',
  cleaned: 'fieldsIfAsked',
  // Whatever an archived contact had decided earlier is hidden, so it is never touched.
  archived: 'leave',
};

/** @param status undefined when the audience does not know the address */
export function consentDecision(
  status: MemberStatus | undefined,
  optedOutContacts: SyncSettings['optedOutContacts'],
): ConsentDecision {
  if (status === undefined) return { do: 'create' };
  const rule = KNOWN[status] ?? 'leave';
  if (rule === 'update' || (rule === 'fieldsIfAsked' && optedOutContacts === 'updateFields'))
    return { do: 'update' };
  return { do: 'leave', reason: status in KNOWN ? (status as Reason) : 'archived' };
}

/** A contact that opted out or bounced keeps its address: under another one it would be somebody new. */
export const mayRename = (status: MemberStatus): boolean => KNOWN[status] === 'update';

/** Mailchimp archives subscribed and transactional contacts; others would lose or hide what the person decided. */
export const mayArchive = (status: MemberStatus): boolean =>
  status === 'subscribed' || status === 'transactional';
