import type { Party } from '../../../sync/party';
import type { PartyQuery } from '../productLine';
import { addressReader, type AddressReader } from './addresses';
import { isNotFound, miError, type MiResult } from './answer';
import type { MiRecord } from './fields';
import { financialReader, type FinancialReader } from './financials';
import type { Mi } from './mi';
import { toParty } from './party';
import { PAGE_SIZE, readPlan } from './readPlan';

const PROGRAM = 'CRS610MI';

export interface CustomerSettings {
  /** Type of the CRS111MI entries that belong to customers (EMTP). */
  emailType: string;
}

interface Readers {
  addresses: AddressReader;
  financials: FinancialReader;
  activeStatuses: string[];
}

async function complete(page: MiRecord[], readers: Readers): Promise<Party[]> {
  if (page.length === 0) return [];
  const [addresses, financials] = await Promise.all([readers.addresses(page), readers.financials(page)]);
  return page.map((basic) => {
    const number = basic.CUNO ?? '';
    return toParty({
      basic,
      emails: addresses.get(number) ?? [],
      financial: financials.get(number),
      activeStatuses: readers.activeStatuses,
    });
  });
}

const matches = (record: MiRecord, filter: PartyQuery['filter']): boolean =>
  Object.entries(filter ?? {}).every(([field, value]) => (record[field] ?? '') === value);

/**
 * CRS610MI/LstByNumber page by page. It begins *at* the number given, so the next page begins at the last number of
 * this one and its first row is dropped (infor §3.5). Only a page that brings nothing new is the end: a tenant may cap
 * its pages below what was asked for, and a short page would then cut the list off without a word.
 */
async function* pagesOf(mi: Mi, query: PartyQuery, columns: string[]): AsyncGenerator<MiRecord[]> {
  let last = query.startAfter ?? '';
  for (;;) {
    const record = {
      ...(last ? { CUNO: last } : {}),
      ...(query.changedSince ? { LMTS: query.changedSince } : {}),
    };
    const rows = await mi.call({
      program: PROGRAM,
      transaction: 'LstByNumber',
      record,
      columns,
      maxRecords: PAGE_SIZE,
    });
    const previous = last;
    const fresh = rows.filter((row) => row.CUNO !== previous);
    if (fresh.length === 0) return;
    yield fresh;
    last = fresh.at(-1)?.CUNO ?? '';
  }
}

export async function* listCustomers(
  mi: Mi,
  query: PartyQuery,
  settings: CustomerSettings,
): AsyncGenerator<Party[]> {
  const plan = readPlan(query);
  const readers: Readers = {
    addresses: addressReader(plan.emails, mi, settings.emailType),
    financials: financialReader(plan.financials, mi),
    activeStatuses: query.activeStatuses,
  };
  let left = query.limit ?? Infinity;
  for await (const rows of pagesOf(mi, query, plan.columns)) {
    const wanted = rows.filter((row) => matches(row, query.filter)).slice(0, left);
    left -= wanted.length;
    yield await complete(wanted, readers);
    if (left <= 0) return;
  }
}

/** The record of one Get; undefined when M3 does not know the number. @throws ConnectorError for any other refusal */
function recordOf(transaction: string, result: MiResult): MiRecord | undefined {
  if ('records' in result) return result.records[0];
  if (isNotFound(result.error)) return undefined;
  throw miError(PROGRAM, transaction, result.error);
}

/** CRS610MI/GetBasicData, GetOrderInfo and GetFinancial in one bulk call; undefined when M3 does not know the number. */
export async function getCustomer(
  mi: Mi,
  number: string,
  query: Pick<PartyQuery, 'emailHome' | 'withFinancials' | 'activeStatuses'>,
  settings: CustomerSettings,
): Promise<Party | undefined> {
  const record = { CUNO: number };
  const transactions = ['GetBasicData', 'GetOrderInfo', ...(query.withFinancials ? ['GetFinancial'] : [])];
  const results = await mi.bulk(
    PROGRAM,
    transactions.map((transaction) => ({ transaction, record })),
  );
  const read = (i: number) => (results[i] ? recordOf(transactions[i]!, results[i]) : undefined);
  const basic = read(0);
  if (!basic) return undefined;
  const [order, financial] = [read(1), read(2)];
  const customer = { ...order, ...basic };
  const plan = readPlan({ ...query, changedSince: 'one record' });
  const addresses = await addressReader(plan.emails, mi, settings.emailType)([customer]);
  return toParty({
    basic: customer,
    emails: addresses.get(customer.CUNO ?? number) ?? [],
    financial,
    activeStatuses: query.activeStatuses,
  });
}
