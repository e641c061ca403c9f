import type { CrossReference } from '../../../sync/crossReference';
import type { Party } from '../../../sync/party';
import { ConnectorError } from '../../errors';
import { EMPTY_REFERENCE } from '../canonical';
import type { ReadOptions, RecordQuery } from '../productLine';
import { readReferences } from '../wayBack';
import { addressReader, type AddressReader } from './addresses';
import { isNotFound, miError, type MiResult } from './answer';
import type { MiRecord } from './fields';
import { financialReader, type FinancialReader } from './financials';
import type { Mi, MiCall } from './mi';
import { pagesOf } from './pages';
import { toParty } from './party';
import { readPlan } from './readPlan';
import { customerHomes } from './partyHomes';
import { checkFilter, filterError, matches } from './filter';
import type { M3Settings } from './settings';

const PROGRAM = 'CRS610MI';

interface Readers {
  addresses: AddressReader;
  financials: FinancialReader;
  activeStatuses: string[];
  references: (numbers: string[]) => Promise<ReadonlyMap<string, CrossReference> | undefined>;
}

/** Undefined where the read does not include them, which is not the same as a customer that has none. */
const referenceReader =
  (mi: Mi, wanted: boolean, settings: M3Settings): Readers['references'] =>
  async (numbers) =>
    wanted ? readReferences(customerHomes(mi, settings), numbers) : undefined;

async function complete(page: MiRecord[], readers: Readers): Promise<Party[]> {
  if (page.length === 0) return [];
  const [addresses, financials, references] = await Promise.all([
    readers.addresses(page),
    readers.financials(page),
    readers.references(page.map(({ CUNO = '' }) => CUNO)),
  ]);
  return page.map((basic) => {
    const number = basic.CUNO ?? '';
    return toParty({
      basic,
      emails: addresses.get(number) ?? [],
      financial: financials.get(number),
      activeStatuses: readers.activeStatuses,
      crossReference: references && (references.get(number) ?? EMPTY_REFERENCE),
    });
  });
}

/** CRS610MI/LstByNumber with the fields of the plan and those of the filter. */
function listOf({ changedSince, startAfter, filter }: RecordQuery, columns: string[]): MiCall {
  return {
    program: PROGRAM,
    transaction: 'LstByNumber',
    record: { ...(startAfter ? { CUNO: startAfter } : {}), ...(changedSince ? { LMTS: changedSince } : {}) },
    columns: [...new Set([...columns, ...Object.keys(filter ?? {})])],
  };
}

const explaining = (mi: Mi, filter: RecordQuery['filter']): Pick<Mi, 'call'> => ({
  call: (call) =>
    mi
      .call(call)
      .catch((error: unknown) => Promise.reject(filterError(error, filter, `${PROGRAM}/LstByNumber`))),
});

/** Fields that only the customer master has; a free text comes last, because it may hold EXPORTMI's separator. */
function besides(fields: string[] = [], listed: string[]): string[] {
  const names = fields.map((field) => field.trim().toUpperCase());
  const wrong = names.find((name) => !/^[A-Z][A-Z0-9]{3}$/.test(name));
  if (wrong === undefined) return names.filter((name) => !listed.includes(name));
  throw new ConnectorError(
    'M3_FIELD',
    `“${wrong}” is no field of M3.`,
    'Enter one of the customer master’s (OCUSMA), such as CUCL, without its prefix OK.',
  );
}

export async function* listCustomers(
  mi: Mi,
  query: RecordQuery,
  settings: M3Settings,
): AsyncGenerator<Party[]> {
  const plan = readPlan(query);
  const readers: Readers = {
    addresses: addressReader(plan.emails, mi, settings),
    financials: financialReader(plan.financials, mi, besides(query.sourceFields, plan.columns)),
    activeStatuses: query.activeStatuses,
    references: referenceReader(mi, query.withCrossReference, settings),
  };
  let left = query.limit ?? Infinity;
  for await (const rows of pagesOf(explaining(mi, query.filter), listOf(query, plan.columns), 'CUNO')) {
    checkFilter(rows[0], query.filter, `${PROGRAM}/LstByNumber`);
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
  query: ReadOptions,
  settings: M3Settings,
): Promise<Party | undefined> {
  const record = { CUNO: number };
  // GetFinancial alone gives the VAT number, which a list gives too.
  const transactions = ['GetBasicData', 'GetOrderInfo', 'GetFinancial'];
  const results = await mi.bulk(
    PROGRAM,
    transactions.map((transaction) => ({ transaction, record })),
  );
  const read = (i: number) => (results[i] ? recordOf(transactions[i]!, results[i]) : undefined);
  const basic = read(0);
  if (!basic) return undefined;
  const [order, financial] = [read(1), read(2)];
  const customer: MiRecord = { ...order, ...basic, VRNO: financial?.VRNO ?? '' };
  const plan = readPlan({ ...query, changedSince: 'one record' });
  const addresses = await addressReader(plan.emails, mi, settings)([customer]);
  const references = await referenceReader(mi, query.withCrossReference, settings)([number]);
  return toParty({
    basic: customer,
    financial: query.withFinancials ? financial : undefined,
    crossReference: references && (references.get(number) ?? EMPTY_REFERENCE),
    emails: addresses.get(customer.CUNO ?? number) ?? [],
    activeStatuses: query.activeStatuses,
  });
}
