import type { AddressEntry } from '../../sync/contactChangeTypes';
import type { CrossReference } from '../../sync/crossReference';

/** A record as its system has it: field → text. */
export type Row = Record<string, string>;

/** What a system says of one row that was to be written. */
export type WriteAnswer =
  | { done: true }
  /** Somebody else was quicker (a change number, an ETag, "already exists"), or it is not known whether it was done. */
  | { done: false; because: 'overtaken' | 'unknown' }
  /** The record does not exist. */
  | { done: false; because: 'gone' }
  /** `subject` names a code and a field; never a value, which may be a name or an address. */
  | { done: false; because: 'refused'; subject: string };

/** One kind of stored record, by its keys. `writeCarefully` puts reading and writing together. */
export interface RecordHome {
  /** Records that exist, many in few calls. */
  read(keys: string[]): Promise<Map<string, Row>>;
  /** One answer for each row, in order. `current` is what `read` gave a moment ago: the place for an optimistic lock. */
  write(rows: ReadonlyMap<string, Row>, current: ReadonlyMap<string, Row>): Promise<WriteAnswer[]>;
  /** Whether a record that does not exist may be added. */
  adds: boolean;
}

/** Which field keeps which part of the cross-reference; '' keeps it nowhere. */
export type ReferenceFields = Record<keyof CrossReference, string>;

/** Where the e-mail addresses of customers live. */
export interface AddressHome {
  home: RecordHome;
  /** Field of the home that holds the address. */
  field: string;
  /** Characters that the field holds. */
  maxLength: number;
  /** Whether other fields of a contact go to the customer's record, or to the entry that holds the address. */
  fieldsGoTo: 'customer' | 'entry';
  /** Fields of an entry that may be changed → the longest text that they hold, where they go to the entry. */
  entryFields?: Record<string, number>;
  /** Address entries by customer number. @param records what `PartyHomes.records.read` gave */
  entries(records: ReadonlyMap<string, Row>): Promise<Map<string, AddressEntry[]>>;
}

/** Where a product line keeps what may be changed of its customers, or of its suppliers. Keys are their numbers. */
export interface PartyHomes {
  records: RecordHome;
  /** Fields that the tenant has added. Row fields are named as the source names them. */
  customFields: RecordHome;
  referenceFields: ReferenceFields;
  /** @param emailHome '' for the product line's usual one */
  addresses(emailHome: string): AddressHome;
}
