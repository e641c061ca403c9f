import type { Party } from '../../sync/party';

/** Where a party's e-mail addresses live; each product line says which homes it has. */
export type EmailHome = string;

export interface PartyQuery {
  /** Only records changed at or after this cursor; it comes from `serverCursor()`, so the ERP's own clock. */
  changedSince?: string;
  /** Only records after this key (exclusive). */
  startAfter?: string;
  /** At most this many records; undefined for all. */
  limit?: number;
  /** Source field → exact value. */
  filter?: Record<string, string>;
  emailHome: EmailHome;
  /** Also read what financialStatus needs. */
  withFinancials: boolean;
  /** Source status codes that mean active; the rest is `inactive` or `preliminary`. */
  activeStatuses: string[];
}

/** What a product line offers; the node shows only this and never guesses. */
export interface Capabilities {
  emailHomes: Array<{ value: EmailHome; name: string; description: string }>;
  changedSince: boolean;
}

/**
 * One CloudSuite product line. A sixth one is a new folder under connectors/infor/ that exports a factory for this
 * interface, and one line in the registry; nothing else changes.
 */
export interface ProductLine {
  readonly id: string;
  readonly capabilities: Capabilities;
  /** The server's clock in the form that `PartyQuery.changedSince` takes. */
  serverCursor(): Promise<string>;
  /** Undefined when there is no such record. */
  getCustomer(
    number: string,
    query: Omit<PartyQuery, 'changedSince' | 'startAfter' | 'limit'>,
  ): Promise<Party | undefined>;
  /** Pages in key order; never a record twice, never one request a record. */
  listCustomers(query: PartyQuery): AsyncIterable<Party[]>;
}
