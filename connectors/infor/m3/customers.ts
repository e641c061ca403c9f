import type { CrossReference } from '../../../sync/crossReference';
import type { Party } from '../../../sync/party';
import { ConnectorError } from '../../errors';
import type { PartyQuery, ProductLine } from '../productLine';
import { addressReader, type AddressReader, type AddressSettings } from './addresses';
import { isNotFound, miError, type MiResult } from './answer';
import type { MiRecord } from './fields';
import { financialReader, type FinancialReader } from './financials';
import type { Mi, MiCall } from './mi';
import { pagesOf } from './pages';
import { toParty } from './party';
import { readPlan } from './readPlan';
import { EMPTY_REFERENCE, readReferences, type ReferenceSettings } from './references';

const PROGRAM = 'CRS610MI';

interface Readers {
  addresses: AddressReader;
  financials: FinancialReader;
  activeStatuses: string[];
  references: (numbers: string[]) => Promise<ReadonlyMap<string, CrossReference> | undefined>;
}

export interface CustomerSettings extends AddressSettings {
  references: ReferenceSettings;
}

/** Undefined where the read does not include them, which is not the same as a customer that has none. */
const referenceReader =
  (mi: Mi, wanted: boolean, settings: CustomerSettings): Readers['references'] =>
  async (numbers) =>
    wanted ? readReferences(mi, settings.references, numbers) : undefined;

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

const matches = (record: MiRecord, filter: PartyQuery['filter']): boolean =>
  Object.entries(filter ?? {}).every(([field, value]) => (record[field] ?? '') === value);

/** CRS610MI/LstByNumber with the fields of the plan and those of the filter. */
function listOf({ changedSince, startAfter, filter }: PartyQuery, columns: string[]): MiCall {
  return {
    program: PROGRAM,
    transaction: 'LstByNumber',
    record: { ...(startAfter ? { CUNO: startAfter } : {}), ...(changedSince ? { LMTS: changedSince } : {}) },
    columns: [...new Set([...columns, ...Object.keys(filter ?? {})])],
  };
}

/** A field that the list does not give would match no customer, which looks like an empty company. */
function checkFilter(row: MiRecord | undefined, filter: PartyQuery['filter']): void {
  const unknown = row && Object.keys(filter ?? {}).find((field) => row[field] === undefined);
  if (unknown === undefined) return;
  throw new ConnectorError(
    'M3_FIELD',
    `The filter names the field “${unknown}”, which ${PROGRAM}/LstByNumber does not give.`,
    'Choose one of its output fields, such as CUCL or STAT; MRS001 lists them.',
  );
}

export async function* listCustomers(
  mi: Mi,
  query: PartyQuery,
  settings: CustomerSettings,
): AsyncGenerator<Party[]> {
  const plan = readPlan(query);
  const readers: Readers = {
    addresses: addressReader(plan.emails, mi, settings),
    financials: financialReader(plan.financials, mi),
    activeStatuses: query.activeStatuses,
    references: referenceReader(mi, query.withCrossReference, settings),
  };
  let left = query.limit ?? Infinity;
  for await (const rows of pagesOf(mi, listOf(query, plan.columns), 'CUNO')) {
    checkFilter(rows[0], query.filter);
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
  query: Parameters<ProductLine['getCustomer']>[1],
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
  const addresses = await addressReader(plan.emails, mi, settings)([customer]);
  const references = await referenceReader(mi, query.withCrossReference, settings)([number]);
  return toParty({
    basic: customer,
    crossReference: references && (references.get(number) ?? EMPTY_REFERENCE),
    emails: addresses.get(customer.CUNO ?? number) ?? [],
    financial,
    activeStatuses: query.activeStatuses,
  });
}
