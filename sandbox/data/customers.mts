import { Random } from '../kit/random.mts';

/** A row of M3's customer master; every value is text, as M3's API gives it. */
export type CustomerRow = Record<string, string>;

export interface ContactRow {
  CNPE: string;
  STAT: string;
  NAMF: string;
  NAMS: string;
  EMRE: string;
  EMAL: string;
}

export interface Customers {
  customers: CustomerRow[];
  /** CRS111: customer number → address. */
  repository: Map<string, string>;
  /** CRS618. */
  contacts: ContactRow[];
}

const FIRST = [
  'Nordic',
  'Café',
  'Müller',
  "O'Brien",
  'Øresund',
  'Smith & Sons',
  'No. #1',
  'Łódź',
  'Atlas',
  'Harbour',
  'Alpine',
  'Żubr',
  'Señor',
  'Delta',
  'Vélo',
];
const SECOND = [
  'Bikes',
  'Supply',
  'Werkzeuge',
  'Marine',
  'Tools',
  'Kitchens',
  'Paper',
  'Lumber',
  'Optics',
  'Textiles',
  'Valves',
  'Garden',
];
const FORMS = ['AB', 'GmbH', 'Ltd', 'BV', 'SA', 'Oy', 'Inc.', ''];
const PLACES: Array<[town: string, postal: string, country: string, state: string, language: string]> = [
  ['Stockholm', '11122', 'SE', '', 'SE'],
  ['Göteborg', '41101', 'SE', '', 'SE'],
  ['Delft', '2611 AA', 'NL', '', 'NL'],
  ['Köln', '50667', 'DE', '', 'DE'],
  ['Columbus', '43215', 'US', 'OH', 'GB'],
  ['Dayton', '45402', 'US', '', 'GB'],
  ['Leeds', 'LS1 4AP', 'GB', '', 'GB'],
  ['Lyon', '69001', 'FR', '', 'FR'],
];
const PEOPLE = ['Åsa Berg', 'Jan de Vries', 'Zoë Müller', 'Luis Peña', 'Mary Smith', 'Kim Larsen'];

const slug = (name: string): string =>
  name
    .normalize('NFD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');

/** How one customer in about thirty deviates; the index decides, so that each case is there from 60 customers on. */
const AWKWARD: Record<number, (row: CustomerRow, index: number) => void> = {
  3: (row) => (row.MAIL = ''),
  // A short host: both addresses have to fit into the 50 characters of MAIL.
  5: (row, index) => (row.MAIL = `sales@two-${index}.example;info@two-${index}.example`),
  7: (row, index) =>
    (row.MAIL = `${String(index).padStart(50 - '@fifty.example'.length, 'a')}@fifty.example`),
  9: (row) => (row.MAIL = 'no address'),
  11: (row) => (row.MAIL = `${row.MAIL}   `),
  12: (row) => (row.MAIL = (row.MAIL ?? '').toUpperCase()),
  13: (row) => (row.STAT = '90'),
  15: (row) => (row.STAT = '10'),
  17: (row) => (row.BLCD = '1'),
  18: (row) => Object.assign(row, { TDIN: '1250.50', ODUE: '34' }),
  14: (row) => (row.CCUS = 'Y30000'),
  16: (row) => (row.CCUS = 'G-NORTH'),
  // Three customers each share an address.
  19: (row, index) => (row.MAIL = `purchasing@group-${Math.floor(index / 90)}.example`),
  21: (row) => (row.MAIL = 'ap@@broken.example'),
  23: (row) => Object.assign(row, { CUA1: '', PONO: '' }),
  25: (row) => (row.CUNM = `${row.CUNM?.slice(0, 30) ?? ''}   `),
  26: (row) => (row.CUNM = 'The "Blue" Anchor'),
  27: (row) => (row.PONO = '00750'),
};

function customer(index: number, random: Random): CustomerRow {
  const name = `${random.pick(FIRST)} ${random.pick(SECOND)} ${random.pick(FORMS)}`.trim().slice(0, 36);
  const [town, postal, country, state, language] = random.pick(PLACES);
  const number = `Y${30_000 + index}`;
  const host = `${slug(name).slice(0, 18)}-${index}.example`;
  const row: CustomerRow = {
    CONO: '100',
    DIVI: '',
    CUNO: number,
    CUNM: name,
    CUA1: `${random.pick(['Storgatan', 'Kade', 'High St', 'Rue du Port'])} ${random.int(1, 99)}`,
    CUA2: '',
    CUA3: '',
    CUA4: '',
    PONO: postal,
    TOWN: town,
    CSCD: country,
    ECAR: state,
    LNCD: language,
    PHNO: `+46${random.int(10_000_000, 99_999_999)}`,
    PHN2: '',
    TFNO: '',
    MAIL: `info@${host}`,
    VRNO: `${country}${random.int(100_000_000, 999_999_999)}`,
    STAT: '20',
    CUTP: '0',
    CUCL: random.pick(['100', '200', '300']),
    SMCD: `S0${random.int(1, 5)}`,
    CUCD: country === 'SE' ? 'SEK' : 'EUR',
    ALCU: name.slice(0, 10).toUpperCase(),
    YREF: random.pick(PEOPLE),
    PYNO: number,
    CUST: number,
    INRC: number,
    PYGR: '',
    CCUS: '',
    BLCD: '0',
    CRLM: '0',
    CRL2: '50000',
    CRL3: '60000',
    ODUD: '0',
    TDIN: '0.00',
    TOIN: `${random.int(0, 9000)}.00`,
    TBLG: '0.00',
    ODUE: '0',
    TEPY: '30',
    CFC1: '',
    CFC3: '',
    RGDT: '20200101',
  };
  if (random.chance(0.08) && index > 10) row.PYNO = row.CUST = `Y${30_000 + random.int(0, index - 1)}`;
  AWKWARD[index % 30]?.(row, index);
  return row;
}

/** Invented customers of a regional distributor; the same seed gives the same ones, and more of them only add. */
export function generateCustomers(seed: number, count: number): Customers {
  const random = new Random(seed);
  const customers = Array.from({ length: count }, (_, index) => customer(index, random));
  // A sequence of their own: contacts must not depend on how many customers were drawn before.
  const people = new Random(seed + 1);
  const repository = new Map<string, string>();
  const contacts: ContactRow[] = [];
  customers.forEach(({ CUNO = '' }, index) => {
    const host = `mail-${index}.example`;
    if (index % 7 !== 0)
      repository.set(
        CUNO,
        index % 11 === 0 ? `${'b'.repeat(60 - '@sixty.example'.length)}@sixty.example` : `office@${host}`,
      );
    for (let i = 0; i < index % 3; i++) {
      const [NAMF = '', ...rest] = people.pick(PEOPLE).split(' ');
      contacts.push({
        CNPE: `${CUNO}-${i + 1}`,
        STAT: index % 13 === 0 ? '90' : '20',
        NAMF,
        NAMS: rest.join(' '),
        EMRE: CUNO,
        EMAL: `person${i + 1}@${host}`,
      });
    }
  });
  return { customers, repository, contacts };
}
