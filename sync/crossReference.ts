import type { MemberStatus } from './memberState';

/** Hex digits of the subscriber hash that are kept: what fits a field of 30 characters and still tells all apart. */
const ADDRESS_HASH_LENGTH = 30;

/** What a CloudSuite record keeps about its Mailchimp contact. '' stands for a part that is not there. */
export interface CrossReference {
  /** The audience that the contact belongs to. */
  audienceId: string;
  /** Stays the same when the address changes. */
  contactId: string;
  /** Beginning of the subscriber hash of the address on which both systems last agreed. */
  addressHash: string;
  /** The contact's status as last told to CloudSuite. */
  preference: string;
}

export const NO_REFERENCE: CrossReference = {
  audienceId: '',
  contactId: '',
  addressHash: '',
  preference: '',
};

export const addressHashOf = (memberId: string): string => memberId.slice(0, ADDRESS_HASH_LENGTH);

export const referenceTo = (
  audienceId: string,
  member: { contactId: string; memberId: string; status: MemberStatus },
): CrossReference => ({
  audienceId,
  contactId: member.contactId,
  addressHash: addressHashOf(member.memberId),
  preference: member.status,
});

export const sameReference = (a: CrossReference, b: CrossReference): boolean =>
  a.audienceId === b.audienceId &&
  a.contactId === b.contactId &&
  a.addressHash === b.addressHash &&
  a.preference === b.preference;

const text = (value: unknown): string => (typeof value === 'string' ? value.trim() : '');

/** From an item's JSON; undefined where the read did not include it. */
export function readReference(json: unknown): CrossReference | undefined {
  if (typeof json !== 'object' || json === null) return undefined;
  const source = json as Record<string, unknown>;
  return {
    audienceId: text(source.audienceId),
    contactId: text(source.contactId),
    addressHash: text(source.addressHash),
    preference: text(source.preference),
  };
}
