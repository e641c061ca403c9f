import type { CrossReference } from './crossReference';
import type { Member } from './member';
import type { AnyEffect } from './types';

/** One contact and one customer that it carries the number of. */
export interface ContactChange {
  itemIndex: number;
  /** Undefined when the event is about no contact. */
  member: Member | undefined;
  /** Subscriber hash of a contact that was deleted in Mailchimp; '' when none was. */
  deletedMemberId: string;
  /** '' when the contact carries none. */
  number: string;
  /** All customers of the contact; the first one's values are those that it shows. */
  contactNumbers: string[];
  attempts: number;
  retryOf: string;
  /** The event that tells it; '' for a sweep. */
  source?: string;
}

/** One text of CloudSuite that holds addresses of a customer, such as the field MAIL or a contact person's entry. */
export interface AddressEntry {
  /** Of the entry in its home: a customer number or the id of a contact person. */
  key: string;
  /** As it stands there, perhaps several addresses. */
  text: string;
  /** Its addresses. */
  emails: string[];
  /** Other fields of the entry, where it is a contact person. */
  fields: Record<string, string>;
}

/** What CloudSuite holds about one customer now. */
export interface CustomerState {
  /** The source's fields that the mapping names. */
  fields: Record<string, string>;
  addresses: AddressEntry[];
  crossReference: CrossReference | undefined;
}

/** A merge field that flows back, such as PHONE → PHNO, or a part of an address: ADDRESS.city → TOWN. */
export interface BackField {
  tag: string;
  field: string;
  maxLength: number;
}

export interface BackSettings {
  addressChanges: 'update' | 'report' | 'ignore';
  /** Longest text of an address entry. */
  maxAddressLength: number;
  /** Fields flow to the customer itself, or to the contact person who has the address. */
  fieldHome: 'customer' | 'entry';
  fields: BackField[];
}

export interface UpdateCustomerEffect extends AnyEffect {
  kind: 'updateCustomer';
  /** Key of the record in its home. */
  entry: string;
  fields: Record<string, string>;
  expected: Record<string, string>;
}

export interface UpdateAddressEffect extends AnyEffect {
  kind: 'updateAddress';
  /** Of the entry. */
  entry: string;
  text: string;
  expected: string;
}

export interface CrossReferenceEffect extends AnyEffect {
  kind: 'crossReference';
  crossReference: CrossReference;
  /** Kept instead where the address could not be written. */
  fallbackHash: string;
}

export type BackEffect = UpdateCustomerEffect | UpdateAddressEffect | CrossReferenceEffect;
