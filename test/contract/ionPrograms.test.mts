import { startIonSimulator, type IonSimulator } from '../../sandbox/ion/simulator.mts';
import { ionApi, recordsOf, type Answer, type IonApi } from '../support/ionApi.mts';

/** Each MI program beside the customer lists does what its transactions say: infor.md §3.6 and (a) 13. */

let ion: IonSimulator;
let api: IonApi;

beforeEach(async () => {
  ion = await startIonSimulator({ customers: 40 });
  api = ionApi(ion);
});
afterEach(() => ion.close());

const call = (...asked: Parameters<IonApi['call']>): Promise<Answer> => api.call(...asked);
const rows = async (...asked: Parameters<IonApi['call']>): Promise<Array<Record<string, string>>> =>
  recordsOf(await call(...asked));
const refusal = async (...asked: Parameters<IonApi['call']>): Promise<unknown> => {
  const { status, body } = await call(...asked);
  return [status, body.errorCode];
};
const numbers = (found: Array<Record<string, string>>): string[] => found.map(({ CUNO }) => CUNO!);

describe('CRS610MI', () => {
  test('LstByName is in the order of names, from the name given', async () => {
    const names = (await rows('CRS610MI', 'LstByName', { CUNM: 'M' })).map(({ CUNM }) => CUNM!);
    expect(names.length).toBeGreaterThan(0);
    expect(names).toEqual([...names].sort());
    expect(names[0]! >= 'M').toBe(true);
  });

  test('finance and order data change by their own transactions, and only there', async () => {
    await call('CRS610MI', 'ChgFinancial', { CUNO: 'Y30000', BLCD: '1', CRL2: '70000' });
    await call('CRS610MI', 'ChgOrderInfo', { CUNO: 'Y30000', PYNO: 'Y30001' });
    expect(await rows('CRS610MI', 'GetFinancial', { CUNO: 'Y30000' })).toMatchObject([
      { BLCD: '1', CRL2: '70000' },
    ]);
    expect(await rows('CRS610MI', 'GetOrderInfo', { CUNO: 'Y30000' })).toMatchObject([{ PYNO: 'Y30001' }]);
    expect(await refusal('CRS610MI', 'ChgBasicData', { CUNO: 'Y30000', BLCD: '0' })).toEqual([
      400,
      'XMI0003',
    ]);
    expect(ion.writes.map(({ transaction }) => transaction)).toEqual(['ChgFinancial', 'ChgOrderInfo']);
  });

  test('an amount that is no number is refused and nothing is written', async () => {
    expect(await refusal('CRS610MI', 'ChgFinancial', { CUNO: 'Y30000', CRL2: 'much' })).toEqual([
      400,
      'XNU0000',
    ]);
    expect(ion.writes).toEqual([]);
  });

  test('Add gives a free number, also after a customer was deleted', async () => {
    const fields = { CUTM: 'Y30000', CUNM: 'New One', CUA1: 'Kade 1' };
    const [first] = await rows('CRS610MI', 'Add', fields);
    const [second] = await rows('CRS610MI', 'Add', fields);
    await call('CRS610MI', 'Delete', { CUNO: first!.CUNO! });
    const [third] = await rows('CRS610MI', 'Add', fields);
    expect(third!.CUNO).not.toBe(second!.CUNO);
    expect(ion.m3.customers.size).toBe(42);
  });

  test('Add refuses a number that is taken and a template that is not there', async () => {
    const fields = { CUNM: 'New One', CUA1: 'Kade 1' };
    expect(await refusal('CRS610MI', 'Add', { ...fields, CUTM: 'Y30000', CUNO: 'Y30001' })).toEqual([
      400,
      'XRE0104',
    ]);
    expect(await refusal('CRS610MI', 'Add', { ...fields, CUTM: 'NOBODY' })).toEqual([400, 'WCU0203']);
    expect(ion.writes).toEqual([]);
  });

  test('a deleted customer is gone, and cannot be deleted again', async () => {
    await call('CRS610MI', 'Delete', { CUNO: 'Y30000' });
    expect(await refusal('CRS610MI', 'GetBasicData', { CUNO: 'Y30000' })).toEqual([400, 'WCU0203']);
    expect(await refusal('CRS610MI', 'Delete', { CUNO: 'Y30000' })).toEqual([400, 'WCU0203']);
    expect(ion.writes).toHaveLength(1);
  });

  test('SearchCustomer takes fields, words and quoted texts, joined by AND', async () => {
    ion.m3.changeCustomer('Y30007', { CUNM: 'Smith & Sons: Boats', TOWN: 'Delft', STAT: '20' });
    ion.m3.changeCustomer('Y30008', { CUNM: 'Smith Boats', TOWN: 'Delft', STAT: '20' });
    const found = async (SQRY: string): Promise<string[]> =>
      numbers(await rows('CRS610MI', 'SearchCustomer', { SQRY }));
    expect(await found('CUNO:Y30007')).toEqual(['Y30007']);
    expect(await found('CUNM:"Smith & Sons: Boats" AND STAT:20')).toEqual(['Y30007']);
    expect(await found('smith AND TOWN:Delft AND boats')).toEqual(
      expect.arrayContaining(['Y30007', 'Y30008']),
    );
    expect(await found('CUNM:nobody')).toEqual([]);
  });

  test.each(['CUNO:Y30001 OR CUNO:Y30002', 'NOT STAT:90', '(STAT:20)', 'CUNM:"open', 'NONE:1'])(
    'SearchCustomer refuses what it would misread: %s',
    async (SQRY) => {
      expect((await call('CRS610MI', 'SearchCustomer', { SQRY })).status).toBe(400);
    },
  );
});

describe('CRS111MI', () => {
  const one = { EMTP: '04', EMKY: 'NEW1' };

  test('an address is added once, changed, read and deleted', async () => {
    await call('CRS111MI', 'Add', { ...one, EMAL: 'a@new.example' });
    expect(await refusal('CRS111MI', 'Add', { ...one, EMAL: 'b@new.example' })).toEqual([400, 'XRE0104']);
    await call('CRS111MI', 'Change', { ...one, EMAL: 'c@new.example' });
    expect(await rows('CRS111MI', 'Get', one)).toEqual([{ ...one, EMAL: 'c@new.example' }]);
    await call('CRS111MI', 'Delete', one);
    for (const transaction of ['Get', 'Change', 'Delete'])
      expect(await refusal('CRS111MI', transaction, one)).toEqual([400, 'XRE0103']);
    expect(ion.writes.map(({ transaction }) => transaction)).toEqual(['Add', 'Change', 'Delete']);
  });

  test('61 characters are refused', async () => {
    const EMAL = `${'x'.repeat(61 - '@new.example'.length)}@new.example`;
    expect(await refusal('CRS111MI', 'Add', { ...one, EMAL })).toEqual([400, 'XMI0004']);
    expect((await call('CRS111MI', 'Add', { ...one, EMAL: EMAL.slice(1) })).status).toBe(200);
  });

  test('a list begins at its key and stays within its type', async () => {
    await call('CRS111MI', 'Add', { EMTP: '05', EMKY: 'Y30006', EMAL: 'supplier@new.example' });
    const listed = await rows('CRS111MI', 'List', { EMTP: '04', EMKY: 'Y30006' });
    expect(listed[0]).toMatchObject({ EMTP: '04', EMKY: 'Y30006' });
    expect(new Set(listed.map(({ EMTP }) => EMTP))).toEqual(new Set(['04']));
    expect(listed.map(({ EMKY }) => EMKY)).toEqual(listed.map(({ EMKY }) => EMKY).sort());
  });
});

describe('CRS618MI', () => {
  test('a contact person is added, updated with a new change number, listed and deleted', async () => {
    await call('CRS618MI', 'Add', {
      CNPE: 'Z1',
      STAT: '20',
      TX50: 'Zoë',
      EMRE: 'Y30000',
      EMAL: 'z@new.example',
    });
    await call('CRS618MI', 'Upd', { CNPE: 'Z1', EMAL: 'zoe@new.example' });
    expect(await rows('CRS618MI', 'Lst', { CNPE: 'Z1' })).toMatchObject([
      { CNPE: 'Z1', EMRE: 'Y30000', EMAL: 'zoe@new.example', TX50: 'Zoë' },
    ]);
    expect(ion.m3.contacts.get('Z1')!.CHNO).toBe('2');
    await call('CRS618MI', 'Dlt', { CNPE: 'Z1' });
    expect(await refusal('CRS618MI', 'Get', { CNPE: 'Z1' })).toEqual([400, 'XRE0103']);
  });
});

describe('CUSEXTMI', () => {
  const key = { FILE: 'OCUSMA', PK01: '100', PK02: 'Y30000' };

  test('a value is added once, changed only where it is, read, listed and deleted', async () => {
    expect(await refusal('CUSEXTMI', 'ChgFieldValue', { ...key, A030: 'x' })).toEqual([400, 'XRE0103']);
    await call('CUSEXTMI', 'AddFieldValue', { ...key, A030: 'abc' });
    expect(await refusal('CUSEXTMI', 'AddFieldValue', key)).toEqual([400, 'XRE0104']);
    await call('CUSEXTMI', 'ChgFieldValue', { ...key, A130: 'def' });
    expect(await rows('CUSEXTMI', 'GetFieldValue', key)).toMatchObject([
      { ...key, A030: 'abc', A130: 'def', CHNO: '2' },
    ]);
    expect(await rows('CUSEXTMI', 'LstFieldValue', { FILE: 'OCUSMA', PK01: '100' })).toHaveLength(1);
    await call('CUSEXTMI', 'DelFieldValue', key);
    expect(await refusal('CUSEXTMI', 'GetFieldValue', key)).toEqual([400, 'XRE0103']);
  });

  test('the numeric fields take numbers only', async () => {
    expect(await refusal('CUSEXTMI', 'AddFieldValue', { ...key, N096: 'one' })).toEqual([400, 'XNU0000']);
    expect((await call('CUSEXTMI', 'AddFieldValue', { ...key, N096: '-1.5' })).status).toBe(200);
  });
});
