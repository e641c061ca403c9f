import type { Mailchimp } from './api';
import { memberPath } from './members';
import { accountError, isOk } from './problem';

type Json = Record<string, unknown>;

const PAGE = 1000;
/** Each page begins with the last row of the one before it: where it does not, rows moved while they were read. */
const STEP = PAGE - 1;
const FIELDS = ['id', 'contact_id', 'email_address', 'status', 'merge_fields', 'last_changed'];

/** A contact as Mailchimp's answers hold it, under the names that the rest of the package uses. */
export interface Contact {
  audienceId: string;
  contactId: string;
  email: unknown;
  status: unknown;
  mergeFields: unknown;
  lastChanged: unknown;
}

function toContact(audienceId: string, body: unknown): Contact {
  const source = (typeof body === 'object' && body !== null ? body : {}) as Json;
  return {
    audienceId,
    contactId: String(source.contact_id ?? ''),
    email: source.email_address,
    status: source.status,
    mergeFields: source.merge_fields,
    lastChanged: source.last_changed,
  };
}

/**
 * GET /lists/{list_id}/members/{subscriber_hash}; undefined when the audience does not know the contact.
 * @param id a subscriber hash or a contact id
 */
export async function getContact(
  mailchimp: Mailchimp,
  audienceId: string,
  id: string,
): Promise<Contact | undefined> {
  const response = await mailchimp.send({
    method: 'GET',
    path: memberPath(audienceId, encodeURIComponent(id)),
    query: { fields: FIELDS.join(',') },
  });
  if (isOk(response)) return toContact(audienceId, response.body);
  if (response.status === 404) return undefined;
  throw accountError(response);
}

interface Page {
  rows: Json[];
  /** ISO 8601: Mailchimp's clock when it answered. */
  at: string;
}

async function page(
  mailchimp: Mailchimp,
  audienceId: string,
  since: string,
  offset: number,
  status: 'archived' | undefined,
): Promise<Page> {
  const response = await mailchimp.send({
    method: 'GET',
    path: `/lists/${encodeURIComponent(audienceId)}/members`,
    query: {
      count: PAGE,
      offset,
      fields: [...FIELDS.map((field) => `members.${field}`), 'total_items'].join(','),
      since_last_changed: since || undefined,
      status,
      sort_field: 'last_changed',
      sort_dir: 'ASC',
    },
  });
  const error = accountError(response);
  if (error) throw error;
  const { members } = response.body as Json;
  const told = Date.parse(response.headers.date ?? '');
  return {
    rows: Array.isArray(members) ? (members as Json[]) : [],
    at: Number.isNaN(told) ? '' : new Date(told).toISOString(),
  };
}

/** A page that is not full is the end; what moves to the end while we read is read again there. */
async function list(
  mailchimp: Mailchimp,
  audienceId: string,
  since: string,
  status?: 'archived',
): Promise<{ contacts: Contact[]; at: string }> {
  const found = new Map<string, Contact>();
  let at = '';
  for (let offset = 0; ; offset += STEP) {
    const next = await page(mailchimp, audienceId, since, offset, status);
    at ||= next.at;
    for (const row of next.rows) {
      const contact = toContact(audienceId, row);
      found.set(contact.contactId, contact);
    }
    if (next.rows.length < PAGE) return { contacts: [...found.values()], at };
  }
}

export interface ChangedContacts {
  contacts: Contact[];
  /** Where the next read begins, ISO 8601 by Mailchimp's own clock; '' when it did not tell. */
  cursor: string;
}

/**
 * GET /lists/{list_id}/members, oldest change first. Without a status Mailchimp may or may not list archived members
 * (unsettled), so archived ones are listed by themselves; where both lists hold a contact, archived counts.
 * @param since ISO 8601; '' for all
 */
export async function listChangedContacts(
  mailchimp: Mailchimp,
  audienceId: string,
  since: string,
): Promise<ChangedContacts> {
  const listed = await list(mailchimp, audienceId, since);
  const archived = await list(mailchimp, audienceId, since, 'archived');
  const contacts = new Map(
    [...listed.contacts, ...archived.contacts].map((contact) => [contact.contactId, contact]),
  );
  return { contacts: [...contacts.values()], cursor: listed.at };
}
