import type { Row } from '../../data/business.mts';
import type { Imported } from './batch.mts';
import type { FinancialsDatabase } from './database.mts';

const AMOUNT = /^-?\d{1,15}(\.\d{1,4})?$/;
const AMOUNTS = ['GoodsAmount', 'FreightAmount', 'TaxAmount', 'RoundingAmount'];

function problemOf(db: FinancialsDatabase, row: Row): string | undefined {
  const known = db.fieldsOf('invoice');
  const strange = Object.keys(row).find((field) => !known.includes(field));
  if (strange) return `${strange} is not a valid field`;
  if (!/^[A-Z0-9]{1,22}$/.test(row.Invoice ?? '')) return 'Invoice is not valid';
  if (db.table('invoice').has(row.Invoice!)) return 'ReceivableInvoice already exists';
  if (![...db.table('customer').values()].some((one) => one.row.Customer === row.Customer))
    return 'Customer record does not exist';
  if (!['I', 'C'].includes(row.InvoiceType ?? '')) return 'InvoiceType is not valid';
  if (!/^\d{8}$/.test(row.TransactionDate ?? '')) return 'TransactionDate is not valid';
  const wrong = AMOUNTS.find((field) => !AMOUNT.test(row[field] ?? ''));
  return wrong && `${wrong} is not a number`;
}

/** POST classes/ReceivableInvoice/actions/Create/batch: each record has an outcome of its own (assumed fields). */
export const createInvoices = (db: FinancialsDatabase, records: Imported[]): unknown => [
  ...records.map(({ _fields }) => {
    const row = _fields as Row;
    const problem = problemOf(db, row);
    if (problem) return { message: `ReceivableInvoice failed: ${problem}` };
    const total = AMOUNTS.reduce((sum, field) => sum + Number(row[field]), 0).toFixed(2);
    db.table('invoice').set(row.Invoice!, {
      row: { DueDate: '', OriginalAmount: total, ...row },
      changed: db.now(),
      id: `mc-${row.Invoice!}`,
    });
    return { message: 'ReceivableInvoice created' };
  }),
  { batchStatus: 'Complete' },
];
