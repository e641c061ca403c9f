import { audienceOf, memberByHash, memberOf } from './lookup.mts';
import { schemaProblem } from './problems.mts';
import { page, type Json } from './query.mts';
import { noContent, ok, type ApiAnswer, type ApiCall, type Route } from './router.mts';
import { writeTags, type TagChange } from './tags.mts';
import { toWire } from './time.mts';

function readChanges(body: unknown): TagChange[] {
  const tags = (body as Json | null | undefined)?.['tags'];
  if (!Array.isArray(tags)) {
    const message =
      tags === undefined
        ? 'Required fields were not provided: tags'
        : 'Schema describes array, other found instead';
    throw schemaProblem([{ field: tags === undefined ? '' : 'tags', message }]);
  }
  return tags.map((tag: unknown, index) => {
    const { name, status } = (typeof tag === 'object' && tag !== null ? tag : {}) as Json;
    if (typeof name !== 'string' || name === '' || (status !== 'active' && status !== 'inactive')) {
      throw schemaProblem([
        { field: `tags.${index}`, message: 'Required fields were not provided: name, status' },
      ]);
    }
    return { name, active: status === 'active' };
  });
}

/** 204 also when nothing changes: an empty list clears nothing, an inactive tag that is not held is no error. */
function change(call: ApiCall): ApiAnswer {
  const audience = audienceOf(call);
  const member = memberByHash(call);
  writeTags(call.world, audience, member, readChanges(call.body), call.via);
  return noContent();
}

function list(call: ApiCall): ApiAnswer {
  const audience = audienceOf(call);
  const tags = [...memberOf(call).tags].map(([id, addedAt]) => ({
    id,
    name: audience.segments.get(id)?.name ?? '',
    date_added: toWire(addedAt),
  }));
  return ok({ tags: page(tags, call.query), total_items: tags.length, _links: [] });
}

/** All tags, but no saved segments, whose name begins with `name`; there is no paging. */
function search(call: ApiCall): ApiAnswer {
  const prefix = (call.query['name'] ?? '').toLowerCase();
  const tags = audienceOf(call)
    .tags()
    .filter(({ name }) => name.toLowerCase().startsWith(prefix))
    .map(({ id, name }) => ({ id, name }));
  return ok({ tags, total_items: tags.length });
}

export const memberTagRoutes: Route[] = [
  { method: 'GET', pattern: '/lists/:list/members/:member/tags', handle: list },
  { method: 'POST', pattern: '/lists/:list/members/:member/tags', handle: change },
  { method: 'GET', pattern: '/lists/:list/tag-search', handle: search },
];
