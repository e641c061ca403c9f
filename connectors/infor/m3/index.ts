import { ConnectorError } from '../../errors';
import type { Gateway } from '../gateway';
import type { ProductLine, ProductLineType, RecordQuery } from '../productLine';
import { getAccount, listAccounts } from './accounts';
import { getCustomer, listCustomers } from './customers';
import { companyNumber } from './company';
import { selectMany } from './exportmi';
import { LISTS } from './lists';
import { createMi, type Mi } from './mi';
import { OBJECTS } from './objects';
import { TOLD } from './party';
import { customerHomes, supplierHomes } from './partyHomes';
import { receivableBook } from './receivables/book';
import { postingOf, RECEIVABLE } from './receivables/settings';
import { SETTINGS, settingsOf, type M3Settings } from './settings';
import { getSupplier, listSuppliers } from './suppliers';
import { getFromTable, listTable } from './tableRecords';

/** Customers, items and the like: 20 is released (assumed; “Active Status Codes”). */
const ACTIVE = ['20'];

const withStatuses = <T extends { activeStatuses: string[] }>(options: T): T =>
  options.activeStatuses.length > 0 ? options : { ...options, activeStatuses: ACTIVE };

/** M3's field names are in capitals. */
const inCapitals = (filter: RecordQuery['filter']): RecordQuery['filter'] =>
  filter && Object.fromEntries(Object.entries(filter).map(([field, value]) => [field.toUpperCase(), value]));

/** GENERAL/GetServerTime, field LMTS: ms since 1970. */
async function serverTime(mi: Mi): Promise<string> {
  const [clock] = await mi.call({ program: 'GENERAL', transaction: 'GetServerTime', record: {} });
  if (clock?.LMTS) return clock.LMTS;
  throw new ConnectorError(
    'M3_TRANSACTION',
    'M3 did not tell its time (GENERAL/GetServerTime).',
    'Check the M3 user’s settings.',
  );
}

/** By EXPORTMI, field MAIL, as given and in lower case; an address that stands there beside others is not found. */
async function customersByEmail(
  mi: Mi,
  emails: string[],
  { company }: M3Settings,
): Promise<Map<string, string[]>> {
  const cono = await companyNumber(mi, company);
  const asked = emails.flatMap((email) =>
    [...new Set([email, email.toLowerCase()])].map((spelling) => ({ email, spelling })),
  );
  const rows = await selectMany(
    mi,
    asked.map(({ spelling }) => ({
      columns: ['OKCUNO'],
      table: 'OCUSMA',
      where: [
        ['OKCONO', '=', cono],
        ['OKMAIL', '=', spelling],
      ],
    })),
  );
  const found = new Map(emails.map((email) => [email, new Set<string>()]));
  asked.forEach(({ email }, i) => {
    for (const { CUNO = '' } of rows[i]!) found.get(email)!.add(CUNO);
  });
  return new Map([...found].map(([email, numbers]) => [email, [...numbers]]));
}

function open(gateway: Gateway, settings: M3Settings): ProductLine {
  const mi = createMi(gateway, settings);
  const now = (): Promise<string> => serverTime(mi);
  return {
    serverCursor: now,
    get: async (kind, asked, given) => {
      const number = asked.trim();
      const options = withStatuses(given);
      if (kind === 'customer') return getCustomer(mi, number, options, settings);
      if (kind === 'supplier') return getSupplier(mi, number, options, settings);
      if (kind === 'glAccount') return getAccount(mi, number, settings.accountType);
      return getFromTable(mi, kind, number, options.activeStatuses, settings);
    },
    list: (kind, given) => {
      const query = withStatuses({ ...given, filter: inCapitals(given.filter) });
      if (kind === 'customer') return listCustomers(mi, query, settings);
      if (kind === 'supplier') return listSuppliers(mi, query, settings);
      if (kind === 'glAccount') return listAccounts(mi, query, settings.accountType);
      return listTable(mi, kind, query, settings, now);
    },
    told: () => TOLD,
    homes: (kind) => (kind === 'customer' ? customerHomes(mi, settings) : supplierHomes(mi, settings)),
    customersByEmail: async (emails) =>
      emails.length > 0 ? customersByEmail(mi, emails, settings) : new Map<string, string[]>(),
    receivables: (posting) => receivableBook(mi, settings, postingOf(posting)),
  };
}

/** M3, by its MI programs over the v2 REST API. */
export const m3: ProductLineType = {
  id: 'm3',
  name: 'M3',
  settings: SETTINGS,
  emailHomes: [
    { name: 'Customer Record (CRS610)', value: 'MAIL', description: 'The field MAIL of the customer' },
    {
      name: 'Contact Persons (CRS618)',
      value: 'CRS618MI',
      description: 'The addresses of the customer’s contact persons',
    },
    {
      name: 'Email Repository (CRS111)',
      value: 'CRS111MI',
      description: 'The customer’s entry in the e-mail repository',
    },
  ],
  objects: OBJECTS,
  mailLogFields: { sent: 'A330', state: 'A430', order: 'A530' },
  lists: LISTS,
  raw: [],
  receivable: RECEIVABLE,
  open: (gateway, settings) => open(gateway, settingsOf(settings)),
};
