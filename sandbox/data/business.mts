import { Random } from '../kit/random.mts';

/** Rows of M3's other tables; every value is text. */
export type Row = Record<string, string>;

export interface Business {
  suppliers: Row[];
  supplierReferences: Row[];
  items: Row[];
  purchaseOrders: Row[];
  invoices: Row[];
  accounts: Row[];
}

const NAMES = ['Rheinstahl', 'Tuile & Fils', 'O’Hara Metals', 'Łąka Sp. z o.o.', 'Søborg', '#9 Foundry'];
const TOWNS = ['Köln', 'Lyon', 'Cork', 'Łódź', 'Aarhus', 'Bergen'];
const COUNTRIES = ['DE', 'FR', 'IE', 'PL', 'DK', 'NO'];
const THINGS = [
  'Bearing',
  'Gasket 1/2"',
  'Schraube M8',
  'Joint d’étanchéité',
  'Bolt ^ Nut',
  'Pump; complete',
];

const number = (prefix: string, n: number, width: number): string => prefix + String(n).padStart(width, '0');

/** Every fifth supplier has no address, every seventh two, every eleventh a malformed one. */
function referencesOf(supplier: string, n: number): Row[] {
  if (n % 5 === 0) return [];
  const row = (RFID: string, EMAL: string): Row => ({
    ...{ CONO: '100', SUNO: supplier, RFTY: '1', RFID, YRE1: 'Sales' },
    ...{ PHNO: '', TFNO: '', EMAL, SUCM: '', REMK: '' },
  });
  const own = row('MAIN', n % 11 === 0 ? 'orders at supplier' : `orders@supplier${n}.example`);
  return n % 7 === 0 ? [own, row('SALES', `sales@supplier${n}.example`)] : [own];
}

const ymd = (at: number): string => new Date(at).toISOString().slice(0, 10).replaceAll('-', '');
const DAY = 86_400_000;

function supplierOf(n: number, random: Random): Row {
  const at = random.int(0, NAMES.length - 1);
  return {
    ...{ CONO: '100', SUNO: number('S', 10_000 + n, 5), SUTY: '0', SUNM: `${NAMES[at]!} ${n}` },
    ...{ STAT: n % 13 === 0 ? '90' : n % 17 === 0 ? '10' : '20', LNCD: 'GB', CSCD: COUNTRIES[at]! },
    ...{ ECAR: '', PHNO: `+49 30 ${1000 + n}`, PHN2: '', TFNO: '', TLNO: '', VRNO: `DE${100_000_000 + n}` },
    ...{ CUCD: 'EUR', SUCM: '', CFI1: '', CFI2: '', ADR1: `Kai ${n}`, ADR2: '', TOWN: TOWNS[at]! },
    PONO: String(10_000 + n),
  };
}

const itemOf = (n: number, random: Random): Row => ({
  ...{ CONO: '100', ITNO: number('B', n, 5), STAT: n % 9 === 0 ? '90' : '20', UNMS: 'PCS' },
  ...{ ITGR: `G${n % 4}`, ITCL: 'C1', ITTY: '20', BUAR: '', RESP: 'JDOE' },
  ITDS: `${random.pick(THINGS)} ${n}`,
});

const orderOf = (n: number, supplier: string, now: number): Row => ({
  ...{
    CONO: '100',
    PUNO: String(4_000_000 + n),
    SUNO: supplier,
    PUST: n % 3 === 0 ? '85' : '20',
    PUSL: '20',
  },
  ...{ PUDT: ymd(now - (n % 300) * DAY), CUCD: 'EUR', NTAM: (n * 12.5).toFixed(2), ORTY: 'A10' },
  ...{ BUYE: 'JDOE', FACI: 'A01', WHLO: '001' },
});

const invoiceOf = (n: number, customer: string, now: number): Row => {
  const date = now - (n % 500) * DAY;
  return {
    ...{ CONO: '100', DIVI: 'AAA', PYNO: customer, CUNO: customer, CINO: String(100_000 + n) },
    ...{ INYR: ymd(date).slice(0, 4), YEA4: ymd(date).slice(0, 4), JRNO: String(500 + n), JSNO: '1' },
    ...{ VONO: String(n), TRCD: '10', CUCD: n % 4 === 0 ? 'SEK' : 'EUR', RECO: n % 2 === 0 ? '9' : '0' },
    ...{ CUAM: (n % 6 === 0 ? -n * 10.01 : n * 99.99).toFixed(2), REDE: '0', PYCD: '', IVDT: ymd(date) },
    DUDT: ymd(date + 30 * DAY),
  };
};

const accountOf = (n: number): Row => ({
  ...{ CONO: '100', DIVI: '', AITP: '1', AITM: String(1000 + n * 10), AICL: n % 2 ? 'BAL' : 'RES' },
  ...{ TX40: `Account ${n} Überschuß`, TX15: `Account ${n}`, LCCD: n % 10 === 0 ? '1' : '0' },
});

/** What else M3 holds, so many suppliers and in proportion to them; the same seed gives the same rows. */
export function generateBusiness(seed: number, count: number, customers: string[], now: number): Business {
  const random = new Random(seed);
  const each = <T,>(make: (n: number) => T): T[] => Array.from({ length: count }, (_, i) => make(i + 1));
  const suppliers = each((n) => supplierOf(n, random));
  return {
    suppliers,
    supplierReferences: suppliers.flatMap(({ SUNO = '' }, i) => referencesOf(SUNO, i + 1)),
    items: each((n) => itemOf(n, random)),
    purchaseOrders: each((n) => orderOf(n, suppliers[n % suppliers.length]!.SUNO!, now)),
    invoices: customers.length === 0 ? [] : each((n) => invoiceOf(n, customers[n % customers.length]!, now)),
    accounts: Array.from({ length: Math.min(count, 200) }, (_, i) => accountOf(i + 1)),
  };
}
