import { miError, isNotFound } from './answer';
import { splitAddresses } from './emails';
import type { MiRecord } from './fields';
import type { Mi } from './mi';
import { PAGE_SIZE, type ReadPlan } from './readPlan';

/** Customer number → its addresses, for one page of customers. */
export type AddressReader = (page: MiRecord[]) => Promise<Map<string, string[]>>;

const numbersOf = (page: MiRecord[]): string[] => page.map(({ CUNO = '' }) => CUNO);

const inList: AddressReader = async (page) =>
  new Map(page.map(({ CUNO = '', MAIL = '' }) => [CUNO, splitAddresses(MAIL)]));

/** CRS111MI/Get, 100 a call; a customer without an entry has no address. */
const repositoryGet =
  (mi: Mi, emailType: string): AddressReader =>
  async (page) => {
    const numbers = numbersOf(page);
    const calls = numbers.map((EMKY) => ({ transaction: 'Get', record: { EMTP: emailType, EMKY } }));
    const results = await mi.bulk('CRS111MI', calls);
    return new Map(
      results.map((result, index) => {
        if ('error' in result && !isNotFound(result.error)) throw miError('CRS111MI', 'Get', result.error);
        const record = 'error' in result ? undefined : result.records[0];
        return [numbers[index]!, splitAddresses(record?.EMAL ?? '')];
      }),
    );
  };

/** Whether M3 sorts the numbers as we do; its database may put letters before digits, or ignore case. */
const isInOurOrder = (numbers: string[]): boolean =>
  numbers.every((number, i) => i === 0 || numbers[i - 1]! < number);

/**
 * CRS111MI/List begins at a key; the range of a full page of customers is read in one or two calls. Where we cannot
 * tell the end of the range, each customer is asked for, so that no address is missed.
 */
const repositoryList =
  (mi: Mi, emailType: string): AddressReader =>
  async (page) => {
    const numbers = numbersOf(page);
    if (!isInOurOrder(numbers)) return repositoryGet(mi, emailType)(page);
    const found = new Map<string, string[]>();
    const last = numbers.at(-1) ?? '';
    for (let from = numbers[0] ?? ''; from !== ''; ) {
      const record = { EMTP: emailType, EMKY: from };
      const rows = await mi.call({ program: 'CRS111MI', transaction: 'List', record, maxRecords: PAGE_SIZE });
      for (const { EMKY = '', EMAL = '' } of rows) found.set(EMKY, splitAddresses(EMAL));
      const end = rows.at(-1)?.EMKY ?? '';
      from = end > from && end < last ? end : '';
    }
    return found;
  };

/** Contact persons that are still valid; 90 is blocked, as everywhere in M3. */
const isUsable = (contact: MiRecord): boolean => contact.STAT !== '90' && (contact.EMAL ?? '') !== '';

async function listContacts(mi: Mi): Promise<Map<string, string[]>> {
  const byCustomer = new Map<string, string[]>();
  for (let from: string | undefined = ''; from !== undefined; ) {
    const record: MiRecord = from ? { CNPE: from } : {};
    const columns = ['CNPE', 'STAT', 'EMRE', 'EMAL'];
    const rows: MiRecord[] = await mi.call({
      program: 'CRS618MI',
      transaction: 'Lst',
      record,
      columns,
      maxRecords: PAGE_SIZE,
    });
    const previous: string = from;
    const fresh = rows.filter((row) => row.CNPE !== previous);
    for (const contact of fresh.filter(isUsable)) {
      const customer = contact.EMRE ?? '';
      byCustomer.set(customer, [...(byCustomer.get(customer) ?? []), ...splitAddresses(contact.EMAL ?? '')]);
    }
    from = fresh.at(-1)?.CNPE;
  }
  return byCustomer;
}

/** Contact persons of CRS618 name their customer in EMRE (employer reference; assumed, see docs/assumptions.md). */
function contactList(mi: Mi): AddressReader {
  let contacts: Promise<Map<string, string[]>> | undefined;
  return () => (contacts ??= listContacts(mi));
}

export function addressReader(way: ReadPlan['emails'], mi: Mi, emailType: string): AddressReader {
  switch (way) {
    case 'repositoryGet':
      return repositoryGet(mi, emailType);
    case 'repositoryList':
      return repositoryList(mi, emailType);
    case 'contactList':
      return contactList(mi);
    default:
      return inList;
  }
}
