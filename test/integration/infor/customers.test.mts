import { itemsOf, startScene, type Scene } from './scene.mts';

let scene: Scene;
beforeEach(async () => void (scene = await startScene()));
afterEach(() => scene.ion.close());

const numbers = (parties: Array<{ number: string }>): string[] => parties.map(({ number }) => number);

describe('reading all customers', () => {
  test.each([0, 1, 999, 1000, 1001, 2500])('gives each of %d exactly once, in order', async (count) => {
    await scene.ion.close();
    scene = await startScene({ customers: count });
    const { parties, error } = await scene.read();
    expect(error).toBeUndefined();
    expect(numbers(parties)).toEqual([...scene.ion.m3.customers.keys()].sort());
  });

  test.each(['MAIL', 'CRS111MI', 'CRS618MI'])(
    'with financial status and addresses in %s costs a few requests a page',
    async (emailHome) => {
      await scene.ion.close();
      scene = await startScene({ customers: 1990 });
      const { parties } = await scene.read({ emailHome, withFinancials: true });
      expect(parties).toHaveLength(1990);
      expect(scene.ion.requests.all.length).toBeLessThanOrEqual(11);
    },
  );

  test.each(['MAIL', 'CRS111MI', 'CRS618MI'])(
    'is complete when the tenant caps its pages at 200 (%s)',
    async (emailHome) => {
      await scene.ion.close();
      scene = await startScene({ customers: 900 });
      const whole = (await scene.read({ emailHome })).parties;
      scene.ion.settings.maxRecordsCap = 200;
      expect((await scene.read({ emailHome })).parties).toEqual(whole);
    },
  );

  test('turns M3’s fields into a party', async () => {
    const { ion } = scene;
    ion.m3.changeCustomer('Y30000', {
      CUNM: 'Åsa & Söner  ',
      MAIL: 'a@one.example; B@one.example ;a@one.example',
      PYNO: 'Y30001',
      CUST: 'Y30000',
      ...{ BLCD: '0', TDIN: '12,50', ODUE: '7', TOIN: 'n/a', CRL2: '0', CCUS: 'Y30009' },
    });
    const { parties } = await scene.read({ withFinancials: true });
    expect(parties[0]).toMatchObject({
      kind: 'customer',
      number: 'Y30000',
      name: 'Åsa & Söner',
      emails: ['a@one.example', 'B@one.example'],
      status: 'active',
      financialStatus: 'overdue',
      parentNumber: '',
      payerNumber: 'Y30001',
      groupNumber: 'Y30009',
      financials: { stopped: false, overdueAmount: 12.5, overdueDays: 7, openAmount: null, creditLimit: 0 },
      modifiedAt: expect.stringMatching(/^\d{4}-\d{2}-\d{2}$/),
    });
    expect(parties[0]).not.toHaveProperty('raw');
  });

  test('tells stopped, overdue, good and unknown apart', async () => {
    scene.ion.m3.changeCustomer('Y30000', { BLCD: '2', TDIN: '9' });
    scene.ion.m3.changeCustomer('Y30001', { BLCD: '0', TDIN: '0.01' });
    scene.ion.m3.changeCustomer('Y30002', { BLCD: '', TDIN: '0' });
    const statuses = async (withFinancials: boolean) =>
      (await scene.read({ withFinancials })).parties
        .slice(0, 3)
        .map(({ financialStatus }) => financialStatus);
    expect(await statuses(true)).toEqual(['stopped', 'overdue', 'good']);
    expect(await statuses(false)).toEqual(['unknown', 'unknown', 'unknown']);
  });

  test('takes the status codes that the user calls active', async () => {
    const { parties } = await scene.read({ getAllOptions: { activeStatuses: '20, 10' } });
    expect(parties[13]!.status).toBe('inactive');
    expect(parties[15]!.status).toBe('active');
  });

  test('finds addresses in the repository and with contact persons', async () => {
    const repository = (await scene.read({ emailHome: 'CRS111MI' })).parties;
    expect(repository[1]!.emails).toEqual(['office@mail-1.example']);
    expect(repository[7]!.emails).toEqual([]);
    const contacts = (await scene.read({ emailHome: 'CRS618MI' })).parties;
    expect(contacts[2]!.emails).toEqual(['person1@mail-2.example', 'person2@mail-2.example']);
    expect(contacts[13]!.emails).toEqual([]);
  });

  test('filters by M3’s own fields and stops at the limit', async () => {
    const filters = { filter: [{ field: 'cucl', value: '100' }] };
    const { parties } = await scene.read({
      returnAll: false,
      limit: 3,
      getAllOptions: { filters },
      simplify: false,
    });
    expect(parties).toHaveLength(3);
    expect(parties.every(({ raw }) => raw.CUCL === '100')).toBe(true);
  });

  test('begins after a number', async () => {
    expect(numbers((await scene.read({ getAllOptions: { startAfter: 'Y30057' } })).parties)).toEqual([
      'Y30058',
      'Y30059',
    ]);
  });
});

describe('reading what changed', () => {
  const since = async (): Promise<string> => {
    const [item] = itemsOf(await scene.run({ resource: 'system', operation: 'getServerTime' }));
    return String(item!.cursor);
  };

  test.each(['inclusive', 'exclusive'] as const)(
    'finds exactly the changed customers when M3’s filter is %s',
    async (lmtsFilter) => {
      scene.ion.settings.lmtsFilter = lmtsFilter;
      const cursor = await since();
      for (const number of ['Y30003', 'Y30004']) scene.ion.m3.changeCustomer(number, { YREF: 'New' });
      expect(
        numbers(
          (await scene.read({ changedSince: cursor, withFinancials: true, emailHome: 'CRS111MI' })).parties,
        ),
      ).toEqual(['Y30003', 'Y30004']);
    },
  );

  test.each([-600_000, 600_000])(
    'loses nothing when the server’s clock is %d ms off ours',
    async (clockSkewMs) => {
      scene.ion.settings.clockSkewMs = clockSkewMs;
      const cursor = await since();
      scene.ion.m3.changeCustomer('Y30003', { YREF: 'New' });
      expect(numbers((await scene.read({ changedSince: cursor })).parties)).toEqual(['Y30003']);
    },
  );

  test('gives nothing for a cursor in the future, and everything for none', async () => {
    expect((await scene.read({ changedSince: String(Date.now() + 3_600_000) })).parties).toEqual([]);
    expect((await scene.read({ changedSince: '' })).parties).toHaveLength(60);
  });

  test('refuses a cursor that is none', async () => {
    expect((await scene.read({ changedSince: 'yesterday' })).error?.message).toContain('[SYNC_SETTING]');
  });
});

describe('one customer', () => {
  const get = (number: string) =>
    scene.run({ resource: 'customer', operation: 'get', number, withFinancials: true, emailHome: 'MAIL' });

  test('comes with everything in one request', async () => {
    expect(itemsOf(await get('Y30017'))).toMatchObject([
      { number: 'Y30017', financialStatus: 'stopped', payerNumber: expect.any(String) },
    ]);
    expect(scene.ion.requests.all).toHaveLength(1);
  });

  test.each(['http200', 'http400', 'auto'] as const)(
    'that does not exist is said so, with errors by %s',
    async (m3ErrorStyle) => {
      scene.ion.settings.m3ErrorStyle = m3ErrorStyle;
      expect((await get('NOBODY')).error?.message).toContain('[INFOR_NOT_FOUND]');
    },
  );
});

describe('page drift', () => {
  test('a customer deleted at the page’s edge costs no other customer', async () => {
    await scene.ion.close();
    scene = await startScene({ customers: 1500 });
    const edge = [...scene.ion.m3.customers.keys()].sort()[999]!;
    scene.ion.faults.add({
      kind: 'delay',
      delayMs: 1,
      path: /LstByNumber/,
      skip: 1,
      where: () => (scene.ion.m3.removeCustomer(edge), true),
    });
    const { parties } = await scene.read();
    expect(numbers(parties).filter((number) => number !== edge)).toEqual(
      [...scene.ion.m3.customers.keys()].sort(),
    );
    expect(new Set(numbers(parties)).size).toBe(parties.length);
  });
});
