import type { FoundVoucher } from '../../../../sync/receivable/types';
import type { Row } from '../../homes';
import type { Place } from '../company';
import { selectMany, type Condition } from '../exportmi';
import { miDecimal } from '../fields';
import type { Mi } from '../mi';
import { entryOf } from './lines';
import type { M3Posting } from './settings';

/** Two digits of base 36 follow the part that all vouchers of an order share. */
const FIRST = '00';
const LAST = 'ZZ';

/** Characters of FGLINH, field DESC, that tell the content. */
export const PRINT_LENGTH = 16;

/** One of the tables in which a batch leaves traces. */
interface Trace {
  table: string;
  prefix: string;
  /** Column of the voucher number. */
  key: string;
  /** Without the prefix; a free text comes last. */
  columns: string[];
  always: Condition[];
}

const HEADS: Omit<Trace, 'always'> = {
  table: 'FGLINH',
  prefix: 'FH',
  key: 'KEY1',
  columns: ['KEY1', 'DESC'],
};

const FIELD_COLUMNS = ['KEY1', 'LINE', 'CUCD', 'CUAM', 'EXI1'];

/** FGLINL holds positions; FGLINF fields, and its prefix is asked of M3 (EXPORTMI/LstFields). */
async function lineTrace(mi: Mi, { form }: M3Posting): Promise<Omit<Trace, 'always'>> {
  if (form === 'positions')
    return { table: 'FGLINL', prefix: 'FL', key: 'KEY1', columns: ['KEY1', 'LINE', 'PARM'] };
  const fields = await mi.call({
    program: 'EXPORTMI',
    transaction: 'LstFields',
    record: { FILE: 'FGLINF' },
  });
  const prefix = fields.find(({ FLDN = '' }) => FLDN.endsWith('KEY1'))?.FLDN?.slice(0, 2) ?? 'FF';
  return { table: 'FGLINF', prefix, key: 'KEY1', columns: FIELD_COLUMNS };
}

/** The ledger itself: customer invoices (transaction code 10), or lines whose text begins with the voucher number. */
const ledgerTrace = ({ form }: M3Posting): Trace =>
  form === 'positions'
    ? {
        table: 'FSLEDG',
        prefix: 'ES',
        key: 'CINO',
        columns: ['CINO', 'CUNO', 'CUCD', 'CUAM', 'INYR', 'RECO'],
        always: [['ESTRCD', '=', 10]],
      }
    : { table: 'FGLEDG', prefix: 'EG', key: 'VTXT', columns: ['CUCD', 'CUAM', 'VTXT'], always: [] };

interface Found {
  heads: Row[];
  lines: Row[];
  ledger: Row[];
}

function voucherOf(key: string, { heads, lines, ledger }: Found, posting: M3Posting): FoundVoucher {
  const entries = lines.map((row) => entryOf(row, posting));
  const receivable = entries.find((entry) => entry?.part === 'receivable')?.fields;
  const posted = ledger[0];
  return {
    key,
    customerNumber: receivable?.CUNO ?? receivable?.EXI1 ?? posted?.CUNO ?? '',
    currency: entries[0]?.fields.CUCD ?? posted?.CUCD ?? '',
    state: posted ? 'posted' : 'open',
    fingerprint: (heads[0]?.DESC ?? '').slice(0, PRINT_LENGTH),
    year: posted?.INYR ?? '',
    // Internal reconciliation code: 9 is paid.
    settled: posted?.RECO === '9',
    total: posting.form === 'positions' && posted ? miDecimal(posted.CUAM) : '',
    entries:
      entries.length > 0 && entries.every((entry) => entry)
        ? entries.map((entry) => ({ part: entry!.part, amount: entry!.amount }))
        : undefined,
  };
}

const keysOf = (rows: Row[], column: string, length: number): string[] =>
  rows.map((row) => (row[column] ?? '').slice(0, length));

function vouchersOf(found: Found, length: number, posting: M3Posting): FoundVoucher[] {
  const ledgerKey = ledgerTrace(posting).key;
  const own = (rows: Row[], column: string, key: string): Row[] =>
    rows.filter((row) => (row[column] ?? '').slice(0, length) === key);
  const keys = new Set([...keysOf(found.heads, 'KEY1', length), ...keysOf(found.ledger, ledgerKey, length)]);
  return [...keys].map((key) =>
    voucherOf(
      key,
      {
        heads: own(found.heads, 'KEY1', key),
        lines: own(found.lines, 'KEY1', key),
        ledger: own(found.ledger, ledgerKey, key),
      },
      posting,
    ),
  );
}

/**
 * Vouchers by the part of their number that an order's vouchers share: heads and lines as they were entered, and what the
 * ledger has of them. Three selections an order, 100 in a call (EXPORTMI/Select).
 */
export async function findVouchers(
  mi: Mi,
  bases: string[],
  { company, division }: Place,
  posting: M3Posting,
): Promise<Map<string, FoundVoucher[]>> {
  const traces: Trace[] = [
    { ...HEADS, always: [] },
    { ...(await lineTrace(mi, posting)), always: [] },
    ledgerTrace(posting),
  ];
  const selections = bases.flatMap((base) =>
    traces.map(({ table, prefix, key, columns, always }) => ({
      columns: columns.map((column) => prefix + column),
      table,
      where: [
        [`${prefix}CONO`, '=', company],
        ...(division ? [[`${prefix}DIVI`, '=', division] as Condition] : []),
        ...always,
        [prefix + key, '>=', base + FIRST],
        // A text goes on after the number.
        [prefix + key, '<=', base + LAST + (key === 'VTXT' ? '~' : '')],
      ] as Condition[],
    })),
  );
  const rows = await selectMany(mi, selections);
  return new Map(
    bases.map((base, i) => {
      const [heads = [], lines = [], ledger = []] = rows.slice(i * traces.length);
      return [base, vouchersOf({ heads, lines, ledger }, base.length + FIRST.length, posting)];
    }),
  );
}
