import type { Mailchimp } from '../../connectors/mailchimp/api';
import { runBatch } from '../../connectors/mailchimp/batches';
import { beginListing, getMember, memberRead, toMemberState } from '../../connectors/mailchimp/members';
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

async function readByBatch(mailchimp: Mailchimp, audienceId: string, ids: string[]): Promise<AudienceState> {
  const blocks = inBlocks(ids, OPERATIONS_PER_BATCH);
  const answers = await Promise.all(
    blocks.map((block) =>
      runBatch(
        mailchimp,
        block.map((id) => memberRead(audienceId, id)),
      ),
    ),
  );
  const flat = answers.flat();
  const found = flat.map((answer) => (answer && isOk(answer) ? toMemberState(answer.body) : undefined));
  const settled = flat.every((answer, i) => answer?.status === 404 || found[i] !== undefined);
  return { members: byId(found.filter((member) => member !== undefined)), complete: settled, size: 0 };
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
