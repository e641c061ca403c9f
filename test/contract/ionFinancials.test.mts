import { startIonSimulator, type IonSimulator } from '../../sandbox/ion/simulator.mts';
import { ionApi } from '../support/ionApi.mts';

/** The simulated Landmark is no kinder than Landmark: it refuses what that refuses (infor §5). */

let ion: IonSimulator;
let token: string;
beforeAll(async () => {
  ion = await startIonSimulator({ customers: 20, seed: 7, business: 12 });
  token = await ionApi(ion).login();
});
afterAll(() => ion.close());
afterEach(() => {
  ion.financials.denied.clear();
  ion.financials.writes.length = 0;
});

interface Answer {
  status: number;
  type: string;
  text: string;
}

async function ask(path: string, init: RequestInit = {}, prefix = 'FSM/fsm'): Promise<Answer> {
  const url = `${ion.apiUrl}/${ion.tenant}/${prefix}/soap/classes${path}`;
  const headers = { authorization: `Bearer ${token}`, ...init.headers };
  const response = await fetch(url, { ...init, headers });
  const type = response.headers.get('content-type') ?? '';
  return { status: response.status, type, text: await response.text() };
}

const list = (query: Record<string, string>, name = 'Customer/lists/_generic'): Promise<Answer> =>
  ask(`/${name}?${new URLSearchParams({ _out: 'JSON', ...query }).toString()}`);

interface Entry {
  _count?: number;
  _links?: Array<{ rel: string; href: string }>;
  _fields?: Record<string, string>;
  message?: string;
  exception?: { message: string };
}
const entriesOf = ({ text }: Answer): Entry[] => JSON.parse(text) as Entry[];

const post = (body: unknown, path = '/Customer/actions/Update/batch'): Promise<Answer> =>
  ask(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
const importOf = (fields: Record<string, unknown>) => ({ message: 'BatchImport', _fields: fields });
const someone = (): string => ion.financials.sorted('customer')[0]![0];

test('a list is an array whose first element is no record, and all values are texts', async () => {
  const [about, ...rows] = entriesOf(await list({ _fields: 'Customer,Name,CreditHold', _limit: '3' }));
  expect(about).toEqual({ _count: 3 });
  expect(rows).toHaveLength(3);
  for (const { _fields } of rows)
    expect(Object.values(_fields!).every((v) => typeof v === 'string')).toBe(true);
});

test('without _out=JSON the answer is XML', async () => {
  expect((await ask('/Customer/lists/_generic?_limit=1')).type).toContain('xml');
});

test.each([
  [{ _fields: 'Customer,Nothing' }, 'Nothing'],
  [{ _lplFilter: 'Nothing = "1"' }, 'Nothing'],
  [{ _lplFilter: 'Customer = ' }, 'not valid'],
  [{ _lplFilter: '(Customer = "1"' }, 'parenthesis'],
  [{ _filter: 'Nothing::1' }, 'Nothing'],
  [{ _limit: '0' }, '_limit'],
  [{ _limit: 'all' }, '_limit'],
  [{ _fts: '2024-01-01' }, 'time'],
  [{ _setName: 'Mine' }, 'Mine'],
  [{ _page: '2' }, '_page'],
])('%j is refused with an exception that names it', async (query: Record<string, string>, named) => {
  const answer = await list(query);
  expect(answer.status).toBe(400);
  expect((JSON.parse(answer.text) as Entry).exception!.message).toContain(named);
});

test('what does not exist is 404, a wrong verb 405, a closed class 403, a long address 414', async () => {
  expect((await list({}, 'Debtor/lists/_generic')).status).toBe(404);
  expect((await list({}, 'Customer/lists/Mine')).status).toBe(404);
  expect((await post({ _records: [] }, '/Customer/actions/Change/batch')).status).toBe(404);
  expect((await ask('/Customer/actions/Find?CustomerGroup=ACME&Customer=NOBODY')).status).toBe(404);
  expect((await post({}, '/Customer/lists/_generic')).status).toBe(405);
  expect((await ask('/Customer/actions/Update/batch')).status).toBe(405);
  expect((await list({ _lplFilter: `Name = "${'x'.repeat(9000)}"` })).status).toBe(414);
  expect((await ask('', {}, 'fsm')).status).toBe(404);
  ion.financials.denied.add('customer');
  expect((await list({})).status).toBe(403);
  expect((await post({ _records: [] })).status).toBe(403);
});

test('without a token nothing is answered', async () => {
  expect((await ask('', { headers: { authorization: '' } })).status).toBe(401);
});

test('all fields of a record are its own, not those of related records', async () => {
  const [, row] = entriesOf(await list({ _fields: '_all', _limit: '1' }));
  expect(Object.keys(row!._fields!).filter((name) => name.includes('.'))).toEqual([]);
});

test('both filters, the count, Find and the times of change agree', async () => {
  const number = someone();
  const rowsOf = async (query: Record<string, string>) => entriesOf(await list(query)).slice(1);
  expect(await rowsOf({ _filter: `Customer::${number}|CustomerGroup::ACME` })).toHaveLength(1);
  expect(await rowsOf({ _lplFilter: `Customer = "${number}" and CustomerGroup = "ACME"` })).toHaveLength(1);
  expect(entriesOf(await list({ _recordCountOnly: 'true' }))).toEqual([{ _count: 20 }]);
  const found = await ask(`/Customer/actions/Find?CustomerGroup=ACME&Customer=${encodeURIComponent(number)}`);
  expect(entriesOf(found)[1]!._fields!.Customer).toBe(number);
  expect(await rowsOf({ _fts: '2999010100000000' })).toEqual([]);
  expect(await rowsOf({ _tts: '1999010100000000' })).toEqual([]);
});

test('a cut list names its rest only where links are asked for', async () => {
  Object.assign(ion.financials.settings, { limitCap: 5, rest: 'next' });
  const [silent] = entriesOf(await list({ _limit: '100', _links: 'false' }));
  expect(silent!._links).toBeUndefined();
  const [about, first] = entriesOf(await list({ _limit: '100', _links: 'true' }));
  const next = about!._links!.find(({ rel }) => rel === 'next')!.href;
  const response = await fetch(ion.apiUrl + next, { headers: { authorization: `Bearer ${token}` } });
  const rows = ((await response.json()) as Entry[]).slice(1);
  expect(rows).toHaveLength(5);
  expect(rows).not.toContainEqual(first);
  Object.assign(ion.financials.settings, { limitCap: 0, rest: 'untold' });
});

test('each record of a batch has its own outcome, at HTTP 200', async () => {
  const key = { CustomerGroup: 'ACME', Customer: someone() };
  const answer = await post({
    _records: [
      importOf({ ...key, Phone: '1' }),
      importOf({ ...key, Customer: 'NOBODY', Phone: '2' }),
      importOf({ ...key, CustomerGroup: 'OTHER', Phone: '3' }),
      importOf({ Customer: key.Customer, Phone: '4' }),
      importOf({ ...key, Nothing: '5' }),
      importOf({ ...key, Phone: 'x'.repeat(31) }),
      importOf({ ...key, Phone: 6 }),
      importOf({ ...key, 'CurrentAddressRel.PostalAddress.Municipality': 'Köln' }),
      { _fields: { ...key, Phone: '7' } },
      { message: 'BatchImport' },
    ],
  });
  expect(answer.status).toBe(200);
  const outcomes = entriesOf(answer);
  expect(outcomes[0]).toEqual({ message: 'Customer updated' });
  expect(outcomes.slice(1, 10).every(({ exception }) => exception !== undefined)).toBe(true);
  expect(outcomes[10]).toEqual({ batchStatus: 'Complete' });
  expect(ion.financials.writes).toHaveLength(1);
});

test('a batch without records, or with too many, is refused whole', async () => {
  expect((await post({})).status).toBe(400);
  const key = { CustomerGroup: 'ACME', Customer: someone() };
  const many = Array.from({ length: 501 }, () => importOf({ ...key, Phone: '1' }));
  expect((await post({ _records: many })).status).toBe(504);
  expect(ion.financials.writes).toEqual([]);
});
