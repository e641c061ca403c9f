import { mayRename } from './consent';
import { addressHashOf, NO_REFERENCE } from './crossReference';
import { memberIdOf } from './email';
import { numbersIn } from './shared';
import type { ContactInput, LinkedContact, MemberState, SyncSettings } from './types';
import type { Reason } from './reasons';

/** Which contact one address of a record stands for. */
export interface Link {
  memberId: string;
  /** The contact keeps its history and gets this address. */
  rename?: string;
  /** Why the address of CloudSuite is not the contact's. */
  reason?: Reason;
  /** Nothing may be written for this address. */
  leave?: true;
}

/** The states of this run's contacts, found by either of their two ids. */
export class KnownContacts {
  private readonly byContactId: ReadonlyMap<string, MemberState>;

  constructor(readonly members: ReadonlyMap<string, MemberState>) {
    this.byContactId = new Map([...members.values()].map((member) => [member.contactId, member]));
  }

  byReference({ party }: ContactInput, audienceId: string): MemberState | undefined {
    const reference = party.crossReference;
    return reference?.audienceId === audienceId ? this.byContactId.get(reference.contactId) : undefined;
  }
}

const contactIdOf = ({ party }: ContactInput, { audienceId }: Pick<SyncSettings, 'audienceId'>): string =>
  party.crossReference?.audienceId === audienceId ? party.crossReference.contactId : '';

/**
 * Contact ids that have to be read besides the addresses: of records whose address the audience does not know, although
 * they have a contact in it.
 * @param firstEmails the address that stands for each record
 */
export const contactsToFind = (
  firstEmails: ReadonlyMap<ContactInput, string>,
  members: ReadonlyMap<string, MemberState>,
  settings: Pick<SyncSettings, 'audienceId'>,
): string[] => {
  const known = new Set([...members.values()].map(({ contactId }) => contactId));
  const wanted = [...firstEmails].flatMap(([input, email]) => {
    const contactId = contactIdOf(input, settings);
    return contactId && !members.has(memberIdOf(email)) && !known.has(contactId) ? [contactId] : [];
  });
  return [...new Set(wanted)];
};

/** Customers of a contact that are not in this run. */
const numbersOutside = (member: MemberState, numbersInRun: ReadonlySet<string>, tag: string): string[] =>
  tag ? numbersIn(member.mergeFields[tag]).filter((number) => !numbersInRun.has(number)) : [];

/**
 * The contacts behind the records' first addresses. CloudSuite's new address goes to the contact that the record
 * already has, so that its id and history stay; a new address of Mailchimp's is left to the way back. The address on
 * which both last agreed tells who changed it; when both did, CloudSuite's counts.
 */
export class Linker {
  private readonly contacts: KnownContacts;
  private readonly numbersInRun: ReadonlySet<string>;
  /** Contacts that other records of the run claim by their address. */
  private readonly claimed: ReadonlySet<string>;
  /** Contact → the one address that it may get in this run. */
  private readonly renames = new Map<string, string>();

  /** @param firstEmails in the order of the input */
  constructor(
    private readonly firstEmails: ReadonlyMap<ContactInput, string>,
    members: ReadonlyMap<string, MemberState>,
    private readonly settings: SyncSettings,
  ) {
    this.contacts = new KnownContacts(members);
    this.numbersInRun = new Set([...firstEmails.keys()].map(({ party }) => party.number));
    this.claimed = new Set([...firstEmails.values()].map(memberIdOf));
    const byNumber = [...firstEmails].sort(([a], [b]) => (a.party.number < b.party.number ? -1 : 1));
    for (const [input, email] of byNumber) {
      const { memberId, rename } = this.wish(input, email);
      if (rename && !this.renames.has(memberId)) this.renames.set(memberId, rename);
    }
  }

  linkOf(input: ContactInput): Link {
    const email = this.firstEmails.get(input)!;
    const link = this.wish(input, email);
    const granted = this.renames.get(link.memberId);
    if (!link.rename || memberIdOf(granted!) === memberIdOf(link.rename)) return link;
    // Two customers leave one contact for different addresses: it goes with the smaller number.
    return { memberId: memberIdOf(email) };
  }

  private wish(input: ContactInput, email: string): Link {
    const own = memberIdOf(email);
    const reference = input.party.crossReference;
    if (this.contacts.members.has(own) || !reference || !contactIdOf(input, this.settings)) {
      return { memberId: own };
    }
    const member = this.contacts.byReference(input, this.settings.audienceId);
    if (!member) return { memberId: own, reason: 'forgotten', leave: true };
    if (addressHashOf(own) === reference.addressHash) {
      return { memberId: member.id, reason: 'address-changed-in-mailchimp' };
    }
    // Who opted out stays opted out, also under a new address.
    if (!mayRename(member.status)) return { memberId: member.id };
    return this.isShared(member) ? { memberId: own } : { memberId: member.id, rename: email };
  }

  private isShared(member: MemberState): boolean {
    const { customerNumberField } = this.settings;
    return (
      this.claimed.has(member.id) || numbersOutside(member, this.numbersInRun, customerNumberField).length > 0
    );
  }
}

/** The contact that a record's cross-reference should name once the plan is done. */
export function linkedContact(
  { party }: ContactInput,
  memberId: string,
  state: MemberState | undefined,
  rename: string | undefined,
  { audienceId, newContactStatus }: SyncSettings,
): LinkedContact | undefined {
  if (!party.crossReference || !memberId) return undefined;
  const stored = party.crossReference.audienceId === audienceId ? party.crossReference : NO_REFERENCE;
  const after = rename ? memberIdOf(rename) : memberId;
  const agreed = party.emails.some((email) => memberIdOf(email) === after);
  return {
    memberId,
    stored: party.crossReference,
    wanted: {
      audienceId,
      contactId: state?.contactId ?? '',
      // Where the two systems have different addresses, the last common one goes on telling who changed it.
      addressHash: agreed || !stored.addressHash ? addressHashOf(after) : stored.addressHash,
      preference: state?.status ?? newContactStatus,
    },
  };
}

/** Mailchimp no longer has the contact: CloudSuite keeps its id, so that nobody adds the person again. */
export const deletedContact = ({
  party: { crossReference: stored },
}: ContactInput): LinkedContact | undefined =>
  stored && { memberId: '', stored, wanted: { ...stored, preference: 'deleted' } };
