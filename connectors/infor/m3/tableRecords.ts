import type { BusinessRecord } from '../../../sync/record';
import { ConnectorError } from '../../errors';
import type { Row } from '../homes';
import type { RecordQuery } from '../productLine';
import { companyNumber } from './company';
import { selectRows, type Condition } from './exportmi';
import type { Mi } from './mi';
import { PAGE_SIZE } from './readPlan';
import type { M3Settings } from './settings';
import { invoiceKeyOf, TABLES, type Table, type TableKind } from './tables';

/** A reader of one table of one company. */
interface Reader {
  table: Table;
  select(conditions: Condition[], maxRecords?: number): Promise<Row[]>;
}

async function readerOf(mi: Mi, kind: TableKind, settings: M3Settings): Promise<Reader> {
  const table = TABLES[kind];
  const { name, prefix, columns, always } = table;
  const company = await companyNumber(mi, settings.company);
  const fixed: Condition[] = [[`${prefix}CONO`, '=', company]];
  if (settings.division && columns.includes('DIVI')) fixed.push([`${prefix}DIVI`, '=', settings.division]);
  if (always) fixed.push([prefix + always[0], '=', always[1]]);
  return {
    table,
    select: (conditions, maxRecords = 0) =>
      selectRows(mi, {
        columns: columns.map((column) => prefix + column),
        table: name,
        where: [...fixed, ...conditions],
        maxRecords,
      }),
  };
}

/** The source's own filter, so that a filtered list costs no more than it gives. */
function filterConditions({ name, prefix, columns }: Table, filter: RecordQuery['filter']): Condition[] {
  return Object.entries(filter ?? {}).map(([field, value]): Condition => {
    if (columns.includes(field)) return [prefix + field, '=', value];
    throw new ConnectorError(
      'M3_FIELD',
      `The filter names the field “${field}”, which is not read of ${name}.`,
      `Choose one of ${columns.join(', ')}.`,
    );
  });
}

/** EXPORTMI gives rows in the order of the table's key (assumed); where it does not, pages cannot go on from the last. */
const isAscending = (rows: Row[], key: string): boolean =>
  rows.every((row, i) => i === 0 || rows[i - 1]![key]! < row[key]!);

async function* byKey(
  reader: Reader,
  key: string,
  conditions: Condition[],
  startAfter = '',
): AsyncGenerator<Row[]> {
  const column = reader.table.prefix + key;
  for (let last = startAfter; ; ) {
    const rows = await reader.select(last ? [...conditions, [column, '>', last]] : conditions, PAGE_SIZE);
    if (rows.length === 0) return;
    if (!isAscending(rows, key)) {
      yield await reader.select(last ? [...conditions, [column, '>', last]] : conditions);
      return;
    }
    yield rows;
    last = rows.at(-1)![key]!;
  }
}

const YMD = (date: Date): number => Number(date.toISOString().slice(0, 10).replaceAll('-', ''));

/** First and last day of each month, the newest first, and before them what lies in the future. */
function monthsBetween(from: string, now: number): Array<[number, number]> {
  const start = from || String(YMD(new Date(now - 2 * 365 * 86_400_000)));
  const today = new Date(now);
  const months: Array<[number, number]> = [];
  for (let back = 0; ; back++) {
    const first = new Date(Date.UTC(today.getUTCFullYear(), today.getUTCMonth() - back, 1));
    const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0));
    if (YMD(last) < Number(start)) return months;
    months.push([Math.max(YMD(first), Number(start)), back === 0 ? 99_999_999 : YMD(last)]);
  }
}

async function* byMonth(
  reader: Reader,
  date: string,
  conditions: Condition[],
  months: Array<[number, number]>,
) {
  const column = reader.table.prefix + date;
  for (const [first, last] of months) {
    const rows = await reader.select([...conditions, [column, '>=', first], [column, '<=', last]]);
    if (rows.length > 0) yield rows;
  }
}

async function* once(rows: Promise<Row[]>): AsyncGenerator<Row[]> {
  yield await rows;
}

async function pagesFor(
  reader: Reader,
  query: RecordQuery,
  settings: M3Settings,
  now: () => Promise<string>,
): Promise<AsyncGenerator<Row[]>> {
  const { table } = reader;
  const changed: Condition[] = query.changedSince
    ? [[`${table.prefix}LMTS`, '>=', Number(query.changedSince)]]
    : [];
  const conditions = [...changed, ...filterConditions(table, query.filter)];
  if (table.key) return byKey(reader, table.key, conditions, query.startAfter);
  if (query.changedSince) return once(reader.select(conditions));
  const months = monthsBetween(settings.invoicesFrom, Number(await now()));
  return byMonth(reader, table.date!, conditions, months);
}

/**
 * Records of a table by EXPORTMI: page by page of 1,000 where the table has a single key, else month by month.
 * @param now M3's own clock, ms since 1970; asked only where months are counted
 * @throws ConnectorError M3_RIGHTS where EXPORTMI is closed
 */
export async function* listTable(
  mi: Mi,
  kind: TableKind,
  query: RecordQuery,
  settings: M3Settings,
  now: () => Promise<string>,
): AsyncGenerator<BusinessRecord[]> {
  const reader = await readerOf(mi, kind, settings);
  const seen = new Set<string>();
  let left = query.limit ?? Infinity;
  let skipping = reader.table.key ? '' : (query.startAfter ?? '');
  for await (const rows of await pagesFor(reader, query, settings, now)) {
    const records = rows.map((row) => reader.table.toRecord(row, query.activeStatuses));
    const after = skipping ? records.findIndex(({ number }) => number === skipping) : -1;
    if (skipping && after < 0) continue;
    skipping = '';
    const fresh = records
      .slice(after + 1)
      .filter(({ number }) => !seen.has(number))
      .slice(0, left);
    for (const { number } of fresh) seen.add(number);
    left -= fresh.length;
    yield fresh;
    if (left <= 0) return;
  }
}

/** Undefined when there is no such record. */
export async function getFromTable(
  mi: Mi,
  kind: TableKind,
  number: string,
  activeStatuses: string[],
  settings: M3Settings,
): Promise<BusinessRecord | undefined> {
  const reader = await readerOf(mi, kind, settings);
  const { prefix, key } = reader.table;
  const parts = key ? { [key]: number } : invoiceKeyOf(number);
  if (!parts) return undefined;
  const conditions = Object.entries(parts).map(
    ([column, value]): Condition => [prefix + column, '=', column === 'INYR' ? Number(value) : value],
  );
  const [row] = await reader.select(conditions);
  return row && reader.table.toRecord(row, activeStatuses);
}
