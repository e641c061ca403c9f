import type { Financials, FinancialStatus } from '../../sync/party';
import { isNoDay } from './formats';
import type { Row } from './homes';
import type { Formats } from './recordSource';

/** Financials that stand in one field each → its canonical name. */
const FIELDS: Partial<Record<keyof Financials, string>> = {
  ...{ stopped: 'creditHold', creditLimit: 'creditLimit', overdueAmount: 'overdueAmount' },
  ...{ overdueDays: 'overdueDays', openAmount: 'openAmount', lastInvoiceDate: 'lastInvoiceDate' },
  ...{ lastOrderDate: 'lastOrderDate', createdDate: 'createdDate' },
};

/** Canonical names that are read with the financials only: their fields cost time, and a tenant may not have them. */
export const FINANCIAL_NAMES: readonly string[] = [
  ...Object.values(FIELDS).filter((name) => name !== 'creditHold' && name !== 'overdueAmount'),
  ...['stopCode', 'groupNumber'],
];

/** @param names canonical field → source field, '' for one that the tenant does not have */
export const toldBy = (names: Row): Array<keyof Financials> =>
  (Object.keys(FIELDS) as Array<keyof Financials>).filter((name) => names[FIELDS[name]!]);

/** The number that a plain decimal means; null for none. */
export const amountOf = (decimal: string): number | null =>
  decimal !== '' && Number.isFinite(Number(decimal)) ? Number(decimal) : null;

const NO = ['', 'false', 'no', '0'];
const YES = ['true', 'yes', '1'];

/** A flag in the words of several systems; null for any other word. */
export function flagOf(text: string): boolean | null {
  const word = text.toLowerCase();
  return YES.includes(word) ? true : NO.includes(word) ? false : null;
}

const isWritten = (text: string): boolean => text.trim() !== '';

/**
 * Amounts and days that stand in the source, but say nothing that we can read: not even their absence is certain.
 * @param written the source's own text
 */
export function unreadOf(
  known: Financials,
  written: (field: keyof Financials) => string,
): Pick<Financials, 'unread'> {
  const unread = (Object.keys(FIELDS) as Array<keyof Financials>).filter(
    (field) =>
      (known[field] === null && field !== 'stopped' && isWritten(written(field))) ||
      (known[field] === '' && !isNoDay(written(field))),
  );
  return unread.length > 0 ? { unread } : {};
}

/** Of a customer who is not stopped; an amount that cannot be read says neither. @param amount a plain decimal */
export function statusByOverdue(written: string, amount: string): FinancialStatus {
  if (!isWritten(written)) return 'good';
  const overdue = amountOf(amount);
  return overdue === null ? 'unknown' : overdue > 0 ? 'overdue' : 'good';
}

/** @param field by canonical name */
export function toFinancials(
  field: (canonical: string) => string,
  names: Row,
  { date, decimal, stopped }: Formats,
): Financials {
  const amount = (name: string): number | null => amountOf(decimal(field(name)));
  const isStopped = names.creditHold ? stopped(field) : null;
  const known: Financials = {
    stopped: isStopped,
    stopCode: isStopped ? field('stopCode') || field('creditHold') : '',
    creditLimit: amount('creditLimit'),
    overdueAmount: amount('overdueAmount'),
    overdueDays: amount('overdueDays'),
    openAmount: amount('openAmount'),
    lastInvoiceDate: date(field('lastInvoiceDate')),
    lastOrderDate: date(field('lastOrderDate')),
    createdDate: date(field('createdDate')),
  };
  return { ...known, ...unreadOf(known, (name) => field(FIELDS[name]!)) };
}
