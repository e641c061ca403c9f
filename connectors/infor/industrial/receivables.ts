import { ConnectorError } from '../../errors';
import type { Row, WriteAnswer } from '../homes';
import { invoiceBook, type InvoiceRow } from '../invoiceBook';
import type { Field } from '../productLine';
import type { Posting, ReceivableBook, ReceivableType } from '../receivables';
import { refusedWrite } from '../refusal';
import type { Ido } from './ido';
import { padded, quoted, unknownOutcome } from './source';

/** Canonical name → property; assumed, as docs/assumptions.md says (infor §4.7 names the IDOs). */
const USUAL_PROPERTIES: Row = {
  ...{ number: 'InvNum', type: 'Type', customer: 'CustNum', date: 'InvDate', currency: 'CurrCode' },
  ...{ goods: 'Amount', shipping: 'Freight', tax: 'SalesTax', rounding: 'MiscCharges', text: 'Description' },
};

const TEXT_LENGTH = 40;
/** Ranges in one filter; both ends of each stay below the length of a URL that gateways take. */
const RANGES_PER_LOAD = 25;

const SETTINGS: Field[] = [
  {
    name: 'receivableIdo',
    displayName: 'Unposted Invoices IDO',
    default: 'SLArinvs',
    description: 'Where invoices wait for the posting',
  },
  {
    name: 'postedIdo',
    displayName: 'Posted Invoices IDO',
    default: 'SLArtrans',
    description: 'Where they are found after it',
  },
  {
    name: 'invoiceProperties',
    displayName: 'Properties',
    type: 'lines',
    default: Object.entries(USUAL_PROPERTIES)
      .map(([name, property]) => `${name}=${property}`)
      .join('\n'),
    description: 'Names of the properties, where your system has others',
  },
];

export const RECEIVABLE: ReceivableType = {
  what: 'An unposted invoice or credit memo (SLArinvs). CloudSuite Industrial posts it with its own Invoice Posting, which also finds the accounts.',
  voucherLength: 12,
  keeps: ['goods', 'shipping', 'tax', 'rounding'],
  accounts: [],
  settings: SETTINGS,
};

function propertiesOf(text: string): Row {
  const own = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line): [string, string] => {
      const match = /^(\w+)\s*=\s*(\w+)$/.exec(line);
      if (match && match[1]! in USUAL_PROPERTIES) return [match[1]!, match[2]!];
      throw new ConnectorError(
        'INFOR_SETTING',
        `“Properties” has “${line}”, which names nothing that an invoice has.`,
        `Write lines such as number=InvNum; known names are ${Object.keys(USUAL_PROPERTIES).join(', ')}.`,
      );
    });
  return { ...USUAL_PROPERTIES, ...Object.fromEntries(own) };
}

/** CSI's form of a day (infor §4.4). */
const dateOf = (day: string): string => `${day} 00:00:00.000`;

/** Orders in CloudSuite Industrial. @param keyLength width to which customer numbers of digits are padded */
export function industrialReceivables(
  ido: () => Promise<Ido>,
  { values }: Posting,
  keyLength: number,
): ReceivableBook {
  const value = (name: string): string =>
    (values[name] ?? '').trim() || SETTINGS.find((field) => field.name === name)!.default;
  const names = propertiesOf(value('invoiceProperties'));
  const properties = Object.values(names);
  const toCanonical = (row: Row): InvoiceRow =>
    Object.fromEntries(Object.entries(names).map(([name, property]) => [name, (row[property] ?? '').trim()]));

  const load = async (name: string, bases: string[]): Promise<Row[]> => {
    const rows: Row[] = [];
    const number = names.number!;
    for (let start = 0; start < bases.length; start += RANGES_PER_LOAD) {
      const filter = bases
        .slice(start, start + RANGES_PER_LOAD)
        .map((base) => `(${number} >= ${quoted(`${base}00`)} AND ${number} <= ${quoted(`${base}ZZ`)})`)
        .join(' OR ');
      rows.push(
        ...(await (await ido()).load(name, { properties, filter, orderBy: number, recordCap: 0 })).rows,
      );
    }
    return rows;
  };

  const insertOne = async (row: InvoiceRow): Promise<WriteAnswer> => {
    const fields = Object.fromEntries(
      Object.entries(names).map(([name, property]): [string, string] => [property, row[name] ?? '']),
    );
    fields[names.customer!] = padded(row.customer!, keyLength);
    fields[names.date!] = dateOf(row.date!);
    const refusal = await (await ido()).insert(value('receivableIdo'), fields).catch(unknownOutcome);
    if (refusal === undefined) return { done: false, because: 'unknown' };
    if (refusal === '') return { done: true };
    return /already exists/i.test(refusal)
      ? { done: false, because: 'overtaken' }
      : refusedWrite(refusal, Object.keys(fields));
  };

  return invoiceBook(
    {
      find: async (bases) => {
        const waiting = await load(value('receivableIdo'), bases);
        const posted = await load(value('postedIdo'), bases);
        // Posted between the two reads, an invoice is in both.
        const rows = [...waiting, ...posted].map(toCanonical);
        return [...new Map(rows.map((row) => [row.number, row])).values()];
      },
      insert: async (rows) => {
        const answers: WriteAnswer[] = [];
        // One change a call is all that CSI is seen to process (infor §4.5).
        for (const row of rows) answers.push(await insertOne(row));
        return answers;
      },
    },
    TEXT_LENGTH,
  );
}
