import { startIonSimulator, type IonSimulator } from '../../sandbox/ion/simulator.mts';
import { ionApi, recordsOf, resultsOf, type IonApi } from '../support/ionApi.mts';

/** The simulated M3 answers as the v2 API is known to: infor.md (a) 6 to 9. */

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
