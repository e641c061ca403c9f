import type { GlAccount } from '../../../sync/record';
import { toGlAccount } from '../canonical';
import type { Row } from '../homes';
import type { RecordQuery } from '../productLine';
import { miDate } from './fields';
import { checkFilter, matches } from './filter';
import { isNotFound, miError } from './answer';
import type { Mi, MiCall } from './mi';
import { pagesOf } from './pages';

const PROGRAM = 'CRS630MI';
const NAMES = { number: 'AITM', name: 'TX40', type: 'AICL' };

/** An account is valid until VTDT; locked ones (LCCD other than 0) take no entries. */
const toAccount = (row: Row): GlAccount =>
  toGlAccount(row, NAMES, {
    status: ['', '0'].includes(row.LCCD ?? '') ? 'active' : 'inactive',
    modifiedAt: miDate(row.LMDT),
    date: miDate,
    decimal: (text) => text,
  });

const isChanged = ({ LMTS = '' }: Row, since?: string): boolean => !since || Number(LMTS) >= Number(since);

/** CRS630MI/LstAccountID knows no time, but each row tells its own: a chart of accounts is small. */
export async function* listAccounts(
  mi: Mi,
  query: RecordQuery,
  accountType: string,
): AsyncGenerator<GlAccount[]> {
  const list: MiCall = {
    program: PROGRAM,
    transaction: 'LstAccountID',
    record: { AITP: accountType, ...(query.startAfter ? { AITM: query.startAfter } : {}) },
  };
  let left = query.limit ?? Infinity;
  for await (const rows of pagesOf(mi, list, 'AITM')) {
    checkFilter(rows[0], query.filter, `${PROGRAM}/LstAccountID`);
    const wanted = rows
      .filter((row) => row.AITP === accountType && isChanged(row, query.changedSince))
      .filter((row) => matches(row, query.filter))
      .slice(0, left);
    left -= wanted.length;
    yield wanted.map(toAccount);
    if (left <= 0) return;
  }
}

/** CRS630MI/GetAccountID; undefined when M3 does not know it. */
export async function getAccount(
  mi: Mi,
  number: string,
  accountType: string,
): Promise<GlAccount | undefined> {
  const record = { AITP: accountType, AITM: number };
  const [result] = await mi.bulk(PROGRAM, [{ transaction: 'GetAccountID', record }]);
  if (result && 'records' in result) return result.records[0] && toAccount(result.records[0]);
  if (!result || isNotFound(result.error)) return undefined;
  throw miError(PROGRAM, 'GetAccountID', result.error);
}
