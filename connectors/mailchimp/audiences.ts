import type { MergeFieldDefinition } from '../../sync/types';
import { ConnectorError } from '../errors';
import type { Mailchimp } from './api';
import { accountError, isOk, problemOf } from './problem';

/** Default of every collection is 10 and its maximum 1,000 (mailchimp-marketing §3). */
const PAGE = 1000;

export interface Audience {
  id: string;
  name: string;
  /** Subscribed contacts; Mailchimp refreshes it every 5 minutes or so. */
  memberCount: number;
}

type Json = Record<string, unknown>;

const rows = (value: unknown): Json[] => (Array.isArray(value) ? (value as Json[]) : []);

const toAudience = (list: Json): Audience => ({
  id: String(list.id),
  name: String(list.name ?? ''),
  memberCount: Number((list.stats as Json | undefined)?.member_count ?? 0),
});

/** GET /lists */
export async function listAudiences(mailchimp: Mailchimp): Promise<Audience[]> {
  const query = { count: PAGE, fields: 'lists.id,lists.name,lists.stats.member_count' };
  const body = await mailchimp.read({ method: 'GET', path: '/lists', query });
  return rows(body.lists).map(toAudience);
}

/** GET /lists/{list_id}. @throws ConnectorError MAILCHIMP_AUDIENCE_NOT_FOUND */
export async function getAudience(mailchimp: Mailchimp, audienceId: string): Promise<Audience> {
  const query = { fields: 'id,name,stats.member_count' };
  return toAudience(
    await mailchimp.read({ method: 'GET', path: `/lists/${encodeURIComponent(audienceId)}`, query }),
  );
}

const toMergeField = (field: Json): MergeFieldDefinition => ({
  tag: String(field.tag),
  name: String(field.name ?? field.tag),
  type: String(field.type ?? 'text'),
  required: field.required === true,
  choices: rows((field.options as Json | undefined)?.choices).map(String),
});

/** GET /lists/{list_id}/merge-fields: all of them; EMAIL is not among them. */
export async function listMergeFields(
  mailchimp: Mailchimp,
  audienceId: string,
): Promise<MergeFieldDefinition[]> {
  const path = `/lists/${encodeURIComponent(audienceId)}/merge-fields`;
  const body = await mailchimp.read({ method: 'GET', path, query: { count: PAGE } });
  return rows(body.merge_fields).map(toMergeField);
}

export interface NewMergeField {
  tag: string;
  name: string;
  type: string;
}

/**
 * POST /lists/{list_id}/merge-fields. A repeated request after a lost answer is refused because the tag exists, so a
 * refusal counts as done when the audience has the tag.
 * @returns whether the field is this call's work: a refused one is when it has the wanted name and type
 * @throws ConnectorError MAILCHIMP_MERGE_FIELD_CREATE
 */
export async function createMergeField(
  mailchimp: Mailchimp,
  audienceId: string,
  field: NewMergeField,
): Promise<{ field: MergeFieldDefinition; created: boolean }> {
  const path = `/lists/${encodeURIComponent(audienceId)}/merge-fields`;
  const response = await mailchimp.send({
    method: 'POST',
    path,
    body: { ...field, required: false, public: false },
  });
  if (isOk(response) && typeof response.body === 'object')
    return { field: toMergeField(response.body as Json), created: true };
  const existing = (await listMergeFields(mailchimp, audienceId)).find(({ tag }) => tag === field.tag);
  if (existing)
    return { field: existing, created: existing.name === field.name && existing.type === field.type };
  if (response.status !== 400) throw accountError(response);
  throw new ConnectorError(
    'MAILCHIMP_MERGE_FIELD_CREATE',
    `Mailchimp did not create the merge field ${field.tag} (${problemOf(response).title || 'HTTP 400'}).`,
    'A tag has at most 10 letters and digits, and an audience at most 30 merge fields on most plans. Choose another tag or remove a field.',
    response.status,
  );
}
