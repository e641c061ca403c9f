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
 * Contact ids that have to be read besides the addresses: of records whose address the audience does not know, or that
 * have none any more, although they have a contact in it.
 * @param firstEmails the address that stands for each record
 */
export const contactsToFind = (
  inputs: ContactInput[],
  firstEmails: ReadonlyMap<ContactInput, string>,
  members: ReadonlyMap<string, MemberState>,
  settings: Pick<SyncSettings, 'audienceId'>,
): string[] => {
  const known = new Set([...members.values()].map(({ contactId }) => contactId));
  const wanted = inputs.flatMap((input) => {
    const contactId = contactIdOf(input, settings);
    const isFound = known.has(contactId) || members.has(memberIdOf(firstEmails.get(input) ?? ''));
    return contactId && !isFound ? [contactId] : [];
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
  /** Such an address → the one contact that gets it. */
  private readonly takers = new Map<string, string>();

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
      if (!rename || this.renames.has(memberId) || this.takers.has(memberIdOf(rename))) continue;
      this.renames.set(memberId, rename);
      this.takers.set(memberIdOf(rename), memberId);
    }
  }

  /** The contact of a record that has no address any more: what sales reads about it stays true. */
  withoutAddress(input: ContactInput): LinkedContact | undefined {
    if (!contactIdOf(input, this.settings)) return undefined;
    const member = this.contacts.byReference(input, this.settings.audienceId);
    if (!member) return deletedContact(input);
    const stored = input.party.crossReference!;
    return { memberId: member.id, stored, wanted: { ...stored, preference: member.status } };
  }

  linkOf(input: ContactInput): Link {
    const email = this.firstEmails.get(input)!;
    const own = memberIdOf(email);
    const link = this.wish(input, email);
    if (!link.rename && link.memberId !== own) return link;
    // Two customers leave one contact for different addresses: it goes with the smaller number. And whoever wants the
    // address that a contact is about to get shares that contact.
    const taker = this.takers.get(own);
    if (taker !== undefined && !link.leave) return { memberId: taker, rename: this.renames.get(taker) };
    return link.rename ? { memberId: own } : link;
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
