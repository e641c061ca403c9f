import { ConnectorError } from '../../../errors';
import type { Row } from '../../homes';

interface Column {
  name: string;
  length: number;
}

/** Record identity (I1, I2) → its columns, in order. */
export type Layout = Record<'I1' | 'I2', Column[]>;

/**
 * Positions of the interface lines, one record a line. They are the tenant's own: the interface in GLS850 has to name
 * the same ones (usage type 1, FGLINL field PARM).
 */
export const USUAL_LAYOUT = [
  'I1: CUNO 10, PYNO 10, CINO 15, INYR 4, IVDT 8, ACDT 8, CUCD 3, CUAM 17, VTXT 40',
  'I2: AIT1 10, AIT2 10, AIT3 10, AIT4 10, AIT5 10, AIT6 10, AIT7 10, CUCD 3, CUAM 17, VTCD 2, VTXT 40',
].join('\n');

/** What a voucher cannot do without. */
const NEEDED = { I1: ['CUNO', 'CINO', 'CUCD', 'CUAM'], I2: ['AIT1', 'CUAM'] };
/** FGLINL, field PARM. */
const MAX_LINE = 900;
const IDENTITY = 2;

const wrong = (what: string): ConnectorError =>
  new ConnectorError(
    'INFOR_SETTING',
    `“Positions” ${what}.`,
    'Write one line for each record as in GLS850, such as “I1: CUNO 10, CINO 15, CUCD 3, CUAM 17”.',
  );

function columnsOf(text: string): Column[] {
  return text.split(',').map((part) => {
    const match = /^\s*([A-Z][A-Z0-9]{3})\s+(\d{1,3})\s*$/.exec(part);
    if (!match) throw wrong(`has “${part.trim()}”, which is no field and length`);
    return { name: match[1]!, length: Number(match[2]) };
  });
}

/** @throws ConnectorError INFOR_SETTING */
export function parseLayout(text: string): Layout {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const records = new Map(
    lines.map((line): [string, Column[]] => {
      const match = /^\s*(I[12])\s*:(.*)$/.exec(line);
      if (!match) throw wrong('has a line that begins with neither I1 nor I2');
      return [match[1]!, columnsOf(match[2]!)];
    }),
  );
  for (const identity of ['I1', 'I2'] as const) {
    const columns = records.get(identity) ?? [];
    const missing = NEEDED[identity].find((name) => !columns.some((column) => column.name === name));
    if (missing) throw wrong(`names no ${missing} for ${identity}`);
    const length = IDENTITY + columns.reduce((sum, column) => sum + column.length, 0);
    if (length > MAX_LINE) throw wrong(`makes ${identity} longer than ${MAX_LINE} characters`);
  }
  return { I1: records.get('I1')!, I2: records.get('I2')! };
}

/** A line as text. A value that does not fit is no line: a cut number would be another one. */
export function toParm(layout: Layout, identity: 'I1' | 'I2', values: Row): string | undefined {
  const parts = layout[identity].map(({ name, length }) => {
    const value = values[name] ?? '';
    if (name === 'VTXT') return value.slice(0, length).padEnd(length);
    return value.length <= length ? value.padEnd(length) : undefined;
  });
  return parts.includes(undefined) ? undefined : identity + parts.join('');
}

/** The line's fields, with its identity as INRI; undefined for a line of another interface. */
export function fromParm(layout: Layout, parm: string): Row | undefined {
  const identity = parm.slice(0, IDENTITY);
  if (identity !== 'I1' && identity !== 'I2') return undefined;
  const row: Row = { INRI: identity };
  let at = IDENTITY;
  for (const { name, length } of layout[identity]) {
    row[name] = parm.slice(at, at + length).trim();
    at += length;
  }
  return row;
}
