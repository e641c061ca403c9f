import { audienceOf } from './lookup.mts';
import { CREATE_STATUSES, readMemberBody, type MemberBody } from './memberBody.mts';
import { createMember, updateMember, type MemberCall } from './memberRules.mts';
import { shortMemberView } from './memberView.mts';
import type { Member } from './model.mts';
import { Problem, schemaProblem } from './problems.mts';
import { flag, type Json } from './query.mts';
import { ok, type ApiAnswer, type ApiCall, type Route } from './router.mts';
import { onlyTags, writeTags } from './tags.mts';

const MAX_MEMBERS = 500;

interface BulkError {
  email_address: string;
  error: string;
  error_code: 'ERROR_CONTACT_EXISTS' | 'ERROR_GENERIC';
  field?: string;
  field_message?: string;
}

interface Bulk {
  call: ApiCall;
  updateExisting: boolean;
  syncTags: boolean;
  skipDuplicateCheck: boolean;
  seen: Set<string>;
  created: Member[];
  updated: Member[];
  errors: BulkError[];
}

function errorOf(email: string, problem: Problem): BulkError {
  const [first] = problem.extras.errors ?? [];
  return {
    email_address: email,
    error: problem.detail,
    error_code: 'ERROR_GENERIC',
    ...(first ? { field: first.field, field_message: first.message } : {}),
  };
}

const contactExists = (email: string): BulkError => ({
  email_address: email,
  error: `${email} is already a list member, do you want to update? please provide update_existing:true in the request body`,
  error_code: 'ERROR_CONTACT_EXISTS',
});

const memberCall = (bulk: Bulk, body: MemberBody): MemberCall => ({
  world: bulk.call.world,
  audience: audienceOf(bulk.call),
  body,
  skipMergeValidation: flag(bulk.call.query, 'skip_merge_validation'),
  via: bulk.call.via === 'batch' ? 'batch' : 'bulk',
  ip: bulk.call.ip,
});

/** `sync_tags` replaces all tags by those sent: none sent, none left. */
function tag(bulk: Bulk, member: Member, body: MemberBody): void {
  if (!bulk.call.world.settings.bulkHonoursTags) return;
  const { world, audience, via } = memberCall(bulk, body);
  const names = body.tags ?? [];
  const changes = bulk.syncTags
    ? onlyTags(audience, member, names)
    : names.map((name) => ({ name, active: true }));
  writeTags(world, audience, member, changes, via);
}

function createOne(bulk: Bulk, body: MemberBody, email: string): void {
  // Assumed: status_if_new is no key of this call, so a new member without status has none.
  if (!body.status) {
    throw schemaProblem([{ field: '', message: 'Required fields were not provided: status' }]);
  }
  bulk.created.push(createMember(memberCall(bulk, body), email, body.status));
}

function updateOne(bulk: Bulk, body: MemberBody, known: Member): void {
  const wasArchived = known.status === 'archived';
  updateMember(memberCall(bulk, body), known, bulk.call.world.settings.bulkTreatsOptedOut);
  tag(bulk, known, body);
  // Assumed: an archived contact who comes back counts as new.
  if (bulk.updated.includes(known) || bulk.created.includes(known)) return;
  (wasArchived ? bulk.created : bulk.updated).push(known);
}

function writeOne(bulk: Bulk, body: MemberBody, email: string): void {
  const repeated = bulk.seen.has(email.toLowerCase());
  if (repeated && !bulk.skipDuplicateCheck) {
    // Assumed: text and code of a duplicate within one call.
    throw new Problem(400, 'Invalid Resource', `Duplicate items found. Please submit ${email} only once.`);
  }
  bulk.seen.add(email.toLowerCase());
  const { world, audience, via } = memberCall(bulk, body);
  const known = audience.byEmail(email);
  if (!known) return createOne(bulk, body, email);
  if (repeated) {
    // With skip_duplicate_check the first appearance's status wins.
    const { status: _ignored, ...rest } = body;
    return updateOne(bulk, rest, known);
  }
  if (known.status !== 'archived' && !bulk.updateExisting) {
    world.journal.refused(audience, email, { from: known.status, to: body.status, via });
    bulk.errors.push(contactExists(email));
    return undefined;
  }
  return updateOne(bulk, body, known);
}

function readItem(bulk: Bulk, item: unknown): MemberBody {
  const { tags, ...rest } = (item ?? {}) as Json;
  const readsTags = bulk.call.world.settings.bulkHonoursTags;
  return readMemberBody(readsTags && tags !== undefined ? { ...rest, tags } : rest, {
    statuses: CREATE_STATUSES,
    required: ['email_address'],
    tags: readsTags,
  });
}

function tryOne(bulk: Bulk, item: unknown): void {
  const email = String((item as Json | null)?.['email_address'] ?? '');
  try {
    writeOne(bulk, readItem(bulk, item), email);
  } catch (problem) {
    if (!(problem instanceof Problem)) throw problem;
    bulk.errors.push(errorOf(email, problem));
  }
}

/** @throws Problem 400 unless `members` is a list of 500 at most */
function readMembers(body: unknown): unknown[] {
  const members = (body as Json | null | undefined)?.['members'];
  if (members === undefined) {
    throw schemaProblem([{ field: '', message: 'Required fields were not provided: members' }]);
  }
  if (!Array.isArray(members)) {
    throw schemaProblem([{ field: 'members', message: 'Schema describes array, other found instead' }]);
  }
  if (members.length > MAX_MEMBERS) {
    throw schemaProblem([
      { field: 'members', message: `This collection should contain ${MAX_MEMBERS} elements or less.` },
    ]);
  }
  return members;
}

/**
 * POST /lists/{list_id}: up to 500 members at once, 200 with `errors[]` for those that fail. It has no status_if_new:
 * any status overwrites the one of a known member (with update_existing) and brings archived contacts back.
 */
function subscribe(call: ApiCall): ApiAnswer {
  const audience = audienceOf(call);
  const members = readMembers(call.body);
  const options = call.body as Json;
  const bulk: Bulk = {
    call,
    updateExisting: options['update_existing'] === true,
    syncTags: options['sync_tags'] === true,
    skipDuplicateCheck: flag(call.query, 'skip_duplicate_check'),
    seen: new Set(),
    created: [],
    updated: [],
    errors: [],
  };
  for (const item of members) tryOne(bulk, item);
  return ok({
    new_members: bulk.created.map((member) => shortMemberView(call.world, audience, member)),
    updated_members: bulk.updated.map((member) => shortMemberView(call.world, audience, member)),
    errors: bulk.errors,
    total_created: bulk.created.length,
    total_updated: bulk.updated.length,
    error_count: bulk.errors.length,
    _links: [],
  });
}

export const bulkRoutes: Route[] = [{ method: 'POST', pattern: '/lists/:list', handle: subscribe }];
