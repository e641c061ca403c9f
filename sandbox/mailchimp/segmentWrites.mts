import { audienceOf } from './lookup.mts';
import { shortMemberView } from './memberView.mts';
import type { Member, Segment } from './model.mts';
import { badRequest, schemaProblem } from './problems.mts';
import type { Json } from './query.mts';
import { noContent, ok, type ApiAnswer, type ApiCall } from './router.mts';
import { readRule } from './segmentConditions.mts';
import { membersOf } from './segmentMatch.mts';
import type { Rule } from './segmentRule.mts';
import { writeTags } from './tags.mts';
import { secondsNow } from './world.mts';

/** E-mail addresses in one call that adds to or removes from a segment. */
const MAX_EMAILS = 500;

function wrote(call: ApiCall, verb: 'create' | 'update' | 'delete', { id, name, rule }: Segment): void {
  const action = rule ? (`${verb}-segment` as const) : (`${verb}-tag` as const);
  call.world.journal.audienceWrote(audienceOf(call), { action, subject: id, name });
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

/** @throws Problem 400 without a name */
function bodyOf(call: ApiCall): Json & { name: string } {
  const body = (call.body ?? {}) as Json;
  const name = body['name'];
  if (typeof name === 'string' && name !== '') return { ...body, name };
  throw schemaProblem([{ field: '', message: 'Required fields were not provided: name' }]);
}

/** A tag and a saved segment may share a name; two tags may not, and two saved segments by the settings. */
function checkName(call: ApiCall, name: string, rule: Rule | undefined, own?: Segment): void {
  if (rule && call.world.settings.segmentNames === 'free') return;
  const taken = [...audienceOf(call).segments.values()].some(
    (other) => other !== own && other.name === name && (other.rule === undefined) === (rule === undefined),
  );
  if (taken)
    throw badRequest(rule ? 'Sorry, that segment already exists.' : 'Sorry, that tag already exists.');
}

/** POST /lists/{list_id}/segments: `options` makes a saved segment, `static_segment` a tag; both or none is refused. */
export function create(call: ApiCall): Segment {
  const audience = audienceOf(call);
  const body = bodyOf(call);
  const { name, options } = body;
  if ((options === undefined) === (body['static_segment'] === undefined)) throw badRequest();
  const emails = emailsOf(body, 'static_segment');
  const rule = options === undefined ? undefined : readRule(audience, options);
  checkName(call, name, rule);
  const segment = audience.addSegment(name, secondsNow(call.world), rule);
  wrote(call, 'create', segment);
  tag(call, segment, emails);
  return segment;
}

/** Unknown addresses are left out. */
function tag(call: ApiCall, { name }: Segment, emails: string[]): void {
  const audience = audienceOf(call);
  for (const email of emails) {
    const member = audience.byEmail(email);
    if (member) writeTags(call.world, audience, member, [{ name, active: true }], call.via);
  }
}

/**
 * PATCH /lists/{list_id}/segments/{segment_id}: `name` is required. Assumed: a segment stays of its type, and addresses
 * in `static_segment` are added.
 */
export function change(call: ApiCall, segment: Segment): Segment {
  const body = bodyOf(call);
  const { name, options } = body;
  const other = segment.rule ? body['static_segment'] : options;
  if (other !== undefined) throw badRequest();
  const emails = emailsOf(body, 'static_segment');
  const rule = options === undefined ? segment.rule : readRule(audienceOf(call), options);
  checkName(call, name, rule, segment);
  const before = JSON.stringify([segment.name, segment.rule]);
  Object.assign(segment, { name, rule });
  tag(call, segment, emails);
  if (JSON.stringify([name, rule]) === before) return segment;
  segment.updatedAt = secondsNow(call.world);
  wrote(call, 'update', segment);
  return segment;
}

interface Moved {
  members: Member[];
  unknown: string[];
}

/** Assumed: an archived contact counts as absent here. */
function takes({ world }: ApiCall, { status }: Member): boolean {
  const { tagCallTakes } = world.settings;
  if (tagCallTakes === 'subscribed') return status === 'subscribed';
  return tagCallTakes === 'any' || status !== 'archived';
}

function move(call: ApiCall, segment: Segment, emails: string[], active: boolean): Moved {
  const audience = audienceOf(call);
  const moved: Moved = { members: [], unknown: [] };
  for (const email of emails) {
    const member = audience.byEmail(email);
    if (!member || !takes(call, member)) moved.unknown.push(email);
    else if (writeTags(call.world, audience, member, [{ name: segment.name, active }], call.via)) {
      moved.members.push(member);
    }
  }
  return moved;
}

/** POST /lists/{list_id}/segments/{segment_id}: adds and removes in one call, 200 also when some are unknown. */
export function addAndRemove(call: ApiCall, segment: Segment): ApiAnswer {
  // Assumed: who belongs to a saved segment is for its conditions to say.
  if (segment.rule) throw badRequest();
  const audience = audienceOf(call);
  const body = (call.body ?? {}) as Json;
  const [toAdd, toRemove] = [emailsOf(body, 'members_to_add'), emailsOf(body, 'members_to_remove')];
  const added = move(call, segment, toAdd, true);
  const removed = move(call, segment, toRemove, false);
  const refused = [...added.unknown, ...removed.unknown];
  const unknown = call.world.settings.tagCallTellsErrors ? refused : [];
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

export function remove(call: ApiCall, segment: Segment): ApiAnswer {
  const audience = audienceOf(call);
  for (const member of segment.rule ? [] : membersOf(audience, segment)) {
    writeTags(call.world, audience, member, [{ name: segment.name, active: false }], call.via);
  }
  audience.segments.delete(segment.id);
  wrote(call, 'delete', segment);
  return noContent();
}
