import type { Row } from '../data/business.mts';
import { MiFailure } from './mi/failure.mts';

/** An interface of GLS850: usage type 1 takes positions, 2 takes fields. */
export interface FinanceInterface {
  usage: 1 | 2;
}

export interface BatchLine {
  line: number;
  identity: string;
  fields: Row;
  currency: string;
  /** Minor units; debits are positive. */
  amount: bigint;
}

/** The positions that this company's GLS850 has: name → length. */
const POSITIONS: Record<string, Array<[string, number]>> = {
  I1: [
    ...([
      ['CUNO', 10],
      ['PYNO', 10],
      ['CINO', 15],
      ['INYR', 4],
      ['IVDT', 8],
      ['ACDT', 8],
      ['CUCD', 3],
      ['CUAM', 17],
      ['VTXT', 40],
    ] as Array<[string, number]>),
  ],
  I2: [
    ...[1, 2, 3, 4, 5, 6, 7].map((n): [string, number] => [`AIT${n}`, 10]),
    ['CUCD', 3],
    ['CUAM', 17],
    ['VTCD', 2],
    ['VTXT', 40],
  ],
};

/** CRS055: the company's currencies and their decimals. */
const CURRENCIES: Record<string, number> = { EUR: 2, SEK: 2, USD: 2, GBP: 2, JPY: 0, KWD: 3, DKK: 2 };

function positioned(text: string): { identity: string; fields: Row } {
  const identity = text.slice(0, 2);
  const positions = POSITIONS[identity];
  if (!positions) throw new MiFailure('WIR0001', 'PARM', `Record identity ${identity} is not known`);
  const fields: Row = {};
  let at = 2;
  for (const [name, length] of positions) {
    fields[name] = text.slice(at, at + length).trim();
    at += length;
  }
  if (text.slice(at).trim() !== '')
    throw new MiFailure('WIR0002', 'PARM', 'The line is longer than the interface');
  return { identity, fields };
}

function amountOf(text: string, currency: string): bigint {
  const decimals = CURRENCIES[currency];
  if (decimals === undefined) throw new MiFailure('WCU0103', 'CUCD', `Currency ${currency} does not exist`);
  const match = /^(-?)(\d{1,15})(?:\.(\d+))?$/.exec(text);
  if (!match || (match[3] ?? '').length > decimals)
    throw new MiFailure('XNU0000', 'CUAM', 'Value of CUAM is not numeric');
  const minor = BigInt(match[2]! + (match[3] ?? '').padEnd(decimals, '0'));
  return match[1] ? -minor : minor;
}

const isDate = (text: string): boolean => {
  const match = /^(\d{4})(\d{2})(\d{2})$/.exec(text);
  const iso = match ? `${match[1]}-${match[2]}-${match[3]}` : '';
  return match !== null && !Number.isNaN(Date.parse(iso)) && new Date(iso).toISOString().startsWith(iso);
};

/** @throws MiFailure for a line that the interface cannot read */
export function readLines(rows: Row[], usage: 1 | 2): BatchLine[] {
  return rows.map((row) => {
    const { identity, fields } =
      usage === 1 ? positioned(row.PARM ?? '') : { identity: row.INRI ?? '', fields: row };
    const currency = fields.CUCD ?? '';
    for (const name of ['IVDT', 'ACDT'])
      if (fields[name] && !isDate(fields[name])) throw new MiFailure('XDA0001', name, 'Date is not valid');
    if (identity === 'I1' && usage === 1 && (!fields.CINO || !fields.IVDT))
      throw new MiFailure('WXX0102', 'CINO', 'Invoice number and date must be entered');
    return {
      line: Number(row.LINE),
      identity,
      fields,
      currency,
      amount: amountOf(fields.CUAM ?? '', currency),
    };
  });
}
