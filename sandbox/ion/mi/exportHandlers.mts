import { fieldsOf, ownOf, PROGRAMS } from '../catalog.mts';
import { NUMERIC, OTHER_LENGTHS, TABLES, type Table } from './exportTables.mts';
import { NEAR } from '../business.mts';
import type { M3Database } from '../database.mts';
import { MiFailure, type Handler, type MiRecord } from './engine.mts';

/** Length of REPL; like any output field it is cut there (assumed). */
const MAX_ROW = 3985;

/** A name has one length wherever it appears, as far as these tables go. */
const LENGTHS = new Map(
  Object.values(PROGRAMS)
    .flatMap(({ transactions }) => Object.values(transactions))
    .flatMap((transaction) => [...fieldsOf(transaction.in), ...fieldsOf(transaction.out)])
    .map(({ name, length }) => [name, length] as const),
);

const bad = (what: string): MiFailure => new MiFailure('XEX0001', 'QERY', `Query is not valid: ${what}`);

function columnOf(name: string, table: Table): string {
  const column = name.trim();
  const bare = column.slice(2);
  if (!column.startsWith(table.prefix) || !table.columns.includes(bare)) throw bad(`column ${column}`);
  return bare;
}

type Condition = (row: MiRecord) => boolean;

/** `COLUMN op literal`, with quoted texts ('' for a quote) and bare numbers. */
function conditionOf(text: string, table: Table): Condition {
  const match = /^\s*(\w+)\s*(=|<>|>=|<=|>|<)\s*('(?:[^']|'')*'|-?\d+(?:\.\d+)?)\s*$/.exec(text);
  if (!match) throw bad(text.trim());
  const column = columnOf(match[1]!, table);
  const literal = match[3]!.startsWith("'") ? match[3]!.slice(1, -1).replaceAll("''", "'") : match[3]!;
  const numeric = NUMERIC.has(column);
  if (numeric && !/^-?\d+(\.\d+)?$/.test(literal)) throw bad(`${literal} is not a number`);
  return (row) => {
    const [a, b] = numeric ? [Number(row[column] || 0), Number(literal)] : [row[column] ?? '', literal];
    switch (match[2]) {
      case '=':
        return a === b;
      case '<>':
        return a !== b;
      case '>=':
        return a >= b;
      case '<=':
        return a <= b;
      case '>':
        return a > b;
      default:
        return a < b;
    }
  };
}

/** Splits at the word `and` outside of quotes. */
const splitConditions = (text: string): string[] => text.split(/\s+and\s+(?=(?:[^']*'[^']*')*[^']*$)/i);

/** A range of texts that share their first characters, which an index finds. */
function nearOf(conditions: string): string | undefined {
  const [from, to] = [/>= '([^']+)'/.exec(conditions)?.[1], /<= '([^']+)'/.exec(conditions)?.[1]];
  const start = from?.slice(0, NEAR);
  return start?.length === NEAR && start === to?.slice(0, NEAR) ? start : undefined;
}

function select(db: M3Database, { QERY = '', SEPC = ';', HDRS = '0' }: MiRecord, pad: boolean): MiRecord[] {
  const match = /^\s*(.+?)\s+from\s+(\w+)(?:\s+where\s+(.+))?$/is.exec(QERY);
  if (!match) throw bad('it is not COLUMNS from TABLE where CONDITIONS');
  const table = ownOf(TABLES, match[2]!);
  if (!table) throw bad(`table ${match[2]}`);
  const columns = match[1]!.split(',').map((name) => columnOf(name, table));
  const conditions = match[3] ? splitConditions(match[3]).map((part) => conditionOf(part, table)) : [];
  const rows = table
    .rows(db, nearOf(match[3] ?? ''))
    .filter((row) => conditions.every((holds) => holds(row)));
  const lines = rows.map((row) => columns.map((column) => row[column] ?? '').join(SEPC));
  const header = HDRS === '1' ? [columns.map((column) => table.prefix + column).join(SEPC)] : [];
  return [...header, ...lines].map((line) => ({ REPL: pad ? line.padEnd(MAX_ROW) : line }));
}

export const EXPORTMI: Record<string, Handler> = {
  LstFields: (_world, { FILE = '' }) => {
    const table = ownOf(TABLES, FILE);
    if (!table) throw new MiFailure('XRE0103', 'FILE', 'Record does not exist');
    return table.columns.map((column) => ({
      FLDN: table.prefix + column,
      FLDS: column,
      FLTY: NUMERIC.has(column) ? 'N' : 'A',
      FLLE: String(LENGTHS.get(column) ?? OTHER_LENGTHS[column]),
      FLDP: '0',
    }));
  },
  Select: ({ db }, record) => select(db, record, false),
  SelectPad: ({ db }, record) => select(db, record, true),
};
