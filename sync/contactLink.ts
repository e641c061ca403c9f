import type { AddressEntry, BackSettings, CustomerState } from './contactChangeTypes';
import { addressHashOf } from './crossReference';
import { addressProblem, memberIdOf } from './email';
import type { Member } from './member';
import { note } from './note';
import type { RecordNote } from './types';

type Linked = 'linked' | 'byAddress' | 'secondary' | 'stranger';

/** Whether the customer is really this contact's: a number in a merge field may be outdated, or typed by anybody. */
export function linkBetween(member: Member, { addresses, crossReference: stored }: CustomerState): Linked {
  const own = stored?.audienceId === member.audienceId ? stored.contactId : '';
  if (own && own === member.contactId) return 'linked';
  const hashes = addresses.flatMap(({ emails }) => emails.map(memberIdOf));
  if (!member.memberId || !hashes.includes(member.memberId)) return 'stranger';
  return own && hashes[0] !== member.memberId ? 'secondary' : 'byAddress';
}

/** The entry that has the contact's address, the new one or the one that both systems last agreed on. */
export function entryOf(
  member: Member,
  { addresses, crossReference }: CustomerState,
): AddressEntry | undefined {
  const hashes = [addressHashOf(member.memberId), crossReference?.addressHash ?? ''];
  return addresses.find(({ emails }) =>
    emails.some((email) => hashes.includes(addressHashOf(memberIdOf(email)))),
  );
}

export type AddressDecision =
  | { do: 'nothing'; agreed: boolean; note?: RecordNote }
  | { do: 'write'; entry: AddressEntry; text: string };

/**
 * Who changed the address is told by the one on which both last agreed. CloudSuite's change is left to the next sync,
 * which gives the contact the new address; when both changed it, CloudSuite's counts.
 */
export function decideAddress(member: Member, state: CustomerState, settings: BackSettings): AddressDecision {
  const all = state.addresses.flatMap((entry) => entry.emails.map((email) => ({ entry, email })));
  if (!member.memberId || all.some(({ email }) => memberIdOf(email) === member.memberId)) {
    return { do: 'nothing', agreed: true };
  }
  const agreedHash = state.crossReference?.addressHash ?? '';
  const holders = all.filter(({ email }) => addressHashOf(memberIdOf(email)) === agreedHash);
  const memberChanged = addressHashOf(member.memberId) !== agreedHash;
  const say = (reason: RecordNote['reason']): AddressDecision => ({
    do: 'nothing',
    agreed: false,
    note: note(reason, '', member.memberId),
  });
  if (holders.length === 0) {
    return memberChanged ? say('address-changed-in-both') : { do: 'nothing', agreed: false };
  }
  if (settings.addressChanges === 'ignore') return { do: 'nothing', agreed: false };
  if (settings.addressChanges === 'report') return say('address-change-reported');
  if (holders.length > 1) return say('address-home-not-writable');
  const [{ entry, email }] = holders as [(typeof holders)[0]];
  const text = entry.text.replace(email, () => member.email);
  if (addressProblem(member.email) || text.length > settings.maxAddressLength) return say('value-too-long');
  return { do: 'write', entry, text };
}
