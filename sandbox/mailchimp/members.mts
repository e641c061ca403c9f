import { audienceOf, memberByHash, memberOf } from './lookup.mts';
import { CREATE_STATUSES, PATCH_STATUSES, readMemberBody, type MemberBody } from './memberBody.mts';
import { listMembers } from './memberList.mts';
import { createMember, updateMember, type MemberCall } from './memberRules.mts';
import { memberView } from './memberView.mts';
import type { Member } from './model.mts';
import { cannotArchive, memberExists, schemaProblem } from './problems.mts';
import { flag } from './query.mts';
import { noContent, ok, type ApiAnswer, type ApiCall, type Route } from './router.mts';
import { secondsNow } from './world.mts';

export const memberCall = (call: ApiCall, body: MemberBody): MemberCall => ({
  world: call.world,
  audience: audienceOf(call),
  body,
  skipMergeValidation: flag(call.query, 'skip_merge_validation'),
  via: call.via,
  ip: call.ip,
});

const answerWith = (call: ApiCall, member: Member): ApiAnswer =>
  ok(memberView(call.world, audienceOf(call), member));

function noteRefusedCreate(call: ApiCall, member: Member, body: MemberBody): void {
  const refusal = { from: member.status, to: body.status ?? body.status_if_new, via: call.via };
  call.world.journal.refused(audienceOf(call), member.email, refusal);
}

/** POST takes an archived contact back in; any other known address is refused. */
function add(call: ApiCall): ApiAnswer {
  const body = readMemberBody(call.body, {
    statuses: CREATE_STATUSES,
    required: ['email_address', 'status'],
    tags: true,
  });
  const email = body.email_address ?? '';
  const known = audienceOf(call).byEmail(email);
  if (known && known.status !== 'archived') {
    noteRefusedCreate(call, known, body);
    throw memberExists(email);
  }
  if (!known) return answerWith(call, createMember(memberCall(call, body), email, body.status!));
  updateMember(memberCall(call, body), known);
  return answerWith(call, known);
}

function put(call: ApiCall): ApiAnswer {
  const body = readMemberBody(call.body, { statuses: CREATE_STATUSES });
  const audience = audienceOf(call);
  const known = audience.find(call.params['member'] ?? '');
  if (known) {
    updateMember(memberCall(call, body), known);
    return answerWith(call, known);
  }
  // Both keys count as required only where there is nobody to update (PUT docs: "if not already present").
  const status = body.status_if_new ?? body.status;
  const missing = [
    ...(body.email_address === undefined ? ['email_address'] : []),
    ...(status === undefined ? ['status_if_new'] : []),
  ];
  if (body.email_address === undefined || status === undefined) {
    throw schemaProblem([{ field: '', message: `Required fields were not provided: ${missing.join(', ')}` }]);
  }
  const other = audience.byEmail(body.email_address);
  if (other) {
    noteRefusedCreate(call, other, body);
    throw memberExists(body.email_address);
  }
  return answerWith(call, createMember(memberCall(call, body), body.email_address, status));
}

function patch(call: ApiCall): ApiAnswer {
  const body = readMemberBody(call.body, { statuses: PATCH_STATUSES });
  const member = memberOf(call);
  const ignoresStatus = member.status === 'archived' && !call.world.settings.patchUnarchives;
  const { status, ...rest } = body;
  updateMember(memberCall(call, ignoresStatus || status === undefined ? rest : { ...rest, status }), member);
  return answerWith(call, member);
}

function archive(call: ApiCall): ApiAnswer {
  const member = memberOf(call);
  const statusBefore = member.status;
  if (['cleaned', 'pending', 'archived'].includes(statusBefore)) throw cannotArchive();
  member.status = 'archived';
  member.lastChanged = secondsNow(call.world);
  const row = { action: 'archive', via: call.via, statusBefore, statusAfter: 'archived' } as const;
  call.world.journal.wrote(audienceOf(call), member.email, { ...row, changed: ['status'] });
  return noContent();
}

function deletePermanently(call: ApiCall): ApiAnswer {
  const member = memberByHash(call);
  audienceOf(call).forget(member);
  const row = { action: 'delete', via: call.via, statusBefore: member.status, statusAfter: null } as const;
  call.world.journal.wrote(audienceOf(call), member.email, { ...row, changed: [] });
  return noContent();
}

export const memberRoutes: Route[] = [
  { method: 'GET', pattern: '/lists/:list/members', handle: listMembers },
  { method: 'POST', pattern: '/lists/:list/members', handle: add },
  {
    method: 'GET',
    pattern: '/lists/:list/members/:member',
    handle: (call) => answerWith(call, memberOf(call)),
  },
  { method: 'PUT', pattern: '/lists/:list/members/:member', handle: put },
  { method: 'PATCH', pattern: '/lists/:list/members/:member', handle: patch },
  { method: 'DELETE', pattern: '/lists/:list/members/:member', handle: archive },
  {
    method: 'POST',
    pattern: '/lists/:list/members/:member/actions/delete-permanent',
    handle: deletePermanently,
  },
];
