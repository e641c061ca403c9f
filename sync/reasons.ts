/**
 * Why a record is not written, or not wholly. `skipped`: nothing is wrong. `quarantined`: a person has to change
 * something first. `failed`: may go well at the next attempt. docs/errors.md lists them; a test keeps it in step.
 */
export type ReasonClass = 'skipped' | 'quarantined' | 'failed';

interface ReasonEntry {
  class: ReasonClass;
  text: string;
}

const skipped = (text: string): ReasonEntry => ({ class: 'skipped', text });
const quarantined = (text: string): ReasonEntry => ({ class: 'quarantined', text });
const failed = (text: string): ReasonEntry => ({ class: 'failed', text });

export const REASONS = {
  unchanged: skipped('The contact already is as CloudSuite has it.'),
  'no-email': skipped('The customer has no e-mail address.'),
  inactive: skipped('The customer is inactive, and the audience does not hold it as a contact to archive.'),
  preliminary: skipped('The customer is preliminary; it is added once it becomes active.'),
  'not-in-audience': skipped('The audience does not know the address, and unknown contacts are left out.'),
  'shared-address': skipped(
    'Another customer with the same address carries the contact; this number is kept on it.',
  ),
  'value-of-another': skipped(
    'The contact shows a value of another customer with the same address; nobody changed it in Mailchimp.',
  ),
  'duplicate-record': skipped('The same customer came more than once in this run; the last one counts.'),
  unsubscribed: skipped('The contact unsubscribed. Only the person can subscribe again.'),
  cleaned: skipped('The address bounced for good, and Mailchimp sends nothing to it.'),
  archived: skipped('The contact is archived in the audience, which may hide an earlier unsubscription.'),
  forgotten: skipped('The contact was permanently deleted. Only the person can come back.'),
  'compliance-state': skipped(
    'Mailchimp holds the contact in a compliance state. Only the person can subscribe again.',
  ),
  'address-changed-in-mailchimp': skipped(
    'The contact changed its address in Mailchimp. The way back brings it to CloudSuite; it is not changed here.',
  ),
  'already-known': skipped(
    'CloudSuite already has what the event says: an echo of our own write, or a repeated event.',
  ),
  'no-customer': skipped('The contact carries no customer number.'),
  'no-contact': skipped('The event is not about a contact, or the contact is gone.'),
  'secondary-address': skipped('The customer keeps the preference of the contact of its first address.'),
  'customer-gone': skipped('CloudSuite no longer has the customer.'),
  'address-changed-in-both': skipped(
    'The address was changed in both systems. CloudSuite’s counts, and the next sync brings it to the contact.',
  ),
  'not-this-contact': quarantined(
    'The contact names a customer that has another contact and another address. Correct the customer number in Mailchimp.',
  ),
  'address-change-reported': quarantined(
    'The contact changed its address in Mailchimp. Enter it in CloudSuite, or let the node do so.',
  ),
  'address-not-changeable': quarantined(
    'Mailchimp does not change the address of this contact; it does so for subscribed ones only. Change it by hand.',
  ),
  'address-home-not-writable': quarantined(
    'The contact changed its address, and it is not clear which entry of CloudSuite holds the old one. Change it by hand.',
  ),
  'value-too-long': quarantined('A value is longer than its field in CloudSuite. It is never cut.'),
  'refused-by-infor': quarantined('Infor refuses the change.'),
  'infor-unavailable': failed('Infor did not answer, or not completely. The next run tries again.'),
  'changed-in-infor': failed(
    'The customer kept changing in Infor while it was being written. The next run tries again.',
  ),
  'malformed-email': quarantined('The e-mail address is malformed. Correct it in CloudSuite.'),
  'email-too-long': quarantined(
    'The e-mail address is longer than mail allows (254 characters, 64 before the @).',
  ),
  'refused-email': quarantined(
    'Mailchimp refuses the e-mail address as invalid or fake. Check it in CloudSuite.',
  ),
  'merge-value': quarantined('A value does not fit the type or the choices of its merge field.'),
  'merge-value-too-long': quarantined('A value is longer than the 255 bytes of a merge field.'),
  'too-many-numbers': quarantined(
    'So many customers share the address that their numbers do not fit the merge field.',
  ),
  'merge-field-vanished': quarantined(
    'The merge field was deleted from the audience while the run was under way.',
  ),
  'order-unchanged': skipped('CloudSuite already has the order as it is.'),
  'order-not-posted': skipped('The order was cancelled, or refunded, before anything of it was posted.'),
  'order-not-paid': skipped('The order is not paid yet, and only paid orders are posted.'),
  'not-an-order': quarantined('The input item is no order of a Mailchimp store.'),
  'order-currency': quarantined('The order names no currency of ISO 4217.'),
  'order-amount': quarantined('An amount of the order is no number.'),
  'order-does-not-add-up': quarantined(
    'Lines, discounts, shipping and tax of the order do not add up to its total. Correct the order in the shop.',
  ),
  'refund-amount-unknown': quarantined(
    'The order is partly refunded, but Mailchimp is not told how much. Post the credit by hand, or let the shop send the new total.',
  ),
  'customer-unknown': quarantined(
    'No customer of CloudSuite is linked to the buyer or has the buyer’s address. Link them, or post the order by hand.',
  ),
  'customer-ambiguous': quarantined(
    'Several customers of CloudSuite share the buyer’s contact or address. Post the order by hand.',
  ),
  'order-of-another-customer': quarantined(
    'Earlier vouchers of the order belong to another customer. Correct them by hand.',
  ),
  'account-missing': quarantined(
    'A part of the order has no account in the mapping. Add it under “Accounts”.',
  ),
  'voucher-key-taken': quarantined(
    'The voucher number of the order belongs to something else in CloudSuite.',
  ),
  'voucher-unreadable': quarantined(
    'Vouchers of the order are posted, but what they consist of can no longer be read. Post the difference by hand.',
  ),
  'voucher-left-open': failed(
    'Another run is entering the voucher, or an earlier one was left unposted. If it stays, delete it in CloudSuite.',
  ),
  'segment-unchanged': skipped('The segment already has these conditions.'),
  'segment-left': skipped('The segment has other conditions, and existing segments are left as they are.'),
  'segment-incomplete': quarantined(
    'The segment has no name or no condition, or a condition has no field, tag or value.',
  ),
  'segment-twice': quarantined('The table holds several segments of this name; none of them is written.'),
  'segment-field-missing': quarantined('A condition names a merge field that the audience does not have.'),
  'segment-field-type': quarantined('A merge field of this type cannot be compared in this way.'),
  'segment-tag-missing': quarantined('A condition names a tag that the audience does not have.'),
  'segment-refused': quarantined('Mailchimp refuses the segment, or a tag that it needs.'),
  'segment-vanished': failed('The segment was deleted while it was written. The next run makes it anew.'),
  'message-of-nobody': skipped('No customer of CloudSuite belongs to the address of the message.'),
  'not-a-message': quarantined('The input item is no event of Mailchimp Transactional.'),
  'tried-too-often': quarantined(
    'It was tried five times. It is tried again once the record changes, or when a person replays it.',
  ),
  'answer-lost': skipped(
    'No answer came when it was written. Nothing is left to do now: it was written then, or the record has changed since.',
  ),
  'run-unfinished': skipped('A run did not end. What it wrote here, if anything, stands in no other row.'),
  'not-a-party': quarantined('The input item is not a customer or supplier from the Infor CloudSuite node.'),
  'refused-record': quarantined('Mailchimp refuses the contact.'),
  'too-many-signups': failed('The address joined too many audiences recently. Mailchimp takes it later.'),
  'mailchimp-throttled': failed('Mailchimp kept asking to slow down. The next run tries again.'),
  'mailchimp-unavailable': failed('Mailchimp did not answer, or not completely. The next run tries again.'),
  'merge-field-not-made': failed(
    'A merge field could not be added to the audience, so this was not written. The next run tries again.',
  ),
  'changed-meanwhile': failed(
    'The contact kept changing while the run was under way. The next run tries again.',
  ),
} as const satisfies Record<string, ReasonEntry>;

export type Reason = keyof typeof REASONS;

/** After these a write may be done or not. */
export const isInDoubt = (reason: string): boolean =>
  reason === 'mailchimp-unavailable' || reason === 'infor-unavailable';

export const reasonClass = (reason: Reason): ReasonClass => REASONS[reason].class;
export const reasonText = (reason: Reason): string => REASONS[reason].text;
