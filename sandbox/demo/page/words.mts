import { REASONS } from '../../../sync/reasons.ts';

/** What a row of the ledger tells, for people who have never seen one. */
const KINDS: Record<string, string> = {
  archive: 'Contact archived',
  create: 'Contact created',
  crossReference: 'Contact id and preference kept on the customer',
  logMail: 'Mail noted on the customer',
  markBounced: 'Contact marked as bounced',
  mergeField: 'Field made in the audience',
  note: 'Left alone',
  payment: 'Payment entered',
  receivable: 'Voucher posted',
  rename: 'Address of the contact changed',
  run: 'Run',
  segment: 'Segment kept up to date',
  tag: 'Tags of the contact changed',
  update: 'Contact updated',
  updateAddress: 'Address of the customer changed',
  updateCustomer: 'Customer updated',
};

const OUTCOMES: Record<string, string> = {
  applied: 'done',
  failed: 'comes again',
  quarantined: 'needs a person',
  skipped: 'as it should be',
  superseded: 'overtaken',
  started: 'not ended',
};

export const kindInWords = (kind: string): string => KINDS[kind] ?? kind;
export const outcomeInWords = (status: string): string => OUTCOMES[status] ?? status;

/** `read 106, already-known 103` without the looks of code. */
const countsInWords = (counts: string): string =>
  counts
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replaceAll('-', ' ')
    .toLowerCase();

/** A run's reason is its counts; all others are codes. */
export const reasonInWords = (reason: string): string =>
  reason === 'customer-not-read'
    ? 'CloudSuite did not give the customer.'
    : Object.hasOwn(REASONS, reason)
      ? REASONS[reason as keyof typeof REASONS].text
      : countsInWords(reason);

/** Mailchimp's status, and the preference that CloudSuite keeps. */
const STATUSES: Record<string, string> = { transactional: 'no newsletter', cleaned: 'bounced' };
export const statusInWords = (status: string): string => STATUSES[status] ?? status;

/** `1,249.85` of minor units. */
export const amountInWords = (minor: bigint): string =>
  (Number(minor) / 100).toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
