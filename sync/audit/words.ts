import type { AuditRow } from './rows';

/** What an effect did, and what to call it where it did not come about. */
const KINDS: Record<string, { done: string; task: string }> = {
  archive: { done: 'The contact was archived in Mailchimp.', task: 'Archiving the contact in Mailchimp' },
  create: { done: 'The contact was created in Mailchimp.', task: 'Creating the contact in Mailchimp' },
  crossReference: {
    done: 'The contact’s id was kept on the record in CloudSuite.',
    task: 'Keeping the contact’s id on the record in CloudSuite',
  },
  logMail: {
    done: 'An order mail was logged on the customer.',
    task: 'Logging an order mail on the customer',
  },
  markBounced: {
    done: 'The contact was marked as bounced in Mailchimp.',
    task: 'Marking the contact as bounced in Mailchimp',
  },
  mergeField: {
    done: 'A merge field was added to the audience.',
    task: 'Adding a merge field to the audience',
  },
  payment: { done: 'A payment was entered in CloudSuite.', task: 'Entering a payment in CloudSuite' },
  receivable: { done: 'A voucher was posted in CloudSuite.', task: 'Posting a voucher in CloudSuite' },
  rename: { done: 'The contact got another e-mail address.', task: 'Changing the contact’s e-mail address' },
  segment: { done: 'A segment was written in Mailchimp.', task: 'Writing a segment in Mailchimp' },
  tag: {
    done: 'The contact’s tags were changed in Mailchimp.',
    task: 'Changing the contact’s tags in Mailchimp',
  },
  update: { done: 'The contact was updated in Mailchimp.', task: 'Updating the contact in Mailchimp' },
  updateAddress: {
    done: 'The customer’s e-mail address was changed in CloudSuite.',
    task: 'Changing the customer’s e-mail address in CloudSuite',
  },
  updateCustomer: {
    done: 'The customer was updated in CloudSuite.',
    task: 'Updating the customer in CloudSuite',
  },
};

const NOTES: Record<string, string> = {
  failed: 'It could not be written, and is tried again.',
  quarantined: 'It was not written: a person has to change something first.',
  skipped: 'It was left as it is.',
};

const RUNS: Record<string, string> = {
  skipped: 'A run planned, and wrote nothing.',
  started: 'A run began to write, and has not ended.',
  superseded: 'A run did not end.',
};

const named = (kind: string): { done: string; task: string } =>
  Object.hasOwn(KINDS, kind) ? KINDS[kind]! : { done: `“${kind}” was done.`, task: `“${kind}”` };

/** A sentence without personal data: what happened. */
export function sentence({ kind, status }: Pick<AuditRow, 'kind' | 'status'>): string {
  if (kind === 'run') return Object.hasOwn(RUNS, status) ? RUNS[status]! : 'A run ended.';
  if (kind === 'execution') return 'A whole execution failed.';
  if (kind === 'note') return Object.hasOwn(NOTES, status) ? NOTES[status]! : 'It is settled.';
  const { done, task } = named(kind);
  if (status === 'applied') return done;
  if (status === 'failed') return `${task} failed, and is tried again.`;
  if (status === 'quarantined') return `${task} failed, and waits for a person.`;
  if (status === 'superseded') return `${task} is not needed any more.`;
  return `${task} was left out.`;
}

const TITLES: Record<string, string> = {
  archive: 'Contacts archived',
  create: 'Contacts created',
  crossReference: 'Cross-references kept',
  logMail: 'Order mails logged',
  markBounced: 'Contacts marked as bounced',
  mergeField: 'Merge fields added',
  payment: 'Payments entered',
  receivable: 'Vouchers posted',
  rename: 'Contacts with a new address',
  segment: 'Segments written',
  tag: 'Tags changed',
  update: 'Contacts updated',
  updateAddress: 'Customer addresses changed',
  updateCustomer: 'Customers updated',
};

/** A kind as the heading of a number. */
export const kindTitle = (kind: string): string => (Object.hasOwn(TITLES, kind) ? TITLES[kind]! : kind);

const MONTHS = 'January February March April May June July August September October November December'.split(
  ' ',
);
const two = (value: number): string => String(value).padStart(2, '0');

/** `2 November 2026` in UTC. @param at ms since 1970 */
export function dayText(at: number): string {
  const date = new Date(at);
  return `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
}

/** `2 November 2026, 06:15 UTC`. @param at ms since 1970; 0 for a time that nobody told */
export function timeText(at: number): string {
  if (at === 0) return 'Time unknown';
  const date = new Date(at);
  return `${dayText(at)}, ${two(date.getUTCHours())}:${two(date.getUTCMinutes())} UTC`;
}

/** `1 row`, `2 rows`. */
export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${count.toLocaleString('en-US')} ${count === 1 ? one : many}`;
