import type { Party, PartyStatus } from './party';

export const RECORD_KINDS = [
  'customer',
  'supplier',
  'item',
  'purchaseOrder',
  'invoice',
  'glAccount',
] as const;

/** What CloudSuite keeps, one word for all product lines. */
export type RecordKind = (typeof RECORD_KINDS)[number];

/** What every record has; '' stands for what the source does not know. */
interface AnyRecord {
  /** Unique among the records of its kind, never empty. */
  number: string;
  /** ISO 8601, as exact as the source is; '' when the read did not include it. */
  modifiedAt: string;
  /** The source's own fields, all strings. */
  raw: Record<string, string>;
}

export interface Item extends AnyRecord {
  kind: 'item';
  name: string;
  unit: string;
  group: string;
  status: PartyStatus;
}

export interface PurchaseOrder extends AnyRecord {
  kind: 'purchaseOrder';
  supplierNumber: string;
  /** As the source has it. */
  status: string;
  /** YYYY-MM-DD */
  orderDate: string;
  currency: string;
  /** A decimal number such as 1234.50. */
  amount: string;
}

export interface Invoice extends AnyRecord {
  kind: 'invoice';
  /** As printed; `number` may have more parts where this one is not unique. */
  invoiceNumber: string;
  customerNumber: string;
  payerNumber: string;
  /** YYYY-MM-DD */
  invoiceDate: string;
  /** YYYY-MM-DD */
  dueDate: string;
  currency: string;
  /** Decimal numbers such as 1234.50. */
  amount: string;
  openAmount: string;
}

export interface GlAccount extends AnyRecord {
  kind: 'glAccount';
  name: string;
  /** As the source has it. */
  type: string;
  status: PartyStatus;
}

export type BusinessRecord = Party | Item | PurchaseOrder | Invoice | GlAccount;
