import type { ApiRule, SavedSegment, Tag } from '../../sync/segment/types';
import { ConnectorError } from '../errors';
import type { HttpResponse } from '../http/port';
import type { Mailchimp } from './api';
import { readCollection, type Json } from './collections';
import { accountError, isOk } from './problem';

/** Looks at most so often for a segment whose creation was not answered, as often as any call is repeated. */
const MAX_ROUNDS = 6;
const FIRST_PAUSE_MS = 500;

type Type = 'saved' | 'static';

const pathOf = (audienceId: string): string => `/lists/${encodeURIComponent(audienceId)}/segments`;

function toSegment(row: Json): SavedSegment {
  const options = (row.options ?? {}) as Json;
  return {
    id: Number(row.id),
    name: String(row.name ?? ''),
    memberCount: Number(row.member_count ?? 0),
    createdAt: String(row.created_at ?? ''),
    match: String(options.match ?? ''),
    conditions: Array.isArray(options.conditions) ? (options.conditions as Json[]) : [],
  };
}

async function list(mailchimp: Mailchimp, audienceId: string, type: Type): Promise<SavedSegment[]> {
  const { rows, complete } = await readCollection(mailchimp, {
    path: pathOf(audienceId),
    key: 'segments',
    fields: ['name', 'type', 'member_count', 'created_at', ...(type === 'saved' ? ['options'] : [])],
    query: { type },
  });
  if (complete) return rows.map(toSegment);
  throw new ConnectorError(
    'MAILCHIMP_UNAVAILABLE',
    'Mailchimp did not list all segments of the audience.',
    'Run it again later; repeating is safe.',
  );
}

/** GET /lists/{list_id}/segments?type=saved: all of them. */
export const listSavedSegments = (mailchimp: Mailchimp, audienceId: string): Promise<SavedSegment[]> =>
  list(mailchimp, audienceId, 'saved');

/** GET /lists/{list_id}/segments?type=static: all tags, whose ids conditions need. */
export const listTags = async (mailchimp: Mailchimp, audienceId: string): Promise<Tag[]> =>
  (await list(mailchimp, audienceId, 'static')).map(({ id, name }) => ({ id, name }));

/** `refused`: the segment itself is at fault; `missing`: there is none of this id. */
export type SegmentAnswer = { segment: SavedSegment } | 'refused' | 'missing';

const readSegment = (response: HttpResponse): SavedSegment | undefined =>
  isOk(response) && typeof response.body === 'object' ? toSegment(response.body as Json) : undefined;

/** No answer came at all, so that the work may be done. @throws the error where it is another one */
function lostAnswer(error: unknown): undefined {
  if (error instanceof ConnectorError && error.errorCode === 'MAILCHIMP_UNAVAILABLE') return undefined;
  throw error;
}

const post = (mailchimp: Mailchimp, audienceId: string, body: Json): Promise<HttpResponse | undefined> =>
  mailchimp.send({ method: 'POST', path: pathOf(audienceId), body, safety: 'once' }).catch(lostAnswer);

const isRefusal = ({ status }: HttpResponse): boolean => status === 400 || status === 422;

/** The work may be done, though no answer says so. */
const isInDoubt = (response: HttpResponse | undefined): boolean =>
  response === undefined || isOk(response) || response.status >= 500 || response.status === 408;

/**
 * POST /lists/{list_id}/segments, for a name that the audience does not have. Mailchimp may or may not take a name twice
 * (unsettled), so the request is never repeated blindly: after any answer but a success the name is looked up, and sent
 * again only when it is not there. What is found may be another run's.
 * @throws ConnectorError for troubles of the account, and when no answer came in the end
 */
async function create(
  mailchimp: Mailchimp,
  audienceId: string,
  type: Type,
  body: Json,
): Promise<SegmentAnswer> {
  for (let round = 1; round <= MAX_ROUNDS; round++) {
    const response = await post(mailchimp, audienceId, body);
    const made = response && readSegment(response);
    if (made) return { segment: made };
    const inDoubt = isInDoubt(response);
    if (response && !inDoubt && !isRefusal(response)) throw accountError(response) ?? unanswered();
    // The server may still be at it: a look that comes too early finds nothing.
    if (inDoubt) await mailchimp.sleep(Math.round((1 + Math.random()) * FIRST_PAUSE_MS * 2 ** (round - 1)));
    const found = (await list(mailchimp, audienceId, type)).filter(({ name }) => name === body.name);
    if (found.length > 0) return { segment: found.reduce((a, b) => (b.id < a.id ? b : a)) };
    if (!inDoubt) return 'refused';
  }
  throw unanswered();
}

const unanswered = (): ConnectorError =>
  new ConnectorError(
    'MAILCHIMP_UNAVAILABLE',
    'Mailchimp did not answer, or not completely, when a segment was made.',
    'Run it again later; repeating is safe.',
  );

/** A saved segment of a name that no saved segment has. The answer's rule tells whether it is the wanted one. */
export const createSavedSegment = (
  mailchimp: Mailchimp,
  audienceId: string,
  name: string,
  options: ApiRule,
): Promise<SegmentAnswer> => create(mailchimp, audienceId, 'saved', { name, options });

/** An empty static segment: a tag that nobody has yet. */
export const createTag = (mailchimp: Mailchimp, audienceId: string, name: string): Promise<SegmentAnswer> =>
  create(mailchimp, audienceId, 'static', { name, static_segment: [] });

/** PATCH /lists/{list_id}/segments/{segment_id}; repeating it changes nothing. @throws ConnectorError as `create` */
export async function updateSavedSegment(
  mailchimp: Mailchimp,
  audienceId: string,
  id: number,
  name: string,
  options: ApiRule,
): Promise<SegmentAnswer> {
  const path = `${pathOf(audienceId)}/${id}`;
  const response = await mailchimp.send({ method: 'PATCH', path, body: { name, options } });
  const segment = readSegment(response);
  if (segment) return { segment };
  if (response.status === 404) return 'missing';
  if (isRefusal(response)) return 'refused';
  throw accountError(response) ?? unanswered();
}
