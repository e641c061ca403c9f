import { ConnectorError } from '../../errors';
import { miError } from './answer';
import type { Mi } from './mi';
import type { MiRecord } from './fields';

/** EXPORTMI/Select, field QERY. */
const MAX_QUERY = 982;
/** Not found in M3's field contents, unlike the default semicolon. */
const SEPARATOR = '^';

/** A value inside a condition; M3's query text has no other escape than doubling the quote. */
const quoted = (value: string): string => `'${value.replaceAll("'", "''")}'`;

export type Condition = [column: string, operator: '=' | '>' | '>=' | '<=' | '<>', value: string | number];

export interface Selection {
  /** Columns with their two-letter prefix, such as OKCUNO; a free text, which may hold the separator, comes last. */
  columns: string[];
  table: string;
  /** All of them must hold. */
  where: Condition[];
  /** 0 for all; default 0. */
  maxRecords?: number;
}

/** @throws ConnectorError M3_QUERY_TOO_LONG */
function recordOf({ columns, table, where }: Selection): MiRecord {
  const conditions = where.map(([column, operator, value]) => {
    const literal = typeof value === 'number' ? String(value) : quoted(value);
    return `${column} ${operator} ${literal}`;
  });
  const query = `${columns.join(',')} from ${table} where ${conditions.join(' and ')}`;
  if (query.length > MAX_QUERY) {
    throw new ConnectorError(
      'M3_QUERY_TOO_LONG',
      `The query is longer than ${MAX_QUERY} characters.`,
      'Ask for fewer columns.',
    );
  }
  return { QERY: query, SEPC: SEPARATOR, HDRS: '0' };
}

/** Fields come without their table prefix. */
const rowsOf = (records: MiRecord[], { columns }: Selection): MiRecord[] =>
  records.map(({ REPL = '' }) => {
    const parts = REPL.split(SEPARATOR);
    const values = [...parts.slice(0, columns.length - 1), parts.slice(columns.length - 1).join(SEPARATOR)];
    return Object.fromEntries(columns.map((column, i) => [column.slice(2), (values[i] ?? '').trim()]));
  });

/**
 * EXPORTMI/Select: rows of a table as one joined text each (infor §3.5). Fields come without their table prefix.
 * @throws ConnectorError M3_QUERY_TOO_LONG
 */
export async function selectRows(mi: Mi, selection: Selection): Promise<MiRecord[]> {
  const { maxRecords = 0 } = selection;
  const call = { program: 'EXPORTMI', transaction: 'Select', record: recordOf(selection), maxRecords };
  return rowsOf(await mi.call(call), selection);
}

/** Several selections in bulk calls; the rows of each, in order. @throws ConnectorError as `selectRows` does */
export async function selectMany(mi: Mi, selections: Selection[]): Promise<MiRecord[][]> {
  const calls = selections.map((one) => ({ transaction: 'Select', record: recordOf(one) }));
  const results = await mi.bulk('EXPORTMI', calls);
  return results.map((result, i) => {
    if ('error' in result) throw miError('EXPORTMI', 'Select', result.error);
    return rowsOf(result.records, selections[i]!);
  });
}
