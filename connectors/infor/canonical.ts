import type { CrossReference } from '../../sync/crossReference';
import type { Financials, FinancialStatus, Party, PartyStatus } from '../../sync/party';
import type { GlAccount, Invoice, Item, PurchaseOrder } from '../../sync/record';
import type { ReferenceFields, Row } from './homes';

export const EMPTY_REFERENCE: CrossReference = {
  audienceId: '',
  contactId: '',
  addressHash: '',
  preference: '',
};

export const REFERENCE_PARTS: Array<keyof CrossReference> = [
  'audienceId',
  'contactId',
  'addressHash',
  'preference',
];

/** What the user chose over the usual fields; 'none' keeps a part nowhere. */
export const referenceFieldsOf = (given: Row, usual: ReferenceFields): ReferenceFields =>
  Object.fromEntries(
    REFERENCE_PARTS.map((part) => {
      const field = (given[part] ?? '').trim() || usual[part];
      return [part, field.toLowerCase() === 'none' ? '' : field];
    }),
  ) as ReferenceFields;

export const toReference = (row: Row, fields: ReferenceFields): CrossReference =>
  Object.fromEntries(
    REFERENCE_PARTS.map((part) => [part, row[fields[part]] ?? '']),
  ) as unknown as CrossReference;

export const toReferenceRow = (reference: CrossReference, fields: ReferenceFields): Row =>
  Object.fromEntries(
    REFERENCE_PARTS.filter((part) => fields[part]).map((part) => [fields[part], reference[part]]),
  );

/** What a product line reads of a party beside its fields. */
export interface PartyFacts {
  emails: string[];
  status: PartyStatus;
  financialStatus: FinancialStatus;
  financials?: Financials;
  modifiedAt: string;
  crossReference?: CrossReference;
}

/** Reads a row by canonical names, such as `name` → `CUNM`; what has no source field, or no value, is ''. */
export const reader =
  (row: Row, names: Row) =>
  (canonical: string): string =>
    (row[names[canonical] ?? ''] ?? '').trim();

/** @param names canonical field → source field */
export function toParty(kind: Party['kind'], row: Row, names: Row, facts: PartyFacts): Party {
  const field = reader(row, names);
  const number = field('number');
  const other = (value: string): string => (value === number ? '' : value);
  return {
    kind,
    number,
    name: field('name'),
    emails: facts.emails,
    phone: field('phone'),
    taxId: field('taxId'),
    language: field('language'),
    address: {
      line1: field('line1'),
      line2: field('line2'),
      city: field('city'),
      state: field('state'),
      postalCode: field('postalCode'),
      country: field('country'),
    },
    status: facts.status,
    financialStatus: facts.financialStatus,
    ...(facts.financials ? { financials: facts.financials } : {}),
    parentNumber: other(field('parentNumber')),
    payerNumber: other(field('payerNumber')),
    groupNumber: other(field('groupNumber')),
    modifiedAt: facts.modifiedAt,
    ...(facts.crossReference ? { crossReference: facts.crossReference } : {}),
    raw: row,
  };
}

/** What a product line knows about the formats of a row. */
export interface RecordFacts {
  status: PartyStatus;
  modifiedAt: string;
  /** The source's date → YYYY-MM-DD; '' for none. */
  date(text: string): string;
  /** The source's number → a plain decimal such as -1234.50; '' for none. */
  decimal(text: string): string;
}

export function toItem(row: Row, names: Row, { status, modifiedAt }: RecordFacts): Item {
  const field = reader(row, names);
  return {
    kind: 'item',
    number: field('number'),
    name: field('name'),
    unit: field('unit'),
    group: field('group'),
    status,
    modifiedAt,
    raw: row,
  };
}

export function toPurchaseOrder(row: Row, names: Row, facts: RecordFacts): PurchaseOrder {
  const field = reader(row, names);
  return {
    kind: 'purchaseOrder',
    number: field('number'),
    supplierNumber: field('supplierNumber'),
    status: field('status'),
    orderDate: facts.date(field('orderDate')),
    currency: field('currency'),
    amount: facts.decimal(field('amount')),
    modifiedAt: facts.modifiedAt,
    raw: row,
  };
}

/** @param number unique, where the printed number is not */
export function toInvoice(number: string, row: Row, names: Row, facts: RecordFacts): Invoice {
  const field = reader(row, names);
  return {
    kind: 'invoice',
    number,
    invoiceNumber: field('invoiceNumber'),
    customerNumber: field('customerNumber'),
    payerNumber: field('payerNumber'),
    invoiceDate: facts.date(field('invoiceDate')),
    dueDate: facts.date(field('dueDate')),
    currency: field('currency'),
    amount: facts.decimal(field('amount')),
    openAmount: facts.decimal(field('openAmount')),
    modifiedAt: facts.modifiedAt,
    raw: row,
  };
}

export function toGlAccount(row: Row, names: Row, { status, modifiedAt }: RecordFacts): GlAccount {
  const field = reader(row, names);
  return {
    kind: 'glAccount',
    number: field('number'),
    name: field('name'),
    type: field('type'),
    status,
    modifiedAt,
    raw: row,
  };
}
