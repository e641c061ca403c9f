/** A postal address; '' stands for what the source does not know. */
export interface Address {
  line1: string;
  line2: string;
  city: string;
  state: string;
  postalCode: string;
  /** As the source has it: usually ISO 3166-1 alpha-2. */
  country: string;
}

export type PartyStatus = 'active' | 'preliminary' | 'inactive';

/** `unknown` when the financial data was not read. */
export type FinancialStatus = 'good' | 'overdue' | 'stopped' | 'unknown';

/** A customer or supplier of CloudSuite in our canonical form, the same for all five product lines. */
export interface Party {
  kind: 'customer' | 'supplier';
  /** The key in CloudSuite, such as M3's CUNO. */
  number: string;
  name: string;
  /** In the source's order, split, trimmed, not yet judged (sync/email.ts does that). */
  emails: string[];
  phone: string;
  taxId: string;
  language: string;
  address: Address;
  status: PartyStatus;
  financialStatus: FinancialStatus;
  /** Account hierarchy: statistics customer or corporate customer; '' when it stands alone. */
  parentNumber: string;
  payerNumber: string;
  /** ISO 8601, as exact as the source is (M3: a day); '' when the read did not include it. */
  modifiedAt: string;
  /** The source's own fields, all strings; empty in simplified output. */
  raw: Record<string, string>;
}
