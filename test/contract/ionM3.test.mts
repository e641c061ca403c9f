import { startIonSimulator, type IonSimulator } from '../../sandbox/ion/simulator.mts';
import { ionApi, recordsOf, resultsOf, type IonApi } from '../support/ionApi.mts';

/** The simulated M3 answers as the v2 API is known to: infor.md (a) 6 to 11. */

let ion: IonSimulator;
let api: IonApi;

beforeEach(async () => {
  ion = await startIonSimulator({ customers: 130 });
  api = ionApi(ion);
});
afterEach(() => ion.close());

const numbers = async (call: string): Promise<string[]> =>
  recordsOf(await api.mi(call)).map(({ CUNO }) => CUNO!);

describe('calls', () => {
  test('options may be matrix parameters; _rid means nothing', async () => {
    const query = await numbers('LstByNumber?maxrecs=3&returncols=CUNO,CUNM&CUNO=Y30010');
    const matrix =
      'LstByNumber;metadata=false;maxrecs=3;excludempty=false;cono=100;divi=AAA;returncols=CUNO,CUNM';
    expect(await numbers(`${matrix}?CUNO=Y30010&_rid=abc123`)).toEqual(query);
    expect(query).toEqual(['Y30010', 'Y30011', 'Y30012']);
  });

  test('CONO is a field, cono the context; a company that is not there is refused in both', async () => {
    expect((await api.mi('GetServerTime?cono=100', 'GENERAL')).status).toBe(200);
    expect((await api.mi('GetServerTime?CONO=100', 'GENERAL')).body).toMatchObject({ errorField: 'CONO' });
    expect((await api.mi('LstByNumber?cono=999')).status).toBe(400);
    expect((await api.mi('LstByNumber?CONO=999')).status).toBe(400);
  });

  test('an option in upper case is taken for a field, and one that cannot be read is refused', async () => {
    for (const query of ['MAXRECS=5', 'maxrecs=all', 'maxrecs=-1', 'dateformat=ISO', 'returncols=NONE'])
      expect([query, (await api.mi(`LstByNumber?${query}`)).status]).toEqual([query, 400]);
  });
});

describe('answers', () => {
  test('the envelope has M3’s spelling, and no key that says nothing', async () => {
    const { body } = await api.mi('GetBasicData?CUNO=Y30000&returncols=CUNO,STAT');
    expect(body).toEqual({
      results: [{ transaction: 'GetBasicData', records: [{ CUNO: 'Y30000', STAT: '20' }] }],
      wasTerminated: false,
      nrOfSuccessfullTransactions: 1,
      nrOfFailedTransactions: 0,
      nrOfNotProcessedTransactions: 0,
    });
  });

  test('every value is text', async () => {
    for (const name of ['LstByNumber?maxrecs=0', 'GetBasicData?CUNO=Y30000', 'GetFinancial?CUNO=Y30000'])
      for (const record of recordsOf(await api.mi(name)))
        expect(Object.values(record).every((value) => typeof value === 'string')).toBe(true);
  });

  test('a change without output fields answers without records', async () => {
    const [result] = resultsOf(await api.mi('ChgFinancial?CUNO=Y30000&BLCD=1'));
    expect(result).toEqual({ transaction: 'ChgFinancial' });
    expect(ion.m3.customers.get('Y30000')!.BLCD).toBe('1');
  });

  test('extendedresult repeats the input', async () => {
    const answer = await api.mi('GetBasicData?CUNO=Y30000&extendedresult=true');
    expect(resultsOf(answer)[0]).toHaveProperty('parameters', { CUNO: 'Y30000' });
  });
});

describe('errors', () => {
  const padded = /^WCU0203 +CUNO +Customer number NOBODY does not exist +$/;

  test('a single call: HTTP 400 with the error at the top, code and field inside the message', async () => {
    const { status, body } = await api.mi('GetBasicData?CUNO=NOBODY');
    expect(status).toBe(400);
    expect(body).toMatchObject({ errorCode: 'WCU0203', errorField: 'CUNO', wasTerminated: true });
    expect(body.errorMessage).toMatch(padded);
    expect(body).not.toHaveProperty('results');
  });

  test('or, by switch, HTTP 200 with the error in the result', async () => {
    ion.settings.m3ErrorStyle = 'http200';
    const answer = await api.mi('GetBasicData?CUNO=NOBODY');
    expect([answer.status, answer.body.nrOfFailedTransactions]).toEqual([200, 1]);
    expect(resultsOf(answer)[0]!.errorMessage).toMatch(padded);
  });

  test('too long, missing, unknown and not numeric fields are refused and nothing is written', async () => {
    const refusals = {
      [`ChgBasicData?CUNO=Y30000&MAIL=${'a'.repeat(51)}`]: 'MAIL',
      'ChgBasicData?MAIL=a@b.example': 'CUNO',
      'ChgBasicData?CUNO=Y30000&ZZZZ=1': 'ZZZZ',
      'ChgBasicData?CUNO=Y30000&CONO=abc': 'CONO',
      'LstByNumber?LMTS=yesterday': 'LMTS',
    };
    for (const [call, errorField] of Object.entries(refusals))
      expect([call, await api.mi(call)]).toMatchObject([call, { status: 400, body: { errorField } }]);
    expect(ion.writes).toEqual([]);
  });

  test('unknown programs and transactions, and programs without the right, are refused', async () => {
    ion.settings.deniedPrograms.add('CRS610MI');
    expect((await api.mi('GetBasicData?CUNO=Y30000')).body.errorMessage).toMatch(/not authorized/);
    expect((await api.mi('Get', 'XXX999MI')).body.errorMessage).toMatch(/Program XXX999MI does not exist/);
    expect((await api.mi('Nothing', 'GENERAL')).body.errorMessage).toMatch(/does not exist/);
  });
});

describe('options', () => {
  test('100 records unless maxrecs says otherwise; 0 is all', async () => {
    expect(await numbers('LstByNumber')).toHaveLength(100);
    expect(await numbers('LstByNumber?maxrecs=7')).toHaveLength(7);
    expect(await numbers('LstByNumber?maxrecs=0')).toHaveLength(130);
  });

  test.each(['excludeempty', 'excludempty'])('%s leaves empty fields out', async (name) => {
    const [full] = recordsOf(await api.mi('GetBasicData?CUNO=Y30003'));
    const [lean] = recordsOf(await api.mi(`GetBasicData?CUNO=Y30003&${name}=true`));
    expect(full).toHaveProperty('MAIL', '');
    expect(lean).not.toHaveProperty('MAIL');
  });

  test('righttrim=false pads each value to its length', async () => {
    const [row] = recordsOf(await api.mi('GetBasicData?CUNO=Y30000&righttrim=false&returncols=CUNO,MAIL'));
    expect([row!.CUNO, row!.MAIL!.length]).toEqual(['Y30000    ', 50]);
  });

  test.each([
    ['YMD8', '20260101'],
    ['YMD8-', '2026-01-01'],
    ['YMD6', '260101'],
    ['DMY6', '010126'],
    ['MDY6', '010126'],
    ['YWD5', '26014'],
  ])('dateformat=%s', async (format, expected) => {
    ion.m3.changeCustomer('Y30000', { RGDT: '20260101' });
    const answer = await api.mi(`GetBasicData?CUNO=Y30000&returncols=RGDT&dateformat=${format}`);
    expect(recordsOf(answer)).toEqual([{ RGDT: expected }]);
  });
});

describe('lists and changes', () => {
  test('a list begins at its key, the key included, and the last key fetches the next page', async () => {
    const read: string[] = [];
    for (let key = ''; ; ) {
      const page = await numbers(`LstByNumber?maxrecs=50&CUNO=${key}`);
      read.push(...page.slice(key === '' ? 0 : 1));
      if (key) expect(page[0]).toBe(key);
      if (page.length < 50) break;
      key = page.at(-1)!;
    }
    expect(read).toEqual([...ion.m3.customers.keys()].sort());
  });

  test('a key between two customers begins at the next one', async () => {
    expect((await numbers('LstByNumber?CUNO=Y30004X&maxrecs=1'))[0]).toBe('Y30005');
  });

  test('every change moves LMDT, LMTS and CHNO, which wraps at 999', async () => {
    const before = { ...ion.m3.customers.get('Y30000')! };
    await api.mi('ChgBasicData?CUNO=Y30000&TOWN=Delft');
    const after = ion.m3.customers.get('Y30000')!;
    expect(Number(after.LMTS)).toBeGreaterThan(Number(before.LMTS));
    expect([Number(after.LMDT) > Number(before.LMDT), after.CHNO]).toEqual([true, '2']);
    after.CHNO = '999';
    await api.mi('ChgBasicData?CUNO=Y30000&TOWN=Leeds');
    expect(after.CHNO).toBe('1');
    expect(ion.writes.map(({ transaction, record }) => [transaction, record.TOWN])).toEqual([
      ['ChgBasicData', 'Delft'],
      ['ChgBasicData', 'Leeds'],
    ]);
  });

  test('a CHNO that is not the record’s own refuses the change', async () => {
    const { body } = await api.mi('ChgBasicData?CUNO=Y30000&TOWN=Delft&CHNO=55');
    expect(body).toMatchObject({ errorCode: 'XUP0001' });
    expect(ion.writes).toEqual([]);
  });

  test('LMTS lists what changed since, with its own moment or, by switch, without', async () => {
    ion.m3.changeCustomer('Y30042', { TOWN: 'Delft' });
    const { LMTS } = ion.m3.customers.get('Y30042')!;
    expect(await numbers(`LstByNumber?LMTS=${LMTS}`)).toEqual(['Y30042']);
    ion.settings.lmtsFilter = 'exclusive';
    expect(await numbers(`LstByNumber?LMTS=${LMTS}`)).toEqual([]);
    expect(await numbers(`LstByNumber?LMTS=${Number(LMTS) - 1}`)).toEqual(['Y30042']);
  });

  test('a new customer has only what was given; no template lends it an address', async () => {
    const added = await api.mi('Add?CUTM=TEMPLATE&CUNM=New&CUA1=Kade%201&CUNO=Y99999');
    expect(recordsOf(added)[0]).toMatchObject({ CUNO: 'Y99999' });
    expect(ion.m3.customers.get('Y99999')).toMatchObject({ CUNM: 'New', MAIL: '', VRNO: '' });
    expect((await api.mi('Add?CUTM=TEMPLATE&CUNM=New&CUA1=Kade%201&CUNO=Y99999')).status).toBe(400);
  });

  test('addresses can be listed and read', async () => {
    const [row] = recordsOf(await api.mi('LstAddresses?CUNO=Y30000'));
    const read = await api.mi(`GetAddress?CUNO=Y30000&ADRT=${row!.ADRT}&ADID=${row!.ADID}`);
    expect(recordsOf(read)[0]).toMatchObject({ CUNO: 'Y30000', TOWN: row!.TOWN });
    expect((await api.mi('GetAddress?CUNO=Y30000&ADRT=1&ADID=NONE')).status).toBe(400);
  });

  test('the server’s clock is its own', async () => {
    ion.settings.clockSkewMs = 3_600_000;
    const [time] = recordsOf(await api.mi('GetServerTime', 'GENERAL'));
    expect(Number(time!.LMTS) - Date.now()).toBeGreaterThan(3_500_000);
  });
});

describe('bulk', () => {
  const get = (CUNO: string) => ({
    transaction: 'GetBasicData',
    record: { CUNO },
    selectedColumns: ['CUNO'],
  });

  test.each(['', '/'])('answers in order; one failure does not fail the call (execute%s)', async (slash) => {
    const transactions = ['Y30002', 'NOBODY', 'Y30001'].map(get);
    const answer = await api.bulk({ program: 'CRS610MI', transactions }, slash);
    expect(answer).toMatchObject({
      status: 200,
      body: { nrOfSuccessfullTransactions: 2, nrOfFailedTransactions: 1, wasTerminated: false },
    });
    expect(resultsOf(answer).map(({ records, errorCode }) => records?.[0]?.CUNO ?? errorCode)).toEqual([
      'Y30002',
      'WCU0203',
      'Y30001',
    ]);
  });

  test('a program that cannot run ends the call; the rest is not processed', async () => {
    ion.settings.deniedPrograms.add('CRS610MI');
    const answer = await api.bulk({ program: 'CRS610MI', transactions: ['Y30000', 'Y30001'].map(get) });
    expect(answer.body).toMatchObject({ wasTerminated: true, nrOfNotProcessedTransactions: 1 });
    expect(resultsOf(answer)[1]).toEqual({ transaction: 'GetBasicData', notProcessed: true });
  });

  test('a call that is too large meets the gateway’s time limit and does nothing', async () => {
    ion.settings.maxBulkTransactions = 1;
    const record = { CUNO: 'Y30000', TOWN: 'Delft' };
    const transactions = [record, record].map((one) => ({ transaction: 'ChgBasicData', record: one }));
    expect((await api.bulk({ program: 'CRS610MI', transactions })).status).toBe(504);
    expect(ion.writes).toEqual([]);
  });

  test('a call without program, transactions or readable JSON is refused', async () => {
    for (const body of [{}, { program: 'CRS610MI' }, { program: 'CRS610MI', transactions: [] }])
      expect((await api.bulk(body)).status).toBe(400);
  });

  test('rightTrim:false pads, excludeEmptyValues leaves out', async () => {
    const ask = {
      program: 'CRS610MI',
      transactions: [{ ...get('Y30003'), selectedColumns: ['CUNO', 'MAIL'] }],
    };
    expect(recordsOf(await api.bulk({ ...ask, rightTrim: false }))[0]!.MAIL).toHaveLength(50);
    expect(recordsOf(await api.bulk({ ...ask, excludeEmptyValues: true }))).toEqual([{ CUNO: 'Y30003' }]);
  });
});
