import type { Member, OptOut, Status } from './model.mts';
import { badRequest, complianceState } from './problems.mts';
import type { MailchimpSettings } from './settings.mts';

export interface Consent {
  status: Status;
  optOut: OptOut | undefined;
  unsubscribeReason: string;
}

export const ADMIN_REASON = 'N/A (Unsubscribed by admin)';
export const PERSON_REASON = 'N/A (Unsubscribed by the contact)';

/** The consent of a new member who comes with this status. */
export const firstConsent = (status: Status): Consent => ({
  status,
  optOut: status === 'unsubscribed' ? 'admin' : status === 'cleaned' ? 'bounce' : undefined,
  unsubscribeReason: status === 'unsubscribed' ? ADMIN_REASON : '',
});

/**
 * The person or the mail system ended it, so the API may not start it again. Assumed: after a bounce not even by a
 * confirmation mail (pending), and a pending opt-out stays one until the person confirms.
 */
const isBarred = (member: Member, to: Status): boolean =>
  member.optOut === 'bounce' || (member.optOut === 'person' && to === 'subscribed');

function returning(member: Member, to: 'subscribed' | 'pending', settings: MailchimpSettings): Consent {
  const forgiven = member.status === 'archived' && settings.archivedOptOutCanReturn;
  if (isBarred(member, to) && !forgiven) throw complianceState(member.email);
  const optOut = to === 'pending' && member.optOut === 'person' ? 'person' : undefined;
  return { status: to, optOut, unsubscribeReason: '' };
}

/**
 * A known member's consent after a call that sends `status`.
 * @throws Problem 400 Member In Compliance State; 400 for transactional where the member is a marketing contact
 */
export function changedConsent(member: Member, to: Status, settings: MailchimpSettings): Consent {
  const same = { status: to, optOut: member.optOut, unsubscribeReason: member.unsubscribeReason };
  if (to === member.status) return same;
  switch (to) {
    case 'subscribed':
    case 'pending':
      return returning(member, to, settings);
    case 'unsubscribed':
      return { status: to, optOut: member.optOut ?? 'admin', unsubscribeReason: ADMIN_REASON };
    case 'cleaned':
      return { status: to, optOut: 'bounce', unsubscribeReason: '' };
    default:
      // Assumed: a marketing contact cannot become transactional again.
      if (member.status !== 'archived') throw badRequest();
      return { ...same, unsubscribeReason: '' };
  }
}
