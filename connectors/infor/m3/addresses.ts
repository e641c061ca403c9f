import { miError, isNotFound } from './answer';
import { splitAddresses } from '../emails';
import type { MiRecord } from './fields';
import type { Mi } from './mi';
import { pagesOf } from './pages';
import { PAGE_SIZE, type ReadPlan } from './readPlan';

/** Customer number → its addresses, for one page of customers. */
export type AddressReader = (page: MiRecord[]) => Promise<Map<string, string[]>>;

export interface AddressSettings {
  /** Type of the CRS111MI entries that belong to customers (EMTP). */
  emailType: string;
  /** The same for suppliers. */
  supplierEmailType: string;
  /** Type of the reference of a CRS618MI contact that means a customer (ERTP); '' takes contacts of every type. */
  contactReferenceType: string;
}

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
      // Beyond the last key of its type a list may go on with the next type, whose keys may be employees.
      const own = rows.filter(({ EMTP = emailType }) => EMTP === emailType);
      for (const { EMKY = '', EMAL = '' } of own) found.set(EMKY, splitAddresses(EMAL));
      const end = own.at(-1)?.EMKY ?? '';
      from = end > from && end < last ? end : '';
    }
    return found;
  };

/** Contact persons that are still valid; 90 is blocked, as everywhere in M3. */
const isUsable = (contact: MiRecord, referenceType: string): boolean =>
  contact.STAT !== '90' &&
  (contact.EMAL ?? '') !== '' &&
  (referenceType === '' || contact.ERTP === referenceType);

async function listContacts(mi: Mi, referenceType: string): Promise<Map<string, string[]>> {
  const byCustomer = new Map<string, string[]>();
  const columns = ['CNPE', 'STAT', 'ERTP', 'EMRE', 'EMAL'];
  const list = { program: 'CRS618MI', transaction: 'Lst', record: {}, columns };
  for await (const page of pagesOf(mi, list, 'CNPE')) {
    for (const contact of page.filter((one) => isUsable(one, referenceType))) {
      const customer = contact.EMRE ?? '';
      byCustomer.set(customer, [...(byCustomer.get(customer) ?? []), ...splitAddresses(contact.EMAL ?? '')]);
    }
  }
  return byCustomer;
}

/** Contact persons of CRS618 name their customer in EMRE (employer reference; assumed, see docs/assumptions.md). */
function contactList(mi: Mi, referenceType: string): AddressReader {
  let contacts: Promise<Map<string, string[]>> | undefined;
  return () => (contacts ??= listContacts(mi, referenceType));
}

export function addressReader(way: ReadPlan['emails'], mi: Mi, settings: AddressSettings): AddressReader {
  switch (way) {
    case 'repositoryGet':
      return repositoryGet(mi, settings.emailType);
    case 'repositoryList':
      return repositoryList(mi, settings.emailType);
    case 'contactList':
      return contactList(mi, settings.contactReferenceType);
    default:
      return inList;
  }
}
