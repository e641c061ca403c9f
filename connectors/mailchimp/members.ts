import type { MemberState, MemberStatus, MergeValue } from '../../sync/types';
import type { Call, Mailchimp } from './api';
import { accountError, isOk } from './problem';

const PAGE = 1000;
/** Each page begins with the last row of the one before it: where it does not, rows moved while they were read. */
const STEP = PAGE - 1;
/** Pages read side by side; the connection budget holds below that anyway. */
const PARALLEL_PAGES = 4;
const FIELDS = ['id', 'contact_id', 'status', 'merge_fields', 'tags', 'tags_count'];

type Json = Record<string, unknown>;

/** Undefined when the body is not a member. */
export function toMemberState(body: unknown): MemberState | undefined {
  const member = (typeof body === 'object' && body !== null ? body : {}) as Json;
  if (typeof member.id !== 'string' || typeof member.status !== 'string') return undefined;
  const tags = Array.isArray(member.tags)
    ? (member.tags as Json[]).map((tag) => String(tag.name ?? tag))
    : [];
  return {
    id: member.id,
    contactId: String(member.contact_id ?? ''),
    status: member.status as MemberStatus,
    mergeFields: (member.merge_fields ?? {}) as Record<string, MergeValue>,
    tags,
    tagsComplete: Number(member.tags_count ?? tags.length) <= tags.length,
  };
}

export const memberPath = (audienceId: string, memberId: string): string =>
  `/lists/${encodeURIComponent(audienceId)}/members/${memberId}`;

/** GET /lists/{list_id}/members/{subscriber_hash} with only what the planner needs. */
export const memberRead = (audienceId: string, memberId: string): Call => ({
  method: 'GET',
  path: memberPath(audienceId, memberId),
  query: { fields: FIELDS.join(',') },
});

/** Undefined when the audience does not know the member. */
export async function getMember(
  mailchimp: Mailchimp,
  audienceId: string,
  memberId: string,
): Promise<MemberState | undefined> {
  const response = await mailchimp.send(memberRead(audienceId, memberId));
  if (isOk(response)) return toMemberState(response.body);
  if (response.status === 404) return undefined;
  throw accountError(response);
}

interface Page {
  members: MemberState[];
  total: number;
}

/** GET /lists/{list_id}/members */
async function listPage(
  mailchimp: Mailchimp,
  audienceId: string,
  offset: number,
  status?: 'archived' | 'subscribed',
): Promise<Page> {
  const fields = [...FIELDS.map((field) => `members.${field}`), 'total_items'].join(',');
  const body = await mailchimp.read({
    method: 'GET',
    path: `/lists/${encodeURIComponent(audienceId)}/members`,
    query: { count: PAGE, offset, fields, status, sort_field: 'timestamp_opt', sort_dir: 'ASC' },
  });
  const members = Array.isArray(body.members) ? body.members : [];
  return {
    members: members.map(toMemberState).filter((m) => m !== undefined),
    total: Number(body.total_items ?? 0),
  };
}

/** One listing of the audience, begun: its first page tells how many there are. */
export interface Listing {
  total: number;
  /** All members; `complete` is false when contacts moved between the pages, so that some may be missing. */
  readAll(): Promise<{ members: MemberState[]; complete: boolean }>;
}

/**
 * Begins to list the audience. Without a status Mailchimp may or may not list archived members (unsettled,
 * mailchimp-marketing §5), so archived ones are listed by themselves.
 */
export async function beginListing(
  mailchimp: Mailchimp,
  audienceId: string,
  status?: 'archived' | 'subscribed',
): Promise<Listing> {
  const first = await listPage(mailchimp, audienceId, 0, status);
  return {
    total: first.total,
    readAll: async () => {
      const pages = [first];
      const count = Math.ceil((first.total - 1) / STEP);
      const offsets = Array.from({ length: Math.max(0, count - 1) }, (_, i) => (i + 1) * STEP);
      for (let start = 0; start < offsets.length; start += PARALLEL_PAGES) {
        const block = offsets.slice(start, start + PARALLEL_PAGES);
        pages.push(
          ...(await Promise.all(block.map((offset) => listPage(mailchimp, audienceId, offset, status)))),
        );
      }
      return joined(pages);
    },
  };
}

function joined(pages: Page[]): { members: MemberState[]; complete: boolean } {
  const members = new Map(pages.flatMap((page) => page.members).map((member) => [member.id, member]));
  const total = Math.max(...pages.map((page) => page.total));
  const inStep = pages.every(
    (page, i) => i === 0 || page.members[0]?.id === pages[i - 1]!.members.at(-1)?.id,
  );
  return { members: [...members.values()], complete: inStep && members.size >= total };
}
