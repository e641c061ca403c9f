import { startIonSimulator, type IonSimulator } from '../../sandbox/ion/simulator.mts';

/** The simulated product lines refuse what the real ones refuse; client programs of our own, without our connectors. */

let ion: IonSimulator;
let token: string;
beforeAll(async () => {
  ion = await startIonSimulator({ customers: 250 });
  const { pu, ot, ci, cs, saak, sask } = JSON.parse(ion.ionapi()) as Record<string, string>;
  const form = {
    grant_type: 'password',
    client_id: ci!,
    client_secret: cs!,
    username: saak!,
    password: sask!,
  };
  const answer = await fetch(`${pu}${ot}`, { method: 'POST', body: new URLSearchParams(form) });
  token = ((await answer.json()) as { access_token: string }).access_token;
});
afterAll(() => ion.close());

interface Options {
  method?: string;
  headers?: Record<string, string>;
  body?: unknown;
}

async function call(path: string, { method = 'GET', headers = {}, body }: Options = {}) {
  const response = await fetch(`${ion.apiUrl}/${ion.tenant}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const isJson = text.startsWith('{') || text.startsWith('[');
  return { status: response.status, body: (isJson ? JSON.parse(text) : text) as Record<string, unknown> };
}

describe('CloudSuite Industrial', () => {
  const ido = '/CSI/IDORequestService/ido';
  const headers = { 'x-infor-mongooseconfig': 'ACME_DEM_MAIN' };
  const load = (query: Record<string, string>, given: Record<string, string> = headers) =>
    call(`${ido}/load/SLCustomers?${new URLSearchParams(query).toString()}`, { headers: given });

  test('wants a configuration that it has, by 200 or by 400', async () => {
    expect((await load({}, {})).body).toMatchObject({ Success: false });
    ion.industrial.settings.missingConfiguration = 'http400';
    expect((await load({}, { 'x-infor-mongooseconfig': 'NONE' })).status).toBe(400);
    ion.industrial.settings.missingConfiguration = 'http200';
  });

  test('gives 200 rows unless asked otherwise, all for 0, and tells of more', async () => {
    const sizes = async (query: Record<string, string>) => {
      const { Items, MoreRowsExist } = (await load(query)).body as {
        Items: unknown[];
        MoreRowsExist: boolean;
      };
      return [Items.length, MoreRowsExist];
    };
    expect(await sizes({})).toEqual([200, true]);
    expect(await sizes({ RECORDCAP: '-1' })).toEqual([200, true]);
    expect(await sizes({ recordCap: '0' })).toEqual([250, false]);
    expect(await sizes({ recordcap: '3' })).toEqual([3, true]);
  });

  test.each([
    ['an unknown property', { properties: 'Nonsense' }],
    ['an unknown property in the filter', { filter: "Nonsense = 'x'" }],
    ['a function in the filter', { filter: "UPPER(Name) = 'X'" }],
    ['an order by nothing', { orderby: 'Nonsense' }],
  ])('refuses %s at HTTP 200', async (_what, query) => {
    const { status, body } = await load(query);
    expect([status, body.Success, body.Items]).toEqual([200, false, null]);
  });

  test('refuses a bookmark of another order, a stale item id, and does only the first change', async () => {
    const { body } = await load({ recordcap: '2', orderby: 'CustNum' });
    const { Bookmark, Items } = body as { Bookmark: string; Items: Array<Record<string, string>> };
    const other = await load({ bookmark: Bookmark, loadtype: 'NEXT', orderby: 'Name' });
    expect(other.body.Success).toBe(false);
    const changeOf = (item: Record<string, string>, Value: string) => ({
      Action: 2,
      ItemId: item._ItemId,
      Properties: [{ Name: 'Name', Value, Modified: true, IsNull: false }],
    });
    const update = (...Changes: object[]) =>
      call(`${ido}/update/SLCustomers`, { method: 'POST', headers, body: { Changes } });
    const before = ion.industrial.writes.length;
    expect((await update(changeOf(Items[0]!, 'A'), changeOf(Items[1]!, 'B'))).body.Success).toBe(true);
    expect(ion.industrial.writes.length - before).toBe(1);
    expect((await update(changeOf(Items[0]!, 'C'))).body).toMatchObject({ Success: false });
  });

  test('knows only POST for an update', async () => {
    expect((await call(`${ido}/update/SLCustomers`, { headers })).status).toBeGreaterThanOrEqual(404);
  });
});

describe('Financials', () => {
  const list = (query: Record<string, string>, businessClass = 'Customer') =>
    call(
      `/FSM/fsm/soap/classes/${businessClass}/lists/_generic?${new URLSearchParams({ _out: 'JSON', ...query }).toString()}`,
    );

  test('tells of the list first, then gives texts', async () => {
    const { body } = await list({ _fields: 'Customer,Name', _limit: '2' });
    const [head, ...rows] = body as unknown as Array<Record<string, unknown>>;
    expect(head).toEqual({ _count: 2 });
    expect(
      rows.every(({ _fields }) => Object.values(_fields as object).every((v) => typeof v === 'string')),
    ).toBe(true);
  });

  test.each([
    ['an unknown field', { _fields: 'Nonsense' }],
    ['an unknown field in the filter', { _lplFilter: 'Nonsense = "x"' }],
    ['a filter that is none', { _lplFilter: 'Customer' }],
    ['a time that is none', { _fts: 'yesterday' }],
  ])('refuses %s with an exception', async (_what, query: Record<string, string>) => {
    const { status, body } = await list(query);
    expect(status).toBe(400);
    expect(body).toHaveProperty('exception.message');
  });

  test('knows its classes and actions only, and refuses a record of another group alone', async () => {
    expect((await list({}, 'Nonsense')).status).toBe(404);
    const number = [...ion.financials.table('customer').keys()][0]!;
    const record = (fields: object) => ({ message: 'BatchImport', _fields: { Customer: number, ...fields } });
    const batch = (records: object[]) =>
      call('/FSM/fsm/soap/classes/Customer/actions/Update/batch', {
        method: 'POST',
        body: { _records: records },
      });
    const { status, body } = await batch([
      record({ CustomerGroup: 'OTHER', Name: 'x' }),
      record({ CustomerGroup: 'ACME', Name: 'y' }),
      record({ CustomerGroup: 'ACME', Name: 'z'.repeat(101) }),
    ]);
    expect(status).toBe(200);
    const answers = body as unknown as Array<Record<string, unknown>>;
    expect(answers.slice(0, 3).map((answer) => 'exception' in answer)).toEqual([true, false, true]);
  });
});

describe('Distribution', () => {
  const sx = (name: string, request: object) =>
    call(`/SX/rest/sxapirestservice/${name}`, { method: 'POST', body: { request } });
  const context = { companyNumber: 1, operatorInit: 'sys' };

  test.each([
    ['no company', {}, 'sxapiargetcustomerlistv3'],
    ['no operator', { companyNumber: 1 }, 'sxapiargetcustomerlistv3'],
    ['an unknown call', context, 'sxapinonsense'],
    ['nothing to maintain', context, 'sxapiarcustomermnt'],
  ])('refuses %s by its message', async (_what, request, name) => {
    const { body } = await sx(name, request);
    expect((body.response as Record<string, string>).cErrorMessage).not.toBe('');
  });

  test('lists active customers without e-mail, and maintains each set on its own', async () => {
    const { body } = await sx('sxapiargetcustomerlistv3', { ...context, recordLimit: 3 });
    const { tCustLstV3 } = body.response as { tCustLstV3: { 't-custLstV3': object[] } };
    expect(tCustLstV3['t-custLstV3']).toHaveLength(3);
    expect(JSON.stringify(tCustLstV3)).not.toContain('@');
    const number = [...ion.distribution.table('customer').keys()][0]!;
    const line = (setNo: number, key1: string, fieldName: string) => ({
      ...{ setNo, seqNo: 1, key1, key2: '', updateMode: 'chg', fieldName, fieldValue: 'x' },
    });
    const lines = [line(1, number, 'name'), line(2, '999999', 'name'), line(3, number, 'nonsense')];
    const answer = await sx('sxapiarcustomermnt', { ...context, tMntTt: { 't-mnt-tt': lines } });
    const { returnData } = answer.body.response as { returnData: string };
    expect(returnData.split('\n').map((text) => text.includes('Update Successful'))).toEqual([
      true,
      false,
      false,
    ]);
  });
});
