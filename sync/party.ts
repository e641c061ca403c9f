import { readReference, type CrossReference } from './crossReference';

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

/** What CloudSuite knows of a customer's account; null and '' stand for what it does not tell. */
export interface Financials {
  /** Nothing is delivered to the customer. */
  stopped: boolean | null;
  /** The source's own code or reason of the stop; '' where the customer is not stopped. */
  stopCode: string;
  /** Amounts are in the customer's or the company's currency, as the source keeps them. */
  creditLimit: number | null;
  overdueAmount: number | null;
  /** Days that the oldest open invoice is overdue. */
  overdueDays: number | null;
  /** Invoices that are not paid. */
  openAmount: number | null;
  /** YYYY-MM-DD */
  lastInvoiceDate: string;
  /** YYYY-MM-DD */
  lastOrderDate: string;
  /** YYYY-MM-DD */
  createdDate: string;
  /** Which of them the source writes in a way that cannot be read; no key where there is none. */
  unread?: string[];
}

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
  /** Undefined when the read did not include it, or did not find it. */
  financials?: Financials;
  /** Account hierarchy: statistics customer or corporate customer; '' when it stands alone. */
  parentNumber: string;
  payerNumber: string;
  /** The system's own group of customers; '' when it is in none, or the read did not include it. */
  groupNumber: string;
  /** ISO 8601, as exact as the source is (M3: a day); '' when the read did not include it. */
  modifiedAt: string;
  /** Its contact in Mailchimp; undefined when the read did not include it. */
  crossReference?: CrossReference;
  /** The source's own fields, all strings; empty in simplified output. */
  raw: Record<string, string>;
}

const STATUSES: readonly string[] = ['active', 'preliminary', 'inactive'];
const FINANCIAL: readonly string[] = ['good', 'overdue', 'stopped', 'unknown'];

const text = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';

function readAddress(value: unknown): Address {
  const source = (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>;
  return {
    line1: text(source.line1),
    line2: text(source.line2),
    city: text(source.city),
    state: text(source.state),
    postalCode: text(source.postalCode),
    country: text(source.country),
  };
}

/** No key at all where the read did not include it. */
function withReference(json: unknown): Pick<Party, 'crossReference'> {
  const crossReference = readReference(json);
  return crossReference ? { crossReference } : {};
}

const numberOf = (value: unknown): number | null =>
  text(value) !== '' && Number.isFinite(Number(value)) ? Number(value) : null;

/** No key at all where the read did not include them. */
function withFinancials(json: unknown): Pick<Party, 'financials'> {
  if (typeof json !== 'object' || json === null) return {};
  const source = json as Record<string, unknown>;
  return {
    financials: {
      stopped: typeof source.stopped === 'boolean' ? source.stopped : null,
      stopCode: text(source.stopCode),
      creditLimit: numberOf(source.creditLimit),
      overdueAmount: numberOf(source.overdueAmount),
      overdueDays: numberOf(source.overdueDays),
      openAmount: numberOf(source.openAmount),
      lastInvoiceDate: text(source.lastInvoiceDate),
      lastOrderDate: text(source.lastOrderDate),
      createdDate: text(source.createdDate),
    },
  };
}

/**
 * A party from an item's JSON, where people may have dropped or edited fields on the way. Undefined when it cannot be
 * one: no number, an unknown status, or e-mails that are not a list of texts.
 */
export function readParty(json: Record<string, unknown>): Party | undefined {
  const { kind = 'customer', emails = [], status = 'active', financialStatus = 'unknown' } = json;
  const number = text(json.number);
  const emailsAreTexts = Array.isArray(emails) && emails.every((email) => typeof email === 'string');
  if (!number || !emailsAreTexts || !STATUSES.includes(String(status))) return undefined;
  return {
    kind: kind === 'supplier' ? 'supplier' : 'customer',
    number,
    name: text(json.name),
    emails: (emails as string[]).map((email) => email.trim()).filter((email) => email !== ''),
    phone: text(json.phone),
    taxId: text(json.taxId),
    language: text(json.language),
    address: readAddress(json.address),
    status: status as PartyStatus,
    financialStatus: (FINANCIAL.includes(String(financialStatus))
      ? financialStatus
      : 'unknown') as FinancialStatus,
    ...withFinancials(json.financials),
    parentNumber: text(json.parentNumber),
    payerNumber: text(json.payerNumber),
    groupNumber: text(json.groupNumber),
    modifiedAt: text(json.modifiedAt),
    ...withReference(json.crossReference),
    raw: (typeof json.raw === 'object' && json.raw !== null ? json.raw : {}) as Record<string, string>,
  };
}
