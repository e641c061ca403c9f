import { startIonSimulator, type IonSimulator } from '../../sandbox/ion/simulator.mts';
import { ionApi, recordsOf, resultsOf, type IonApi } from '../support/ionApi.mts';

/** What M3 holds a change against, and what people do meanwhile: infor.md §3.4 and §3.6. */

let ion: IonSimulator;
let api: IonApi;

beforeEach(async () => {
  ion = await startIonSimulator({ customers: 40 });
  api = ionApi(ion);
});
afterEach(() => ion.close());

type Fields = Record<string, string>;

const CUNO = 'Y30000';
const call = (...asked: Parameters<IonApi['call']>) => api.call(...asked);
const customer = () => ion.m3.customers.get(CUNO)!;
const change = (fields: Fields) => call('CRS610MI', 'ChgBasicData', { CUNO, ...fields });
const codeOf = async (asked: ReturnType<typeof call>): Promise<unknown> => (await asked).body.errorCode;

describe('CHNO', () => {
  test('the number that was read lets the change through, once', async () => {
    const [{ CHNO }] = recordsOf(await call('CRS610MI', 'GetBasicData', { CUNO })) as [Fields];
    expect((await change({ TOWN: 'Delft', CHNO: CHNO! })).status).toBe(200);
    expect(await codeOf(change({ TOWN: 'Leeds', CHNO: CHNO! }))).toBe('XUP0001');
    expect(customer().TOWN).toBe('Delft');
    expect(ion.writes.map(({ record, chno }) => [record, chno])).toEqual([[{ CUNO, TOWN: 'Delft' }, CHNO]]);
  });

  test('follows the whole row: finance and order data, people and changes of nothing move it', async () => {
    const moved = async (act: () => unknown): Promise<boolean> => {
      const { CHNO } = customer();
      await act();
      return (await codeOf(change({ TOWN: 'Delft', CHNO: CHNO! }))) === 'XUP0001';
    };
    expect(await moved(() => undefined)).toBe(false);
    expect(await moved(() => call('CRS610MI', 'ChgFinancial', { CUNO, BLCD: '1' }))).toBe(true);
    expect(await moved(() => call('CRS610MI', 'ChgOrderInfo', { CUNO, PYNO: 'Y30001' }))).toBe(true);
    expect(await moved(() => ion.m3.changeCustomer(CUNO, { YREF: 'Jo' }))).toBe(true);
    expect(await moved(() => change({ TOWN: 'Delft' }))).toBe(true);
  });

  test('wraps at 999, so a number of long ago fits again', async () => {
    customer().CHNO = '999';
    expect((await change({ TOWN: 'Delft', CHNO: '999' })).status).toBe(200);
    expect(customer().CHNO).toBe('1');
    expect(await codeOf(change({ TOWN: 'Leeds', CHNO: '999' }))).toBe('XUP0001');
    expect((await change({ TOWN: 'Leeds', CHNO: '001' })).status).toBe(200);
  });

  test('0 is a number that no record has; a blank or none at all asks for no check', async () => {
    expect(await codeOf(change({ TOWN: 'Delft', CHNO: '0' }))).toBe('XUP0001');
    expect(await codeOf(change({ TOWN: 'Delft', CHNO: '-1' }))).toBe('XNU0000');
    for (const rest of [{ CHNO: '' }, { CHNO: ' ' }, {}])
      expect((await change({ TOWN: 'Delft', ...rest } as Fields)).status).toBe(200);
  });

  test('the refusal names the user who was quicker', async () => {
    const CHNO = customer().CHNO!;
    ion.m3.changeCustomer(CUNO, { TOWN: 'Delft' });
    expect((await change({ TOWN: 'Leeds', CHNO })).body.errorMessage).toMatch(/changed by user JDOE/);
    await change({ TOWN: 'Leeds' });
    expect((await change({ TOWN: 'Köln', CHNO })).body.errorMessage).toMatch(/changed by user MAILSYNC/);
  });

  test('of two changes of one record in one call, only the first fits', async () => {
    const CHNO = customer().CHNO!;
    const transactions = ['Delft', 'Leeds'].map((TOWN) => ({
      transaction: 'ChgBasicData',
      record: { CUNO, TOWN, CHNO },
    }));
    const answer = await api.bulk({ program: 'CRS610MI', transactions });
    expect(resultsOf(answer).map(({ errorCode }) => errorCode)).toEqual([undefined, 'XUP0001']);
    expect(customer().TOWN).toBe('Delft');
  });
});

describe('a change', () => {
  test.each([
    ['CRS610MI', 'ChgBasicData', { CUNO }, 'MAIL', 50],
    ['CRS610MI', 'ChgBasicData', { CUNO }, 'PHNO', 16],
    ['CRS111MI', 'Change', { EMTP: '04', EMKY: CUNO }, 'EMAL', 60],
    ['CRS618MI', 'Upd', { CNPE: 'Z1' }, 'EMAL', 60],
    ['CRS618MI', 'Upd', { CNPE: 'Z1' }, 'NAMF', 36],
  ])('%s/%s: what is longer than %j %s is refused, never cut', async (program, name, keys, field, length) => {
    ion.m3.changeRepository(CUNO, 'old@a.example');
    await call('CRS618MI', 'Add', { CNPE: 'Z1', STAT: '20', TX50: 'Zoë' });
    const before = ion.writes.length;
    const put = (size: number) => call(program, name, { ...(keys as Fields), [field]: 'x'.repeat(size) });
    expect((await put(length + 1)).body).toMatchObject({ errorCode: 'XMI0004', errorField: field });
    expect(ion.writes).toHaveLength(before);
    expect((await put(length)).status).toBe(200);
    expect(ion.writes.at(-1)).toMatchObject({ program, transaction: name, record: keys });
  });

  test('cannot blank what a new record must have', async () => {
    await call('CRS618MI', 'Add', { CNPE: 'Z1', STAT: '20', TX50: 'Zoë' });
    const kept = { ...customer() };
    expect(await codeOf(change({ CUNM: '?', TOWN: 'Delft' }))).toBe('WXX0102');
    expect(await codeOf(call('CRS618MI', 'Upd', { CNPE: 'Z1', TX50: '?' }))).toBe('WXX0102');
    ion.settings.blankInput = 'clears';
    expect(await codeOf(change({ CUNM: '', TOWN: 'Delft' }))).toBe('WXX0102');
    expect(customer()).toEqual(kept);
    expect(ion.m3.contacts.get('Z1')).toMatchObject({ TX50: 'Zoë' });
  });

  test('of an e-mail address that brings none leaves the one that is there, and is a write', async () => {
    ion.m3.changeRepository(CUNO, 'old@a.example');
    const keys = { EMTP: '04', EMKY: CUNO };
    await call('CRS111MI', 'Change', { ...keys, EMAL: 'old@a.example' });
    await call('CRS111MI', 'Change', { ...keys, EMAL: '' });
    await call('CRS111MI', 'Change', keys);
    expect(recordsOf(await call('CRS111MI', 'Get', keys))).toEqual([{ ...keys, EMAL: 'old@a.example' }]);
    expect(ion.writes).toHaveLength(3);
  });

  test('of a contact leaves all other fields; one of a contact who is not there is refused', async () => {
    const [name, before] = [...ion.m3.contacts.entries()].map(([key, row]) => [key, { ...row }] as const)[0]!;
    await call('CRS618MI', 'Upd', { CNPE: name, EMAL: 'new@a.example' });
    const { LMTS, LMDT, ...rest } = ion.m3.contacts.get(name)!;
    expect(rest).toEqual({
      ...Object.fromEntries(Object.entries(before).filter(([key]) => key in rest)),
      EMAL: 'new@a.example',
      CHNO: '2',
      CHID: 'MAILSYNC',
    });
    expect([Number(LMTS) > Number(before.LMTS), LMDT! > before.LMDT!]).toEqual([true, true]);
    expect(await codeOf(call('CRS618MI', 'Upd', { CNPE: 'NOBODY' }))).toBe('XRE0103');
    expect(await codeOf(call('CRS618MI', 'Upd', { CNPE: name, CHNO: '1' }))).toBe('XMI0003');
  });
});

describe('people', () => {
  test('change contacts, the repository and custom fields; none of it is a write of ours', async () => {
    const [name] = [...ion.m3.contacts.keys()] as [string];
    ion.m3.changeContact(name, { EMAL: 'desk@a.example' });
    ion.m3.changeRepository('Y30007', 'new@a.example');
    ion.m3.changeCustomFields(CUNO, { A030: 'no mail' });
    expect(ion.m3.contacts.get(name)).toMatchObject({ EMAL: 'desk@a.example', CHNO: '2', CHID: 'JDOE' });
    const keys = { EMTP: '04', EMKY: 'Y30007' };
    expect(recordsOf(await call('CRS111MI', 'Get', keys))[0]!.EMAL).toBe('new@a.example');
    ion.m3.changeRepository('Y30007', undefined);
    expect(await codeOf(call('CRS111MI', 'Get', keys))).toBe('XRE0103');
    ion.m3.changeCustomFields(CUNO, { A130: 'later' });
    const kept = ['A030', 'A130', 'CHNO', 'CHID'].map((field) => ion.m3.customField(CUNO, field));
    expect(kept).toEqual(['no mail', 'later', '2', 'JDOE']);
    expect(ion.writes).toEqual([]);
    expect(() => ion.m3.changeContact('NOBODY', {})).toThrow('There is no contact NOBODY');
  });

  test('can come between our read and our write: CHNO tells, CUSEXTMI has nothing to tell by', async () => {
    const CHNO = customer().CHNO!;
    ion.m3.changeCustomFields(CUNO, { A030: 'ours' });
    ion.settings.beforeWrite = () => {
      ion.m3.changeCustomer(CUNO, { MAIL: 'theirs@a.example' });
      ion.m3.changeCustomFields(CUNO, { A030: 'theirs' });
    };
    expect(await codeOf(change({ MAIL: 'ours@a.example', CHNO }))).toBe('XUP0001');
    expect(customer().MAIL).toBe('theirs@a.example');
    await call('CUSEXTMI', 'ChgFieldValue', { FILE: 'OCUSMA', PK01: CUNO, A030: 'ours' });
    expect(ion.m3.customField(CUNO, 'A030')).toBe('ours');
  });

  test('can add the row that we were about to add, or take the one we were about to change', async () => {
    const keys = { FILE: 'OCUSMA', PK01: CUNO };
    ion.settings.beforeWrite = () => ion.m3.changeCustomFields(CUNO, { A030: 'theirs' });
    expect(await codeOf(call('CUSEXTMI', 'AddFieldValue', { ...keys, A030: 'ours' }))).toBe('XRE0104');
    ion.m3.changeRepository(CUNO, 'old@a.example');
    ion.settings.beforeWrite = () => ion.m3.changeRepository(CUNO, undefined);
    const repository = { EMTP: '04', EMKY: CUNO, EMAL: 'ours@a.example' };
    expect(await codeOf(call('CRS111MI', 'Change', repository))).toBe('XRE0103');
  });

  test('meet only writes that are well formed, and see what each one brings', async () => {
    const seen: unknown[] = [];
    ion.settings.beforeWrite = (...asked) => void seen.push(asked);
    await call('CRS610MI', 'GetBasicData', { CUNO });
    await change({ MAIL: 'x'.repeat(51) });
    await change({ TOWN: 'Delft  ', YREF: '' });
    expect(seen).toEqual([['CRS610MI', 'ChgBasicData', { CUNO, TOWN: 'Delft' }]]);
  });
});
