import { memberId, uniqueEmailId, type Audience, type Member, type MergeValue } from './model.mts';
import type { Json } from './query.mts';
import { toWire } from './time.mts';
import type { World } from './world.mts';

/** The member object carries 50 tags at most. */
const MAX_TAGS = 50;

const link = (rel: string, href: string, method: string): Json => ({ rel, href, method });

function fullName(mergeFields: Record<string, MergeValue>): string {
  return `${String(mergeFields['FNAME'] ?? '')} ${String(mergeFields['LNAME'] ?? '')}`.trim();
}

const mergeFieldsOf = (audience: Audience, member: Member): Json =>
  Object.fromEntries(audience.mergeFields.map(({ tag }) => [tag, member.mergeFields[tag] ?? '']));

const tagsOf = (audience: Audience, member: Member): Array<{ id: number; name: string }> =>
  [...member.tags.keys()]
    .slice(0, MAX_TAGS)
    .map((id) => ({ id, name: audience.segments.get(id)?.name ?? '' }));

const placeOf = (member: Member): Json => ({
  ...member.location,
  gmtoff: 0,
  dstoff: 0,
  country_code: '',
  timezone: '',
});

/** The member as GET, POST, PUT and PATCH answer it, keys in the order of the wire. */
export function memberView(world: World, audience: Audience, member: Member): Json {
  const id = memberId(member.email);
  const self = `${world.url()}/3.0/lists/${audience.id}/members/${id}`;
  return {
    id,
    email_address: member.email,
    unique_email_id: uniqueEmailId(member.email),
    contact_id: member.contactId,
    full_name: fullName(member.mergeFields),
    web_id: member.webId,
    email_type: member.emailType,
    status: member.status,
    ...(member.status === 'unsubscribed' ? { unsubscribe_reason: member.unsubscribeReason } : {}),
    consents_to_one_to_one_messaging: true,
    merge_fields: mergeFieldsOf(audience, member),
    stats: { avg_open_rate: 0, avg_click_rate: 0 },
    ip_signup: member.ipSignup,
    timestamp_signup: toWire(member.timestampSignup),
    ip_opt: member.ipOpt,
    timestamp_opt: toWire(member.timestampOpt),
    member_rating: 2,
    last_changed: toWire(member.lastChanged),
    language: member.language,
    vip: member.vip,
    email_client: '',
    location: placeOf(member),
    source: member.source,
    tags_count: member.tags.size,
    tags: tagsOf(audience, member),
    list_id: audience.id,
    _links: [
      link('self', self, 'GET'),
      link('parent', `${world.url()}/3.0/lists/${audience.id}/members`, 'GET'),
      link('update', self, 'PATCH'),
      link('upsert', self, 'PUT'),
      link('delete', self, 'DELETE'),
    ],
  };
}

const BULK_LEAVES_OUT = new Set([
  'contact_id',
  'full_name',
  'web_id',
  'unsubscribe_reason',
  'consents_to_one_to_one_messaging',
  'source',
]);

/** The shorter member of POST /lists/{id} and of POST /lists/{id}/segments/{id}. */
export const shortMemberView = (world: World, audience: Audience, member: Member): Json =>
  Object.fromEntries(
    Object.entries(memberView(world, audience, member)).filter(([key]) => !BULK_LEAVES_OUT.has(key)),
  );

/** The member of GET /lists/{id}/segments/{id}/members: shorter still, without tags. */
export function segmentMemberView(world: World, audience: Audience, member: Member): Json {
  const { tags: _tags, tags_count: _count, ...rest } = shortMemberView(world, audience, member);
  return rest;
}
