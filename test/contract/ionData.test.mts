import fc from 'fast-check';
import { generateCustomers, type CustomerRow } from '../../sandbox/data/customers.mts';
import { fieldsOf, PROGRAMS } from '../../sandbox/ion/catalog.mts';

/** The invented customers fit M3's fields and hold every awkward case (infor.md §10). */

const { customers, repository, contacts } = generateCustomers(1, 60);
const addresses = [
  ...customers.flatMap(({ MAIL = '' }) => MAIL.split(';')),
  ...repository.values(),
  ...contacts.map(({ EMAL }) => EMAL),
];

const lengths = new Map(
  ['GetBasicData', 'GetFinancial', 'LstByNumber'].flatMap((name) =>
    fieldsOf(PROGRAMS.CRS610MI!.transactions[name]!.out).map((field) => [field.name, field.length] as const),
  ),
);

test('the same seed gives the same customers, and a larger number only adds', () => {
  fc.assert(
    fc.property(fc.integer(), fc.nat(80), fc.nat(80), (seed, few, more) => {
      const [small, large] = [generateCustomers(seed, few), generateCustomers(seed, few + more)];
      expect(large.customers.slice(0, few)).toEqual(small.customers);
      expect([...large.repository].slice(0, small.repository.size)).toEqual([...small.repository]);
      expect(large.contacts.slice(0, small.contacts.length)).toEqual(small.contacts);
    }),
    { numRuns: 50 },
  );
});

test('no value is longer than its field, however many customers there are', () => {
  for (const row of generateCustomers(2, 3000).customers)
    for (const [name, value] of Object.entries(row))
      expect([name, value, value.length <= (lengths.get(name) ?? 0)]).toEqual([name, value, true]);
});

test('every domain is of .example: no mail can ever reach a person', () => {
  const domains = addresses.filter((address) => address.includes('@')).map((address) => address.trim());
  for (const address of domains) expect(address.toLowerCase()).toMatch(/@[a-z0-9.-]*[a-z0-9]\.example$/);
});

test.each<[string, (row: CustomerRow) => boolean]>([
  ['no address', ({ MAIL }) => MAIL === ''],
  ['two whole addresses', ({ MAIL = '' }) => /^[^;@]+@[^;@]+\.example;[^;@]+@[^;@]+\.example$/.test(MAIL)],
  ['an address of exactly 50 characters', ({ MAIL = '' }) => MAIL.length === 50],
  ['a text that is no address', ({ MAIL = '' }) => MAIL !== '' && !MAIL.includes('@')],
  ['a malformed address', ({ MAIL = '' }) => MAIL.includes('@@')],
  ['trailing blanks in the address', ({ MAIL = '' }) => MAIL !== MAIL.trimEnd()],
  ['trailing blanks in the name', ({ CUNM = '' }) => CUNM !== CUNM.trimEnd()],
  ['an address in capitals', ({ MAIL = '' }) => /[A-Z]/.test(MAIL)],
  ['an inactive customer', ({ STAT }) => STAT === '90'],
  ['a preliminary customer', ({ STAT }) => STAT === '10'],
  ['a credit stop', ({ BLCD }) => BLCD !== '0'],
  ['an overdue amount', ({ TDIN }) => Number(TDIN) > 0],
  ['another payer', ({ CUNO, PYNO }) => PYNO !== CUNO],
  ['leading zeros', ({ PONO = '' }) => PONO.startsWith('0')],
  ['a name beyond ASCII', ({ CUNM = '' }) => /[^ -~]/.test(CUNM)],
  ['& in a name', ({ CUNM = '' }) => CUNM.includes('&')],
  ["' in a name", ({ CUNM = '' }) => CUNM.includes("'")],
  ['# in a name', ({ CUNM = '' }) => CUNM.includes('#')],
  ['" in a name', ({ CUNM = '' }) => CUNM.includes('"')],
])('sixty customers have one with %s', (_case, holds) => {
  expect(customers.some(holds)).toBe(true);
});

test('two customers share an address; one in the repository fills its 60 characters', () => {
  const mails = customers.map(({ MAIL }) => MAIL).filter((mail) => mail !== '');
  expect(new Set(mails).size).toBeLessThan(mails.length);
  expect([...repository.values()].map((address) => address.length)).toContain(60);
});

test('every payer is a customer', () => {
  const numbers = new Set(customers.map(({ CUNO }) => CUNO));
  for (const { PYNO } of customers) expect(numbers).toContain(PYNO);
});
