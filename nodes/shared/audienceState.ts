import type { HttpResponse } from '../../connectors/http/port';
import type { Call, Mailchimp } from '../../connectors/mailchimp/api';
import { runBatch } from '../../connectors/mailchimp/batches';
import { beginListing, getMember, memberRead, toMemberState } from '../../connectors/mailchimp/members';
import { tagsRead, toTags } from '../../connectors/mailchimp/memberTags';
import { isOk } from '../../connectors/mailchimp/problem';
import { chooseStateRead, inBlocks, OPERATIONS_PER_BATCH, SMALL_RUN } from '../../sync/budget';
import type { MemberState } from '../../sync/types';

export interface AudienceState {
  /** By subscriber hash; an address that is missing is unknown to the audience, if the read was complete. */
  members: Map<string, MemberState>;
  complete: boolean;
  /** Contacts that the audience lists, for the guard's share; 0 when they were not counted. */
  size: number;
}

const byId = (members: MemberState[]): Map<string, MemberState> =>
  new Map(members.map((member) => [member.id, member]));

async function readSingly(mailchimp: Mailchimp, audienceId: string, ids: string[]): Promise<AudienceState> {
  const members = await Promise.all(ids.map((id) => getMember(mailchimp, audienceId, id)));
  return { members: byId(members.filter((member) => member !== undefined)), complete: true, size: 0 };
}

/** The answers of many reads, in their order; undefined for an answer that was lost. */
async function inBatches(mailchimp: Mailchimp, calls: Call[]): Promise<Array<HttpResponse | undefined>> {
  const blocks = inBlocks(calls, OPERATIONS_PER_BATCH);
  return (await Promise.all(blocks.map((block) => runBatch(mailchimp, block)))).flat();
}

async function readByBatch(mailchimp: Mailchimp, audienceId: string, ids: string[]): Promise<AudienceState> {
  const answers = await inBatches(
    mailchimp,
    ids.map((id) => memberRead(audienceId, id)),
  );
  const found = answers.map((answer) => (answer && isOk(answer) ? toMemberState(answer.body) : undefined));
  const settled = answers.every((answer, i) => answer?.status === 404 || found[i] !== undefined);
  return { members: byId(found.filter((member) => member !== undefined)), complete: settled, size: 0 };
}

/**
 * The same contacts with all their tags: Mailchimp lists at most 50 with a contact, and more when it is asked. One
 * whose answer does not come stays as it was.
 */
export async function withAllTags(
  mailchimp: Mailchimp,
  audienceId: string,
  members: MemberState[],
): Promise<MemberState[]> {
  const ids = members.filter(({ tagsComplete }) => !tagsComplete).map(({ id }) => id);
  const calls = ids.map((id) => tagsRead(audienceId, id));
  const answers =
    calls.length <= SMALL_RUN
      ? await Promise.all(calls.map((call) => mailchimp.send(call)))
      : await inBatches(mailchimp, calls);
  const found = new Map(ids.map((id, i) => [id, toTags(answers[i])]));
  return members.map((member) => {
    const tags = found.get(member.id);
    return tags ? { ...member, tags, tagsComplete: true } : member;
  });
}

/** Contacts named one by one. */
export const readContacts = (
  mailchimp: Mailchimp,
  audienceId: string,
  ids: string[],
): Promise<AudienceState> =>
  ids.length <= SMALL_RUN ? readSingly(mailchimp, audienceId, ids) : readByBatch(mailchimp, audienceId, ids);

/** The state of the affected contacts by the cheapest sufficient calls (sync/budget.ts). */
export async function readState(
  mailchimp: Mailchimp,
  audienceId: string,
  ids: string[],
): Promise<AudienceState> {
  if (chooseStateRead(ids.length, 0, 0) === 'single') return readSingly(mailchimp, audienceId, ids);
  const listed = await beginListing(mailchimp, audienceId);
  const archived = await beginListing(mailchimp, audienceId, 'archived');
  const size = listed.total;
  if (chooseStateRead(ids.length, listed.total, archived.total) === 'batch') {
    return { ...(await readByBatch(mailchimp, audienceId, ids)), size };
  }
  const pages = await listed.readAll();
  const archivedPages = await archived.readAll();
  const wanted = new Set(ids);
  // Archived last: where both lists hold a contact, archived is the more restrictive state.
  const members = byId(
    [...pages.members, ...archivedPages.members].filter((member) => wanted.has(member.id)),
  );
  if (pages.complete && archivedPages.complete) return { members, complete: true, size };
  const missed = await readContacts(
    mailchimp,
    audienceId,
    ids.filter((id) => !members.has(id)),
  );
  return { members: new Map([...members, ...missed.members]), complete: missed.complete, size };
}
