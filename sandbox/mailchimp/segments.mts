import { audienceOf } from './lookup.mts';
import { segmentMemberView, shortMemberView } from './memberView.mts';
import type { Audience, Member, Segment } from './model.mts';
import { badRequest, notFound, schemaProblem } from './problems.mts';
import { flag, inWindow, oneOf, page, type Json } from './query.mts';
import { noContent, ok, type ApiAnswer, type ApiCall, type Route } from './router.mts';
import { writeTags } from './tags.mts';
import { toWire } from './time.mts';
import { secondsNow } from './world.mts';

/** E-mail addresses in one call that adds to or removes from a segment. */
const MAX_EMAILS = 500;

const holders = (audience: Audience, segment: Segment): Member[] =>
  [...audience.members.values()].filter((member) => member.tags.has(segment.id));

const view = (audience: Audience, segment: Segment): Json => ({
  id: segment.id,
  name: segment.name,
  // Active subscribers only, whoever else holds the tag.
  member_count: holders(audience, segment).filter(({ status }) => status === 'subscribed').length,
  type: 'static',
  created_at: toWire(segment.createdAt),
  updated_at: toWire(segment.updatedAt),
  options: { match: 'any', conditions: [] },
  list_id: audience.id,
  _links: [],
});

function segmentOf(call: ApiCall): Segment {
  const segment = audienceOf(call).segments.get(Number(call.params['segment']));
  if (!segment) throw notFound();
  return segment;
}

function list(call: ApiCall): ApiAnswer {
  const audience = audienceOf(call);
  const type = oneOf(call.query, 'type', ['saved', 'static', 'fuzzy']);
  const created = inWindow(call.query, 'created_at', call.world.settings);
  const updated = inWindow(call.query, 'updated_at', call.world.settings);
  const fitting = [...audience.segments.values()]
    .filter(() => !type || type === 'static')
    .filter(({ createdAt }) => !created || created(createdAt))
    .filter(({ updatedAt }) => !updated || updated(updatedAt));
  return ok({
    segments: page(fitting, call.query).map((segment) => view(audience, segment)),
    list_id: audience.id,
    total_items: fitting.length,
    _links: [],
  });
}

/** @throws Problem 400 unless the key is absent or a list of at most 500 texts */
function emailsOf(body: Json, key: string): string[] {
  const emails = body[key] ?? [];
  if (!Array.isArray(emails) || !emails.every((email) => typeof email === 'string')) {
    throw schemaProblem([{ field: key, message: 'Schema describes array of string' }]);
  }
  if (emails.length > MAX_EMAILS) {
    throw schemaProblem([
      { field: key, message: `This collection should contain ${MAX_EMAILS} elements or less.` },
    ]);
  }
  return emails;
}

/** Static segments only: conditions (`options`) are not simulated and refused. Unknown addresses are left out. */
function create(call: ApiCall): ApiAnswer {
  const audience = audienceOf(call);
  const body = (call.body ?? {}) as Json;
  const name = body['name'];
  if (typeof name !== 'string' || name === '') {
    throw schemaProblem([{ field: '', message: 'Required fields were not provided: name' }]);
  }
  if (body['options'] !== undefined || body['static_segment'] === undefined) throw badRequest();
  if (audience.segmentNamed(name)) throw badRequest('Sorry, that tag already exists.');
  const emails = emailsOf(body, 'static_segment');
  const segment = audience.addSegment(name, secondsNow(call.world));
  for (const email of emails) {
    const member = audience.byEmail(email);
    if (member) writeTags(call.world, audience, member, [{ name, active: true }], call.via);
  }
  return ok(view(audience, segment));
}

interface Moved {
  members: Member[];
  unknown: string[];
}

function move(call: ApiCall, segment: Segment, emails: string[], active: boolean): Moved {
  const audience = audienceOf(call);
  const moved: Moved = { members: [], unknown: [] };
  for (const email of emails) {
    const member = audience.byEmail(email);
    // Assumed: an archived contact counts as absent here.
    if (!member || member.status === 'archived') moved.unknown.push(email);
    else if (writeTags(call.world, audience, member, [{ name: segment.name, active }], call.via)) {
      moved.members.push(member);
    }
  }
  return moved;
}

/** POST /lists/{list_id}/segments/{segment_id}: adds and removes in one call, 200 also when some are unknown. */
function addAndRemove(call: ApiCall): ApiAnswer {
  const audience = audienceOf(call);
  const segment = segmentOf(call);
  const body = (call.body ?? {}) as Json;
  const [toAdd, toRemove] = [emailsOf(body, 'members_to_add'), emailsOf(body, 'members_to_remove')];
  const added = move(call, segment, toAdd, true);
  const removed = move(call, segment, toRemove, false);
  const unknown = [...added.unknown, ...removed.unknown];
  const error = 'Email addresses did not match members of this list.';
  const short = (member: Member): Json => shortMemberView(call.world, audience, member);
  segment.updatedAt = secondsNow(call.world);
  return ok({
    members_added: added.members.map(short),
    members_removed: removed.members.map(short),
    errors: unknown.length > 0 ? [{ email_addresses: unknown, error }] : [],
    total_added: added.members.length,
    total_removed: removed.members.length,
    error_count: unknown.length,
    _links: [],
  });
}

function members(call: ApiCall): ApiAnswer {
  const audience = audienceOf(call);
  const shown = new Set<string>(['subscribed']);
  for (const status of ['cleaned', 'transactional', 'unsubscribed']) {
    if (flag(call.query, `include_${status}`)) shown.add(status);
  }
  const fitting = holders(audience, segmentOf(call)).filter(({ status }) => shown.has(status));
  return ok({
    members: page(fitting, call.query).map((member) => segmentMemberView(call.world, audience, member)),
    total_items: fitting.length,
    _links: [],
  });
}

function remove(call: ApiCall): ApiAnswer {
  const audience = audienceOf(call);
  const segment = segmentOf(call);
  for (const member of holders(audience, segment)) {
    writeTags(call.world, audience, member, [{ name: segment.name, active: false }], call.via);
  }
  audience.segments.delete(segment.id);
  return noContent();
}

const LIST = '/lists/:list/segments';
const ONE = '/lists/:list/segments/:segment';

export const segmentRoutes: Route[] = [
  { method: 'GET', pattern: LIST, handle: list },
  { method: 'POST', pattern: LIST, handle: create },
  { method: 'GET', pattern: ONE, handle: (call) => ok(view(audienceOf(call), segmentOf(call))) },
  { method: 'POST', pattern: ONE, handle: addAndRemove },
  { method: 'DELETE', pattern: ONE, handle: remove },
  { method: 'GET', pattern: `${ONE}/members`, handle: members },
];
