import { startIonSimulator, type IonSimulator } from '../../sandbox/ion/simulator.mts';
import { ionApi, recordsOf, resultsOf, type IonApi } from '../support/ionApi.mts';

/** The simulated M3 answers as the v2 API is known to: infor.md (a) 10 and 11. */

let ion: IonSimulator;
let api: IonApi;

beforeEach(async () => {
  ion = await startIonSimulator({ customers: 130 });
  api = ionApi(ion);
});
afterEach(() => ion.close());

const numbers = async (call: string): Promise<string[]> =>
  recordsOf(await api.mi(call)).map(({ CUNO }) => CUNO!);

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
    const added = await api.mi('Add?CUTM=Y30000&CUNM=New&CUA1=Kade%201&CUNO=Y99999');
    expect(recordsOf(added)[0]).toMatchObject({ CUNO: 'Y99999' });
    expect(ion.m3.customers.get('Y99999')).toMatchObject({ CUNM: 'New', MAIL: '', VRNO: '' });
    expect((await api.mi('Add?CUTM=Y30000&CUNM=New&CUA1=Kade%201&CUNO=Y99999')).status).toBe(400);
  });

  test('a new customer takes the rest from its template', async () => {
    ion.m3.changeCustomer('Y30001', { CUCL: '777', MAIL: 'template@t.example', TDIN: '5.00' });
    await api.mi('Add?CUTM=Y30001&CUNM=New&CUA1=Kade%201&CUNO=Y99999');
    expect(ion.m3.customers.get('Y99999')).toMatchObject({ CUCL: '777', MAIL: '', TDIN: '0.00' });
  });

  test('a blank leaves a field as it is and ? makes it blank; by switch, a blank does', async () => {
    const mail = (): string => ion.m3.customers.get('Y30000')!.MAIL!;
    const before = mail();
    await api.mi('ChgBasicData?CUNO=Y30000&MAIL=');
    expect(mail()).toBe(before);
    await api.mi('ChgBasicData?CUNO=Y30000&MAIL=?');
    expect(mail()).toBe('');
    ion.m3.changeCustomer('Y30000', { MAIL: before });
    ion.settings.blankInput = 'clears';
    await api.mi('ChgBasicData?CUNO=Y30000&MAIL=');
    expect(mail()).toBe('');
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
    const program = 'CRS610MI';
    for (const body of [{}, null, [], 5, { program }, { program, transactions: [] }, '{"program"'])
      expect([body, (await api.bulk(body)).status]).toEqual([body, 400]);
    expect((await api.bulk({ program, transactions: [null] })).status).toBe(400);
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
