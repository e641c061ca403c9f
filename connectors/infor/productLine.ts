import type { Financials } from '../../sync/party';
import type { BusinessRecord, RecordKind } from '../../sync/record';
import type { MailLog } from '../../sync/transactional/mailLog';
import type { Gateway } from './gateway';
import type { PartyHomes, Row } from './homes';
import type { Posting, ReceivableBook, ReceivableType } from './receivables';

/** An entry of a list that people choose from. */
export interface Choice {
  name: string;
  value: string;
  description?: string;
}

/** Something that people fill in: a setting of a product line, or a field of a raw call. All values are texts. */
export interface Field {
  /** Unique within the product line. */
  name: string;
  displayName: string;
  description: string;
  default: string;
  placeholder?: string;
  required?: boolean;
  /** Default `text`. */
  type?: 'text' | 'lines' | 'json' | 'options';
  options?: Choice[];
  /** Name of one of the product line's `lists`, from which the value can be searched. */
  list?: string;
  /** Shown under “Product Line Options” instead of beside the operation. */
  rare?: boolean;
}

export type Ability =
  /** Get and Get Many. */
  | 'read'
  /** Get Many with “Changed Since”, and the polling trigger. */
  | 'changes'
  | 'update'
  /** Get and set fields that the tenant has added. */
  | 'customFields'
  /** Keeps the cross-reference to Mailchimp, and takes back what contacts change. Customers only. */
  | 'contactLink'
  /** “Include Financial Status”. Customers only. */
  | 'financials';

export interface ObjectType {
  abilities: Ability[];
  /** Why an ability is missing, in one sentence for users. Every ability that makes sense is in one of both. */
  missing: Partial<Record<Ability, string>>;
  /** Fields that Update may change → the longest text that they hold. */
  updatable: Record<string, number>;
  /**
   * Canonical field → the source's own name, where tenants differ and the user may say so (“Field Names”). Empty where
   * the source's names are fixed.
   */
  fieldNames: Record<string, string>;
  /** Where its addresses can live, where that differs from the product line's `emailHomes`. */
  emailHomes?: Choice[];
}

export interface ReadOptions {
  /** Where a customer's addresses live; '' for the usual home. */
  emailHome: string;
  /** Also read what financialStatus needs. */
  withFinancials: boolean;
  /** Also read the cross-reference to the contact in Mailchimp. */
  withCrossReference: boolean;
  /** Source status codes that mean active; none for the usual ones. */
  activeStatuses: string[];
}

export interface RecordQuery extends ReadOptions {
  /** Only records changed at or after this point of the system's own clock, in the form of `serverCursor()`. */
  changedSince?: string;
  /** Only records after this number (exclusive), in the order of the list. */
  startAfter?: string;
  /** At most this many records; undefined for all. */
  limit?: number;
  /** Source field → exact value. */
  filter?: Record<string, string>;
  /** Source fields to read besides those that the product line reads anyway. */
  sourceFields?: string[];
}

/** A product line of one tenant, with its settings. */
export interface ProductLine {
  /**
   * The system's own clock: ms since 1970 in decimal digits. A system that tells its local time without a zone counts
   * it as if it were UTC, so that cursors and row times compare.
   */
  serverCursor(): Promise<string>;
  /** Undefined when there is no such record. */
  get(kind: RecordKind, number: string, options: ReadOptions): Promise<BusinessRecord | undefined>;
  /**
   * Pages in the order of the system's key, or of change where `changedSince` is given. Never a record twice, also when
   * rows move between pages; never one request a record; pages as large as the system allows.
   */
  list(kind: RecordKind, query: RecordQuery): AsyncIterable<BusinessRecord[]>;
  /** Fields of `Financials` that a read of customers `withFinancials` tells, as far as the customer has them. */
  told(): ReadonlyArray<keyof Financials>;
  homes(kind: 'customer' | 'supplier'): PartyHomes;
  /** Customers whose usual e-mail field is exactly this address: address → numbers. */
  customersByEmail(emails: string[]): Promise<Map<string, string[]>>;
  /** Only where `ProductLineType.receivable` says what it posts. @throws ConnectorError INFOR_SETTING */
  receivables?(posting: Posting): ReceivableBook;
}

/** A call of the product line's own protocol, for what the objects do not cover. */
export interface RawOperation {
  value: string;
  name: string;
  action: string;
  description: string;
  fields: Field[];
  /** @param values by the names of `fields` @returns one JSON object an output item */
  run(gateway: Gateway, settings: Settings, values: Row): Promise<Array<Record<string, unknown>>>;
}

export interface RawResource {
  value: string;
  name: string;
  operations: RawOperation[];
}

export interface Settings {
  /** By the names of `ProductLineType.settings`; what is missing or '' has its default. */
  values: Row;
  /** Canonical field → source field, over `ObjectType.fieldNames`, of the kind at hand. */
  fieldNames: Row;
  /** Over the usual custom fields of the cross-reference; what is missing or '' has its default, 'none' is kept nowhere. */
  referenceFields: Row;
}

/**
 * One CloudSuite product line. Another one is a new folder under connectors/infor/ with this description of itself, and
 * one line in the registry: nodes, lists and settings follow from it.
 */
export interface ProductLineType {
  id: string;
  /** As users know it. */
  name: string;
  settings: Field[];
  /** Where addresses can live, the usual one first. */
  emailHomes: Choice[];
  objects: Record<RecordKind, ObjectType>;
  /** Lists for people to choose from, read from the system. @param values what is filled in so far */
  lists: Record<string, (gateway: Gateway, settings: Settings, values: Row) => Promise<Choice[]>>;
  raw: RawResource[];
  /** Fields of a customer that usually tell about its last order mail, 30 characters each. */
  mailLogFields: Record<keyof MailLog, string>;
  /** What orders of a shop become here, or why nothing. */
  receivable: ReceivableType | { missing: string };
  /** @throws ConnectorError INFOR_SETTING */
  open(gateway: Gateway, settings: Settings): ProductLine;
}
