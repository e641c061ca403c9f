import { startIonSimulator, type IonSimulator } from '../../sandbox/ion/simulator.mts';
import { ionApi, recordsOf, type Answer, type IonApi } from '../support/ionApi.mts';

/** EXPORTMI/Select answers with rows of text: infor.md (a) 12. */

let ion: IonSimulator;
let api: IonApi;

beforeEach(async () => {
  ion = await startIonSimulator({ customers: 60 });
  api = ionApi(ion);
});
afterEach(() => ion.close());

const select = (QERY: string, rest: Record<string, string> = {}): Promise<Answer> =>
  api.mi(`Select?${new URLSearchParams({ QERY, maxrecs: '0', ...rest }).toString()}`, 'EXPORTMI');

const rows = async (query: string, rest?: Record<string, string>): Promise<string[]> =>
  recordsOf(await select(query, rest)).map(({ REPL }) => REPL!);

const ALL =
  'OKCUNO,OKCUNM,OKMAIL,OKSTAT,OKLMDT,OKLMTS,OKCHNO,OKBLCD,OKTDIN,OKPYNO,OKCUST from OCUSMA where OKCONO = 100';

test('one row a customer, columns joined by SEPC, the header first where HDRS is 1', async () => {
  const answer = await rows(ALL, { SEPC: '|', HDRS: '1' });
  expect(answer).toHaveLength(61);
  expect(answer[0]).toBe('OKCUNO|OKCUNM|OKMAIL|OKSTAT|OKLMDT|OKLMTS|OKCHNO|OKBLCD|OKTDIN|OKPYNO|OKCUST');
  const { CUNO, CUNM, MAIL, STAT, LMDT, LMTS, CHNO, BLCD, TDIN, PYNO, CUST } =
    ion.m3.customers.get('Y30000')!;
  expect(answer[1]).toBe([CUNO, CUNM, MAIL, STAT, LMDT, LMTS, CHNO, BLCD, TDIN, PYNO, CUST].join('|'));
});

test.each([
  ["OKCUNO = 'Y30005'", 1],
  ["OKCUNO <> 'Y30005'", 59],
  ["OKCUNO >= 'Y30050'", 10],
  ["OKCUNO > 'Y30050'", 9],
  ["OKCUNO <= 'Y30005'", 6],
  ["OKCUNO < 'Y30005'", 5],
  ["OKCONO = 100 and OKCUNO > 'Y30002' and OKCUNO < 'Y30005'", 2],
  ["OKSTAT = '90'", 2],
  ['OKTDIN > 999', 2],
])('where %s', async (where, count) => {
  expect(await rows(`OKCUNO from OCUSMA where ${where}`)).toHaveLength(count);
});

test('numbers compare as numbers, also in quotes; quotes inside a text are doubled', async () => {
  ion.m3.changeCustomer('Y30001', { CUNM: "O'Brien and Sons", TDIN: '9.00' });
  expect(await rows("OKCUNO from OCUSMA where OKCUNM = 'O''Brien and Sons'")).toEqual(['Y30001']);
  expect(await rows("OKCUNO from OCUSMA where OKTDIN > '8' and OKTDIN < '1000'")).toEqual(['Y30001']);
});

test('OKLMTS finds what changed since', async () => {
  ion.m3.changeCustomer('Y30007', { TOWN: 'Delft' });
  const { LMTS } = ion.m3.customers.get('Y30007')!;
  expect(await rows(`OKCUNO from OCUSMA where OKLMTS >= ${LMTS}`)).toEqual(['Y30007']);
});

test('the e-mail repository and the contacts are tables, too', async () => {
  const repository = await rows("CBEMTP,CBEMKY,CBEMAL from CEMAIL where CBEMTP = '04'");
  expect(repository).toHaveLength(ion.m3.repository.size);
  expect(repository[0]).toMatch(/^04;Y3\d{4};\S+@\S+\.example$/);
  expect(await rows('CCCNPE,CCEMAL from CCUCON')).toHaveLength(ion.m3.contacts.size);
});

test.each([
  'select OKCUNO from OCUSMA',
  'OKCUNO from NOTABLE',
  'OKCUNO from constructor',
  'CUNO from OCUSMA',
  'OKNONE from OCUSMA',
  'OKCUNO from OCUSMA where',
  'OKCUNO from OCUSMA where OKCUNO = Y30000',
  "OKCUNO from OCUSMA where OKCUNO = 'Y30000' or OKCUNO = 'Y30001'",
  "OKCUNO from OCUSMA where OKLMDT >= 'today'",
])('refuses %s', async (query) => {
  expect(await select(query)).toMatchObject({ status: 400, body: { errorField: 'QERY' } });
});

test('LstFields names the columns of a table with their lengths', async () => {
  const fields = recordsOf(await api.mi('LstFields?FILE=OCUSMA', 'EXPORTMI'));
  const lengths = new Map(fields.map(({ FLDN, FLLE }) => [FLDN, FLLE]));
  expect(['OKCUNO', 'OKMAIL', 'OKLMTS', 'OKCHNO'].map((name) => lengths.get(name))).toEqual([
    '10',
    '50',
    '18',
    '3',
  ]);
  for (const { FLLE } of fields) expect(Number(FLLE)).toBeGreaterThan(0);
  expect((await api.mi('LstFields?FILE=valueOf', 'EXPORTMI')).status).toBe(400);
});

test('QERY may have 982 characters, not more', async () => {
  const query = (length: number): string => 'OKCUNO from OCUSMA'.padStart(length);
  expect((await select(query(982))).status).toBe(200);
  expect((await select(query(983))).status).toBe(400);
});

test('a row is cut at 3,985 characters, without a word', async () => {
  ion.m3.changeCustomer('Y30000', { CUNM: 'x'.repeat(5000) });
  const [row] = await rows("OKCUNM from OCUSMA where OKCUNO = 'Y30000'");
  expect(row).toHaveLength(3985);
});
