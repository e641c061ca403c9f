import type { EntryPart, FoundVoucher, ReceivableEffect, VoucherEntry } from '../../sync/receivable/types';
import type { RecordHome, Row, WriteAnswer } from './homes';
import { SEQUENCE_LENGTH, voucherRows, type ReceivableBook } from './receivables';

/**
 * An invoice or credit note as one record, by canonical names: number, type (I or C), customer, date (YYYYMMDD), currency,
 * goods, shipping, tax, rounding, text. Amounts are plain decimals without a sign of their own; the type tells it.
 */
export type InvoiceRow = Row;

/** A system that takes a receivable as one record, so that nothing of it can be missing. */
export interface InvoiceStore {
  /** All invoices whose number begins so, waiting and posted ones. */
  find(bases: string[]): Promise<InvoiceRow[]>;
  /** One answer a row, in order. */
  insert(rows: InvoiceRow[]): Promise<WriteAnswer[]>;
}

const KEPT: EntryPart[] = ['goods', 'shipping', 'tax', 'rounding'];
const PRINT_LENGTH = 16;

const negated = (amount: string): string =>
  /^-/.test(amount) ? amount.slice(1) : /[1-9]/.test(amount) ? `-${amount}` : amount;

/** The text begins with the fingerprint of the content, by which the voucher is known again. */
const textOf = ({ fingerprint, text }: ReceivableEffect, length: number): string =>
  `${fingerprint} ${text}`.slice(0, length).trimEnd();

function toRow(effect: ReceivableEffect, textLength: number): InvoiceRow {
  const { voucher, recordNumber, date, currency, entries } = effect;
  const isCredit = entries[0]!.amount.startsWith('-');
  const amountOf = (part: EntryPart): string => {
    const entry = entries.find((one) => one.part === part);
    const credited = negated(entry?.amount ?? '0');
    return isCredit ? negated(credited) : credited;
  };
  return {
    ...{ number: voucher, type: isCredit ? 'C' : 'I', customer: recordNumber, date, currency },
    ...Object.fromEntries(KEPT.map((part) => [part, amountOf(part)])),
    text: textOf(effect, textLength),
  };
}

/** A system may drop a currency that is the company's own, or write amounts with more decimals. */
function toVoucher(row: InvoiceRow): FoundVoucher {
  const isCredit = row.type === 'C';
  const entries = KEPT.map((part): VoucherEntry => {
    const amount = row[part] || '0';
    return { part, amount: isCredit ? amount : negated(amount) };
  });
  return {
    key: row.number ?? '',
    customerNumber: (row.customer ?? '').trim(),
    currency: row.currency ?? '',
    state: 'posted',
    fingerprint: (row.text ?? '').slice(0, PRINT_LENGTH),
    total: '',
    entries,
    year: (row.date ?? '').slice(0, 4),
    settled: false,
  };
}

export function invoiceBook(store: InvoiceStore, textLength: number): ReceivableBook {
  const find = async (bases: string[]): Promise<Map<string, FoundVoucher[]>> => {
    const vouchers = (await store.find(bases)).map(toVoucher);
    return new Map(
      bases.map((base) => [base, vouchers.filter(({ key }) => key.slice(0, -SEQUENCE_LENGTH) === base)]),
    );
  };
  const home = (effects: ReceivableEffect[]): RecordHome => ({
    adds: true,
    read: (keys) => voucherRows(find, keys),
    write: async (rows) =>
      store.insert(
        [...rows.keys()].map((key) => toRow(effects.find(({ voucher }) => voucher === key)!, textLength)),
      ),
  });
  return { find, home };
}
