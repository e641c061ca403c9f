import { checkEmail } from './emailRules.mts';
import type { Via } from './journal.mts';
import type { MemberBody } from './memberBody.mts';
import { mergeValues } from './mergeValues.mts';
import { contactIdFor, type Audience, type Member, type MergeValue, type Status } from './model.mts';
import { badRequest, forgottenEmail, memberExists, Problem } from './problems.mts';
import { changedConsent, firstConsent, type Consent } from './statusRules.mts';
import { changeTags } from './tags.mts';
import { secondsFrom as seconds } from './time.mts';
import { secondsNow, type World } from './world.mts';

/** One call about one member. */
export interface MemberCall {
  world: World;
  audience: Audience;
  body: MemberBody;
  skipMergeValidation: boolean;
  via: Via;
  /** Caller's address: Mailchimp keeps it as ip_opt. */
  ip: string;
}

function refuseForgotten(call: MemberCall, email: string, to: Status | undefined): void {
  if (!call.audience.forgotten.has(email.toLowerCase())) return;
  call.world.journal.refused(call.audience, email, { from: 'forgotten', to, via: call.via });
  throw forgottenEmail(email);
}

function newMember(call: MemberCall, email: string, status: Status): Member {
  const { audience, body } = call;
  const now = secondsNow(call.world);
  const mergeFields = mergeValues(audience.mergeFields, {}, body.merge_fields, call.skipMergeValidation);
  const webId = audience.nextWebId();
  return {
    contactId: contactIdFor(audience.id, email, webId),
    webId,
    email,
    emailType: body.email_type ?? 'html',
    ...firstConsent(status),
    mergeFields,
    language: body.language ?? '',
    vip: body.vip ?? false,
    location: { latitude: body.location?.latitude ?? 0, longitude: body.location?.longitude ?? 0 },
    source: 'API - Generic',
    tags: new Map(),
    ipSignup: body.ip_signup ?? '',
    ipOpt: body.ip_opt ?? call.ip,
    timestampSignup: seconds(body.timestamp_signup),
    timestampOpt: seconds(body.timestamp_opt) ?? (status === 'subscribed' ? now : undefined),
    lastChanged: now,
  };
}

/** @throws Problem; nothing is kept of a refused call */
export function createMember(call: MemberCall, email: string, status: Status): Member {
  const { audience, body, world } = call;
  refuseForgotten(call, email, status);
  checkEmail(email, world.settings);
  const member = newMember(call, email, status);
  audience.add(member);
  const tags = (body.tags ?? []).map((name) => ({ name, active: true }));
  const tagged = changeTags(audience, member, tags, member.lastChanged);
  const filled = Object.keys(member.mergeFields).filter((tag) => member.mergeFields[tag] !== '');
  world.journal.wrote(audience, email, {
    action: 'create',
    via: call.via,
    statusBefore: null,
    statusAfter: status,
    changed: [
      'email_address',
      'status',
      ...filled.map((tag) => `merge_fields.${tag}`),
      ...(tagged ? ['tags'] : []),
    ],
  });
  return member;
}

/** Mailchimp changes an address only while the member is subscribed ("You can only update email addresses …"). */
function checkNewAddress(call: MemberCall, member: Member, email: string): void {
  if (email.toLowerCase() === member.email.toLowerCase()) return;
  if (call.audience.byEmail(email)) throw memberExists(email);
  refuseForgotten(call, email, undefined);
  checkEmail(email, call.world.settings);
  if (member.status === 'subscribed') return;
  throw badRequest(
    `This member's status is "${member.status}." You can only update email addresses for members with a status of "subscribed."`,
  );
}

function consentAfter(call: MemberCall, member: Member, onOptedOut: 'error' | 'ignore'): Consent {
  const { status: to } = call.body;
  const kept = {
    status: member.status,
    optOut: member.optOut,
    unsubscribeReason: member.unsubscribeReason,
  };
  if (to === undefined) return kept;
  // A bounce brings nobody back.
  if (to !== 'cleaned') call.world.journal.violated(call.audience, member.email, member.status, to, call.via);
  try {
    return changedConsent(member, to, call.world.settings);
  } catch (problem) {
    const optedOut = problem instanceof Problem && problem.title === 'Member In Compliance State';
    if (optedOut && onOptedOut === 'ignore') return kept;
    throw problem;
  }
}

type Scalar = string | number | boolean | undefined;

/** What a caller can see change, by its name on the wire. */
const visible = (member: Member): Record<string, Scalar> => ({
  email_address: member.email,
  email_type: member.emailType,
  status: member.status,
  language: member.language,
  vip: member.vip,
  location: `${member.location.latitude},${member.location.longitude}`,
  ip_signup: member.ipSignup,
  ip_opt: member.ipOpt,
  timestamp_signup: member.timestampSignup,
  timestamp_opt: member.timestampOpt,
  ...Object.fromEntries(
    Object.entries(member.mergeFields).map(([tag, value]: [string, MergeValue]) => [
      `merge_fields.${tag}`,
      JSON.stringify(value),
    ]),
  ),
});

const EMPTY = JSON.stringify('');

function differences(before: Member, after: Member): string[] {
  const old = visible(before);
  const normal = (value: Scalar): Scalar => (value === undefined ? EMPTY : value);
  return Object.entries(visible(after))
    .filter(([name, value]) => normal(value) !== normal(old[name]))
    .map(([name]) => name);
}

function changedCopy(call: MemberCall, member: Member, consent: Consent): Member {
  const { audience, body } = call;
  const returns = consent.status === 'subscribed' && member.status !== 'subscribed';
  return {
    ...member,
    ...consent,
    email: body.email_address ?? member.email,
    emailType: body.email_type ?? member.emailType,
    mergeFields: mergeValues(
      audience.mergeFields,
      member.mergeFields,
      body.merge_fields,
      call.skipMergeValidation,
    ),
    language: body.language ?? member.language,
    vip: body.vip ?? member.vip,
    location: { ...member.location, ...body.location },
    ipSignup: body.ip_signup ?? member.ipSignup,
    ipOpt: body.ip_opt ?? (returns ? call.ip : member.ipOpt),
    timestampSignup: seconds(body.timestamp_signup) ?? member.timestampSignup,
    timestampOpt: seconds(body.timestamp_opt) ?? (returns ? secondsNow(call.world) : member.timestampOpt),
  };
}

/**
 * Changes what the call names and nothing else; a call that changes nothing leaves last_changed.
 * @returns the names of what changed
 * @throws Problem; nothing is kept of a refused call
 */
export function updateMember(
  call: MemberCall,
  member: Member,
  onOptedOut: 'error' | 'ignore' = 'error',
): string[] {
  const { audience, body, world } = call;
  const consent = consentAfter(call, member, onOptedOut);
  if (body.email_address !== undefined) checkNewAddress(call, member, body.email_address);
  const after = changedCopy(call, member, consent);
  const changed = differences(member, after);
  const statusBefore = member.status;
  const emailBefore = after.email === member.email ? undefined : member.email;
  if (after.email !== member.email) audience.rename(member, after.email);
  Object.assign(member, after);
  if (changed.length === 0) {
    world.journal.onUnchanged(audience, member);
    return changed;
  }
  member.lastChanged = secondsNow(world);
  world.journal.wrote(audience, member.email, {
    action: 'update',
    via: call.via,
    ...(emailBefore === undefined ? {} : { emailBefore }),
    statusBefore,
    statusAfter: member.status,
    changed,
  });
  return changed;
}
