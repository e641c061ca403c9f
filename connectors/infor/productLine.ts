import type { Party } from '../../sync/party';

export interface PartyQuery {
  /** Only records changed at or after this point of the ERP's own clock, in the form of `serverCursor()`. */
  changedSince?: string;
  /** Only records after this key (exclusive). */
  startAfter?: string;
  /** At most this many records; undefined for all. */
  limit?: number;
  /** Source field → exact value. */
  filter?: Record<string, string>;
  /** Where a party's addresses live; each product line has its own homes. */
  emailHome: string;
  /** Also read what financialStatus needs. */
  withFinancials: boolean;
  /** Source status codes that mean active; the rest is `inactive` or `preliminary`. */
  activeStatuses: string[];
}

/**
 * One CloudSuite product line. Another one is a new folder under connectors/infor/ with a factory for this interface
 * and one line in the registry.
 */
export interface ProductLine {
  readonly id: string;
  /** The server's clock in the form that `PartyQuery.changedSince` takes. */
  serverCursor(): Promise<string>;
  /** Undefined when there is no such record. */
  getCustomer(
    number: string,
    query: Pick<PartyQuery, 'emailHome' | 'withFinancials' | 'activeStatuses'>,
  ): Promise<Party | undefined>;
  /** Pages in key order; never a record twice, never one request a record. */
  listCustomers(query: PartyQuery): AsyncIterable<Party[]>;
}
