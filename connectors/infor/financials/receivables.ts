import { ConnectorError } from '../../errors';
import type { Row, WriteAnswer } from '../homes';
import { invoiceBook, type InvoiceRow } from '../invoiceBook';
import type { Field } from '../productLine';
import type { Posting, ReceivableBook, ReceivableType } from '../receivables';
import type { Landmark } from './landmark';
import { ALL } from './pages';

/** Canonical name → field; assumed, as docs/assumptions.md says: the class is known (infor §5.6), its fields are not. */
const USUAL_FIELDS: Row = {
  ...{ number: 'Invoice', type: 'InvoiceType', customer: 'Customer', date: 'TransactionDate' },
  ...{ currency: 'Currency', goods: 'GoodsAmount', shipping: 'FreightAmount', tax: 'TaxAmount' },
  ...{ rounding: 'RoundingAmount', text: 'Reference' },
};

const TEXT_LENGTH = 60;
const RANGES_PER_LIST = 40;
const RECORDS_PER_BATCH = 100;

const SETTINGS: Field[] = [
  {
    name: 'receivableClass',
    displayName: 'Receivable Class',
    default: 'ReceivableInvoice',
    description: 'Business class of the invoices',
  },
  {
    name: 'createAction',
    displayName: 'Create Action',
    default: 'Create',
    description: 'Action of the class that makes an unreleased invoice',
  },
  {
    name: 'receivableCompany',
    displayName: 'Receivable Company',
    default: '',
    placeholder: 'e.g. Company=4321',
    description: 'Further field that every invoice needs, as name=value',
  },
  {
    name: 'invoiceFields',
    displayName: 'Invoice Fields',
    type: 'lines',
    default: Object.entries(USUAL_FIELDS)
      .map(([name, field]) => `${name}=${field}`)
      .join('\n'),
    description: 'Names of the fields, where your system has others',
  },
];

export const RECEIVABLE: ReceivableType = {
  what: 'An unreleased invoice or credit of the class ReceivableInvoice. CloudSuite Financials releases it with its own process, which also finds the accounts.',
  voucherLength: 15,
  keeps: ['goods', 'shipping', 'tax', 'rounding'],
  accounts: [],
  settings: SETTINGS,
};

const PAIR = /^([A-Za-z]\w*)\s*=\s*(.+)$/;

const wrong = (where: string, line: string): ConnectorError =>
  new ConnectorError(
    'INFOR_SETTING',
    `“${where}” has “${line}”, which is no name and value.`,
    'Write name=value, such as number=Invoice.',
  );

function pairsOf(text: string, where: string): Row {
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  return Object.fromEntries(
    lines.map((line): [string, string] => {
      const match = PAIR.exec(line);
      if (!match) throw wrong(where, line);
      return [match[1]!, match[2]!];
    }),
  );
}

const quoted = (text: string): string => `"${text.replace(/[\\"]/g, '\\$&')}"`;

/** Orders in CloudSuite Financials: one record of a batch action each, with an outcome of its own (infor §5.4). */
export function financialsReceivables(landmark: Landmark, list: string, { values }: Posting): ReceivableBook {
  const value = (name: string): string =>
    (values[name] ?? '').trim() || SETTINGS.find((field) => field.name === name)!.default;
  const names = { ...USUAL_FIELDS, ...pairsOf(value('invoiceFields'), 'Invoice Fields') };
  const always = pairsOf(value('receivableCompany'), 'Receivable Company');
  const businessClass = value('receivableClass');
  const number = names.number!;
  const fields = Object.values(names);
  const toCanonical = (row: Row): InvoiceRow =>
    Object.fromEntries(Object.entries(names).map(([name, field]) => [name, (row[field] ?? '').trim()]));
  const toRecord = (row: InvoiceRow): Row => ({
    ...always,
    ...Object.fromEntries(Object.entries(names).map(([name, field]) => [field, row[name] ?? ''])),
  });

  return invoiceBook(
    {
      find: async (bases) => {
        const rows: Row[] = [];
        for (let start = 0; start < bases.length; start += RANGES_PER_LIST) {
          const lplFilter = bases
            .slice(start, start + RANGES_PER_LIST)
            .map((base) => `(${number} >= ${quoted(`${base}00`)} and ${number} <= ${quoted(`${base}ZZ`)})`)
            .join(' or ');
          rows.push(...(await landmark.list(businessClass, list, { fields, lplFilter, limit: ALL })));
        }
        return rows.map(toCanonical);
      },
      insert: async (rows) => {
        const answers: WriteAnswer[] = [];
        for (let start = 0; start < rows.length; start += RECORDS_PER_BATCH) {
          const block = rows.slice(start, start + RECORDS_PER_BATCH).map(toRecord);
          const outcomes = await landmark.batch(businessClass, value('createAction'), block, [number]);
          answers.push(...outcomes.map(({ answer, message }) => existing(message) ?? answer));
        }
        return answers;
      },
    },
    TEXT_LENGTH,
  );
}

/** Another run was quicker. */
const existing = (message: string): WriteAnswer | undefined =>
  /already exists/i.test(message) ? { done: false, because: 'overtaken' } : undefined;
