import { ConnectorError } from '../../errors';
import { isNotFound, miError } from './answer';
import { selectRows } from './exportmi';
import type { MiRecord } from './fields';
import type { Mi } from './mi';
import type { ReadPlan } from './readPlan';

/** Customer number → BLCD, TDIN and other credit fields, for one page of customers. */
export type FinancialReader = (page: MiRecord[]) => Promise<Map<string, MiRecord>>;

const COLUMNS = [
  ...['OKCUNO', 'OKBLCD', 'OKTDIN', 'OKODUE', 'OKTOIN', 'OKTBLG', 'OKCRLM', 'OKCRL2', 'OKCRL3', 'OKODUD'],
  ...['OKCCUS', 'OKRGDT', 'OKLMDT'],
];

/** One range query of the customer master a page (EXPORTMI on OCUSMA). */
const byExport =
  (mi: Mi, more: string[]): FinancialReader =>
  async (page) => {
    const [first, last] = [page[0]?.CUNO ?? '', page.at(-1)?.CUNO ?? ''];
    const rows = await selectRows(mi, {
      columns: [...new Set([...COLUMNS, ...more.map((field) => `OK${field}`)])],
      table: 'OCUSMA',
      where: [
        ['OKCONO', '=', Number(page[0]?.CONO ?? 0)],
        ['OKCUNO', '>=', first],
        ['OKCUNO', '<=', last],
      ],
    });
    return new Map(rows.map((row) => [row.CUNO ?? '', row]));
  };

/** CRS610MI/GetFinancial, 100 a call. A customer deleted since it was listed has none; any other refusal is an error. */
const byBulkGet =
  (mi: Mi): FinancialReader =>
  async (page) => {
    const calls = page.map(({ CUNO = '' }) => ({ transaction: 'GetFinancial', record: { CUNO } }));
    const results = await mi.bulk('CRS610MI', calls);
    const found = new Map<string, MiRecord>();
    results.forEach((result, index) => {
      if ('records' in result && result.records[0]) found.set(page[index]!.CUNO ?? '', result.records[0]);
      if ('error' in result && !isNotFound(result.error))
        throw miError('CRS610MI', 'GetFinancial', result.error);
    });
    return found;
  };

const isClosed = (error: unknown): boolean =>
  error instanceof ConnectorError && error.errorCode === 'M3_RIGHTS';

/** EXPORTMI reads any table, so many companies close it; then each customer is asked for, 100 in a bulk call. */
function byExportIfOpen(mi: Mi, more: string[]): FinancialReader {
  const bulkGet = byBulkGet(mi);
  let read = byExport(mi, more);
  return (page) =>
    read(page).catch((error: unknown) => {
      if (read === bulkGet || !isClosed(error)) return Promise.reject(error);
      read = bulkGet;
      return bulkGet(page);
    });
}

/** @param more fields of the customer master to read besides, where EXPORTMI is open */
export function financialReader(way: ReadPlan['financials'], mi: Mi, more: string[] = []): FinancialReader {
  if (way === 'none') return async () => new Map();
  return way === 'export' ? byExportIfOpen(mi, more) : byBulkGet(mi);
}
