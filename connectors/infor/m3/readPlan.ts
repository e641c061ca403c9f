import type { RecordQuery } from '../productLine';

/** Home of a customer's addresses in M3; a user chooses one. */
export const EMAIL_HOMES = ['MAIL', 'CRS111MI', 'CRS618MI'] as const;
export type M3EmailHome = (typeof EMAIL_HOMES)[number];

/** Rows of one LstByNumber call. */
export const PAGE_SIZE = 1000;

export interface ReadPlan {
  /** Fields to ask LstByNumber for. */
  columns: string[];
  /** Where BLCD and the overdue amount come from, which LstByNumber does not give or not fully. */
  financials: 'none' | 'export' | 'bulkGet';
  emails: 'inList' | 'repositoryList' | 'repositoryGet' | 'contactList';
}

const BASIC = [
  'CONO',
  'DIVI',
  'LNCD',
  'CUNO',
  'CUNM',
  'CUA1',
  'CUA2',
  'CUA3',
  'CUA4',
  'PONO',
  'TOWN',
  'CSCD',
  'ECAR',
];
const MORE = [
  'PHNO',
  'PHN2',
  'CUTP',
  'CUCL',
  'STAT',
  'MAIL',
  'VRNO',
  'PYNO',
  'CUST',
  'PYGR',
  'SMCD',
  'CUCD',
  'ALCU',
  'YREF',
];
const FREE = ['CFC1', 'CFC2', 'CFC3', 'CFC4', 'CFC5', 'CFC6', 'CFC7', 'CFC8', 'CFC9', 'CFC0'];
const CREDIT = ['CRLM', 'CRL2', 'CRL3', 'ODUD', 'TDIN', 'TEPY'];

/**
 * The one place that chooses the calls of a read. LstByNumber gives names, addresses, MAIL and status of a page of
 * 1,000. For everything else the cheapest way depends on how dense the page is: a full list covers a range of numbers
 * without gaps, so one range query a page is enough; a list of changed customers is sparse, so a range would read
 * everything in between, and the customers are asked for by number, 100 in a bulk call.
 */
export function readPlan(
  query: Pick<RecordQuery, 'emailHome' | 'withFinancials' | 'changedSince'>,
): ReadPlan {
  const sparse = Boolean(query.changedSince);
  return {
    columns: [...BASIC, ...MORE, ...FREE, ...CREDIT],
    financials: !query.withFinancials ? 'none' : sparse ? 'bulkGet' : 'export',
    emails: emailWay(query.emailHome, sparse),
  };
}

function emailWay(home: string, sparse: boolean): ReadPlan['emails'] {
  if (home === 'CRS111MI') return sparse ? 'repositoryGet' : 'repositoryList';
  // Contact persons can be listed only as a whole; they are read once for all pages.
  return home === 'CRS618MI' ? 'contactList' : 'inList';
}
