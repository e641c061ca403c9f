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
    parentNumber: text(json.parentNumber),
    payerNumber: text(json.payerNumber),
    modifiedAt: text(json.modifiedAt),
    ...withReference(json.crossReference),
    raw: (typeof json.raw === 'object' && json.raw !== null ? json.raw : {}) as Record<string, string>,
  };
}
