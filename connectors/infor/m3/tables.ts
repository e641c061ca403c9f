import type { BusinessRecord } from '../../../sync/record';
import { toInvoice, toItem, toPurchaseOrder, type RecordFacts } from '../canonical';
import type { Row } from '../homes';
import { miDate, miDecimal } from './fields';
import { statusOf } from './party';

export type TableKind = 'item' | 'purchaseOrder' | 'invoice';

/** A table of M3 as EXPORTMI reads it. */
export interface Table {
  name: string;
  prefix: string;
  /** Without the prefix; a free text comes last. */
  columns: string[];
  /** A column that is unique within the company, by which pages go on; undefined where the key has several parts. */
  key?: string;
  /** Column of the date by which a table without a single key is read, month by month. */
  date?: string;
  /** What every row has. */
  always?: [column: string, value: string | number];
  toRecord(row: Row, activeStatuses: string[]): BusinessRecord;
}

const factsOf = (row: Row, activeStatuses: string[]): RecordFacts => ({
  status: statusOf(row.STAT ?? '', activeStatuses),
  modifiedAt: miDate(row.LMDT),
  date: miDate,
  decimal: miDecimal,
});

const ITEM_NAMES = { number: 'ITNO', name: 'ITDS', unit: 'UNMS', group: 'ITGR' };

const ORDER_NAMES = {
  ...{ number: 'PUNO', supplierNumber: 'SUNO', status: 'PUST', orderDate: 'PUDT', currency: 'CUCD' },
  ...{ amount: 'NTAM' },
};

const INVOICE_NAMES = {
  ...{ invoiceNumber: 'CINO', customerNumber: 'CUNO', payerNumber: 'PYNO', invoiceDate: 'IVDT' },
  ...{ dueDate: 'DUDT', currency: 'CUCD', amount: 'CUAM' },
};

const SEPARATOR = '/';

/** An invoice number is unique within payer and year (FSLEDG). */
const invoiceNumberOf = ({ PYNO = '', INYR = '', CINO = '' }: Row): string =>
  [PYNO, INYR, CINO].join(SEPARATOR);

/** Payer, year and number; a payer or a number may hold the separator, a year does not. */
export function invoiceKeyOf(number: string): Row | undefined {
  const match = /^(.+)\/(\d{4})\/(.+)$/.exec(number);
  return match ? { PYNO: match[1]!, INYR: match[2]!, CINO: match[3]! } : undefined;
}

/** MITMAS items, MPHEAD purchase orders, FSLEDG receivables (transaction code 10: invoices). */
export const TABLES: Record<TableKind, Table> = {
  item: {
    name: 'MITMAS',
    prefix: 'MM',
    columns: ['ITNO', 'STAT', 'UNMS', 'ITGR', 'ITCL', 'ITTY', 'BUAR', 'RESP', 'LMDT', 'LMTS', 'ITDS'],
    key: 'ITNO',
    toRecord: (row, active) => toItem(row, ITEM_NAMES, factsOf(row, active)),
  },
  purchaseOrder: {
    name: 'MPHEAD',
    prefix: 'IA',
    columns: [
      ...['PUNO', 'SUNO', 'PUST', 'PUSL', 'PUDT', 'CUCD', 'NTAM', 'ORTY', 'BUYE', 'FACI', 'WHLO', 'LMDT'],
      'LMTS',
    ],
    key: 'PUNO',
    toRecord: (row, active) => toPurchaseOrder(row, ORDER_NAMES, factsOf(row, active)),
  },
  invoice: {
    name: 'FSLEDG',
    prefix: 'ES',
    columns: [
      ...['DIVI', 'PYNO', 'CINO', 'INYR', 'CUNO', 'CUCD', 'CUAM', 'IVDT', 'DUDT', 'RECO', 'REDE', 'PYCD'],
      ...['YEA4', 'JRNO', 'JSNO', 'VONO', 'LMDT', 'LMTS'],
    ],
    date: 'IVDT',
    always: ['TRCD', 10],
    toRecord: (row, active) => toInvoice(invoiceNumberOf(row), row, INVOICE_NAMES, factsOf(row, active)),
  },
};
