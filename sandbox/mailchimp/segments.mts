import { audienceOf } from './lookup.mts';
import { segmentMemberView } from './memberView.mts';
import type { Segment } from './model.mts';
import { notFound } from './problems.mts';
import { flag, inWindow, oneOf, page, type Json } from './query.mts';
import { ok, type ApiAnswer, type ApiCall, type Route } from './router.mts';
import { conditionsView } from './segmentConditions.mts';
import { membersOf } from './segmentMatch.mts';
import { addAndRemove, change, create, remove } from './segmentWrites.mts';
import { toWire } from './time.mts';

/** Saved segments have conditions, static ones are tags; both stand in one list. Fuzzy ones are not simulated. */
const typeOf = ({ rule }: Segment): 'saved' | 'static' => (rule ? 'saved' : 'static');

function segmentView(call: ApiCall, segment: Segment): Json {
  const audience = audienceOf(call);
  const { rule } = segment;
  return {
    id: segment.id,
    name: segment.name,
    // Active subscribers only, whoever else belongs to it. Mailchimp may show a cached count; here it is exact.
    member_count: membersOf(audience, segment).filter(({ status }) => status === 'subscribed').length,
    type: typeOf(segment),
    created_at: toWire(segment.createdAt),
    updated_at: toWire(segment.updatedAt),
    options: rule
      ? { match: rule.match, conditions: conditionsView(rule, call.world.settings.segmentConditions) }
      : { match: 'any', conditions: [] },
    list_id: audience.id,
    _links: [],
  };
}

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
    .filter((segment) => !type || type === typeOf(segment))
    .filter(({ createdAt }) => !created || created(createdAt))
    .filter(({ updatedAt }) => !updated || updated(updatedAt));
  return ok({
    segments: page(fitting, call.query).map((segment) => segmentView(call, segment)),
    list_id: audience.id,
    total_items: fitting.length,
    _links: [],
  });
}

function members(call: ApiCall): ApiAnswer {
  const audience = audienceOf(call);
  const shown = new Set<string>(['subscribed']);
  for (const status of ['cleaned', 'transactional', 'unsubscribed']) {
    if (flag(call.query, `include_${status}`)) shown.add(status);
  }
  const fitting = membersOf(audience, segmentOf(call)).filter(({ status }) => shown.has(status));
  return ok({
    members: page(fitting, call.query).map((member) => segmentMemberView(call.world, audience, member)),
    total_items: fitting.length,
    _links: [],
  });
}

const LIST = '/lists/:list/segments';
const ONE = '/lists/:list/segments/:segment';

export const segmentRoutes: Route[] = [
  { method: 'GET', pattern: LIST, handle: list },
  { method: 'POST', pattern: LIST, handle: (call) => ok(segmentView(call, create(call))) },
  { method: 'GET', pattern: ONE, handle: (call) => ok(segmentView(call, segmentOf(call))) },
  {
    method: 'PATCH',
    pattern: ONE,
    handle: (call) => ok(segmentView(call, change(call, segmentOf(call)))),
  },
  { method: 'POST', pattern: ONE, handle: (call) => addAndRemove(call, segmentOf(call)) },
  { method: 'DELETE', pattern: ONE, handle: (call) => remove(call, segmentOf(call)) },
  { method: 'GET', pattern: `${ONE}/members`, handle: members },
];
