import type { BackEffect, CustomerState } from '../../sync/contactChangeTypes';
import type { CrossReference } from '../../sync/crossReference';
import type { Party } from '../../sync/party';
import type { EffectResult } from '../../sync/types';

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
  /** Also read the cross-reference to the contact in Mailchimp. */
  withCrossReference: boolean;
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
    query: Omit<PartyQuery, 'changedSince' | 'startAfter' | 'limit' | 'filter'>,
  ): Promise<Party | undefined>;
  /** Pages in key order; never a record twice, never one request a record. */
  listCustomers(query: PartyQuery): AsyncIterable<Party[]>;
  /**
   * What CloudSuite holds about customers; one that it does not have is missing in the answer.
   * @param needsRecord whether the cross-reference alone does not tell enough about a customer
   */
  customerStates(
    numbers: string[],
    emailHome: string,
    needsRecord: (number: string, reference: CrossReference | undefined) => boolean,
  ): Promise<Map<string, CustomerState>>;
  /** Results by effect key. Doing it twice equals doing it once. */
  applyChanges(effects: BackEffect[], emailHome: string): Promise<Map<string, EffectResult>>;
  /** Results by customer number. */
  setCrossReferences(wanted: ReadonlyMap<string, CrossReference>): Promise<Map<string, EffectResult>>;
  /** Changes fields of customers, only those that differ; results by customer number. */
  updateCustomers(wanted: ReadonlyMap<string, Record<string, string>>): Promise<Map<string, EffectResult>>;
}
