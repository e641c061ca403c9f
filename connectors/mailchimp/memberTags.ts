import type { HttpResponse } from '../http/port';
import type { Call } from './api';
import { memberPath } from './members';
import { isOk } from './problem';

/** The most that one answer holds (mailchimp-marketing §3). */
const PAGE = 1000;

/** GET /lists/{list_id}/members/{subscriber_hash}/tags: all tags of a contact, where the contact itself lists but 50. */
export const tagsRead = (audienceId: string, memberId: string): Call => ({
  method: 'GET',
  path: `${memberPath(audienceId, memberId)}/tags`,
  query: { count: PAGE, fields: 'tags.name,total_items' },
});

/** The names; undefined when the answer does not hold all of them. */
export function toTags(answer: HttpResponse | undefined): string[] | undefined {
  if (!answer || !isOk(answer)) return undefined;
  const { tags, total_items: total } = (answer.body ?? {}) as { tags?: unknown; total_items?: unknown };
  if (!Array.isArray(tags) || tags.length < Number(total ?? 0)) return undefined;
  return tags.map((tag: { name?: unknown }) => String(tag.name ?? ''));
}
