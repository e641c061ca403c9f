import type { Kind } from '../lines/canonical.mts';
import type { Layout } from '../lines/database.mts';

export const TABLES: Record<string, Kind> = {
  arsc: 'customer',
  apsv: 'supplier',
  icsp: 'item',
  poeh: 'purchaseOrder',
  aret: 'invoice',
  glsa: 'glAccount',
};

const PARTY = {
  ...{ name: 'name', phone: 'phoneno', email: 'email', taxId: 'taxid', language: 'langcd', line1: 'addr1' },
  ...{
    line2: 'addr2',
    city: 'city',
    state: 'state',
    postalCode: 'zipcd',
    country: 'countrycd',
    status: 'statustype',
  },
};

const USER = Object.fromEntries(Array.from({ length: 24 }, (_, i) => [`user${i + 1}`, '']));

const LENGTHS = {
  ...{ name: 30, addr1: 30, addr2: 30, city: 20, state: 2, zipcd: 10, countrycd: 3, phoneno: 20, email: 50 },
  ...{ taxid: 20, langcd: 3, statustype: 5, user1: 30, user2: 30, custtype: 4 },
  ...{ user21: 78, user22: 30, user23: 30, user24: 30 },
};

const digits = (text: string): string => text.replace(/\D/g, '').replace(/^0+(?=\d)/, '');
const NUMERIC = new Set(['number', 'supplierNumber', 'customerNumber']);

const numeric = (names: Record<string, string>, more = {}, lengths = {}): Layout => ({
  names,
  more,
  lengths,
  numberOf: digits,
  write: (name, value) => {
    if (name === 'status') return { active: 'true', inactive: 'false' }[value] ?? value;
    if (name === 'hold') return value === 'yes' ? 'h' : '';
    return NUMERIC.has(name) ? digits(value) : value;
  },
});

const textual = (names: Record<string, string>): Layout => ({
  ...numeric(names),
  numberOf: undefined,
  write: plain,
});

const plain = (name: string, value: string): string =>
  name === 'status' ? ({ active: 'true', inactive: 'false' }[value] ?? value) : value;

/** Fields of SX.e's tables; which of them are assumed stands in docs/simulators.md. */
export const LAYOUTS: Record<Kind, Layout> = {
  customer: numeric(
    {
      ...{ number: 'custno', ...PARTY, hold: 'holdcd', group: 'custtype', creditLimit: 'credlim' },
      // Assumed, and not read unless the user names them.
      ...{ created: 'enterdt', open: 'totbal', overdue: 'pastdueamt', overdueDays: 'pastduedays' },
    },
    USER,
    LENGTHS,
  ),
  supplier: numeric({ number: 'vendno', ...PARTY }),
  item: textual({
    number: 'prod',
    name: 'descrip1',
    unit: 'unitstock',
    group: 'prodcat',
    status: 'statustype',
  }),
  purchaseOrder: numeric({
    ...{ number: 'pono', supplierNumber: 'vendno', status: 'stagecd', orderDate: 'orderdt' },
    ...{ currency: 'currencyty', amount: 'totordamt' },
  }),
  invoice: numeric(
    {
      ...{ number: 'invno', customerNumber: 'custno', invoiceDate: 'invdt', dueDate: 'duedt' },
      ...{ currency: 'currencyty', amount: 'amount' },
    },
    { statustype: 'true' },
  ),
  glAccount: textual({ number: 'gldivno', name: 'glname', type: 'gltype', status: 'statustype' }),
};
