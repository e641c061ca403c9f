import fc from 'fast-check';
import { startIonSimulator, type IonSimulator } from '../../sandbox/ion/simulator.mts';
import { ionApi, recordsOf, resultsOf, type IonApi } from '../support/ionApi.mts';

/** CUSEXTMI keeps a customer's own fields: infor.md §3.6. */

let ion: IonSimulator;
let api: IonApi;

beforeEach(async () => {
  ion = await startIonSimulator({ customers: 40 });
  api = ionApi(ion);
});
afterEach(() => ion.close());

type Fields = Record<string, string>;

const keys = (number = 'Y30000'): Fields => ({ FILE: 'OCUSMA', PK01: number });
const call = (transaction: string, fields: Fields) => api.call('CUSEXTMI', transaction, fields);
const add = (fields: Fields, number?: string) => call('AddFieldValue', { ...keys(number), ...fields });
const change = (fields: Fields, number?: string) => call('ChgFieldValue', { ...keys(number), ...fields });
const refused = async (asked: ReturnType<typeof call>): Promise<unknown> => {
  const { status, body } = await asked;
  return [status, body.errorCode, body.errorField];
};
const field = (name: string, number = 'Y30000'): string | undefined => ion.m3.customField(number, name);

test('nobody has fields of their own until someone writes them', async () => {
  expect(ion.m3.customFields.size).toBe(0);
  expect(field('A030')).toBeUndefined();
  expect(await refused(call('GetFieldValue', keys()))).toEqual([400, 'XRE0103', 'PK01']);
});

test('Add fails on a row that is there, Chg, Get and Del on one that is not, and no failure is a write', async () => {
  expect(await refused(change({ A030: 'x' }))).toEqual([400, 'XRE0103', 'PK01']);
  expect(await refused(call('DelFieldValue', keys()))).toEqual([400, 'XRE0103', 'PK01']);
  expect(ion.writes).toEqual([]);
  await add({ A030: 'first' });
  expect(await refused(add({ A030: 'second' }))).toEqual([400, 'XRE0104', 'PK01']);
  expect(field('A030')).toBe('first');
  expect(ion.writes).toMatchObject([{ program: 'CUSEXTMI', transaction: 'AddFieldValue' }]);
});

test('a change touches the fields it brings, whichever they are, and no others', async () => {
  const names = ['A030', 'A130', 'A230', 'A930', 'A121'];
  const text = fc.stringMatching(/^[A-Za-z0-9]{1,30}$/);
  const some = fc.dictionary(fc.constantFrom(...names), text, { minKeys: 1, noNullPrototype: true });
  await add({ A030: 'start' });
  let expected: Fields = { A030: 'start' };
  await fc.assert(
    fc.asyncProperty(some, async (changes) => {
      await change(changes);
      expected = { ...expected, ...changes };
      const [row] = recordsOf(await call('GetFieldValue', keys()));
      for (const name of names) expect([name, row![name]]).toEqual([name, expected[name] ?? '']);
    }),
    { numRuns: 25 },
  );
});

test('a change to what is there already is a write like any other', async () => {
  await add({ A130: 'hash' });
  await change({ A130: 'hash' });
  await change({ A130: 'hash' });
  expect(ion.writes.map(({ transaction, record }) => [transaction, record])).toEqual([
    ['AddFieldValue', { ...keys(), A130: 'hash' }],
    ['ChgFieldValue', { ...keys(), A130: 'hash' }],
    ['ChgFieldValue', { ...keys(), A130: 'hash' }],
  ]);
  expect(field('CHNO')).toBe('3');
});

test('a blank leaves a value, ? takes it away, and the row stays', async () => {
  await add({ A030: 'subscribed', A121: 'id' });
  await change({ A030: '', A121: '?' });
  expect([field('A030'), field('A121')]).toEqual(['subscribed', '']);
  expect((await call('GetFieldValue', keys())).status).toBe(200);
});

test.each([
  ['A030', 30],
  ['A130', 30],
  ['A121', 120],
])('%s holds %i characters; one more is refused, never cut', async (name, length) => {
  expect(await refused(add({ [name]: 'x'.repeat(length + 1) }))).toEqual([400, 'XMI0004', name]);
  expect(ion.m3.customFields.size).toBe(0);
  await add({ [name]: 'x'.repeat(length) });
  expect(await refused(change({ [name]: 'y'.repeat(length + 1) }))).toEqual([400, 'XMI0004', name]);
  const [row] = recordsOf(await call('GetFieldValue', keys()));
  expect(row![name]).toBe('x'.repeat(length));
});

test('numbers are 0 until written, and have 13 digits before the point and 6 behind it', async () => {
  await add({ A030: 'x' });
  expect(recordsOf(await call('GetFieldValue', keys()))[0]).toMatchObject({ N096: '0', N996: '0' });
  for (const N096 of ['1.1234567', '12345678901234', 'ten', '1.', '1e3', '1,5'])
    expect([N096, await refused(change({ N096 }))]).toEqual([N096, [400, 'XNU0000', 'N096']]);
  for (const N096 of ['-1234567890123.123456', '0', '7.5']) {
    await change({ N096 });
    expect(field('N096')).toBe(N096);
  }
});

test('each field of the key counts: PK02 makes another row', async () => {
  await add({ A030: 'one' });
  await add({ PK02: 'MAIL', A030: 'two' });
  const read = async (more: Fields) =>
    recordsOf(await call('GetFieldValue', { ...keys(), ...more }))[0]!.A030;
  expect([await read({}), await read({ PK02: 'MAIL' }), field('A030')]).toEqual(['one', 'two', 'one']);
});

describe('who owns the value', () => {
  const nobody = { FILE: 'OCUSMA', PK01: 'NOBODY', A030: 'x' };
  const noFile = { FILE: 'NOFILE', PK01: 'Y30000', A030: 'x' };

  test('is not asked by default', async () => {
    for (const fields of [nobody, noFile]) expect((await call('AddFieldValue', fields)).status).toBe(200);
  });

  test('is asked by switch, unless VEXI is 1, which is no part of the row', async () => {
    ion.settings.customFieldOwners = 'checked';
    expect(await refused(call('AddFieldValue', nobody))).toEqual([400, 'XRE0103', 'PK01']);
    expect(await refused(call('AddFieldValue', noFile))).toEqual([400, 'XRE0103', 'FILE']);
    expect((await add({ A030: 'x' })).status).toBe(200);
    for (const fields of [nobody, noFile])
      expect((await call('AddFieldValue', { ...fields, VEXI: '1' })).status).toBe(200);
    for (const row of ion.m3.customFields.values()) expect(row).not.toHaveProperty('VEXI');
  });

  test('may be gone: the row stays and, by switch, cannot be changed', async () => {
    await add({ A030: 'x' });
    ion.m3.removeCustomer('Y30000');
    expect((await change({ A030: 'y' })).status).toBe(200);
    ion.settings.customFieldOwners = 'checked';
    expect(await refused(change({ A030: 'z' }))).toEqual([400, 'XRE0103', 'PK01']);
    expect(field('A030')).toBe('y');
  });
});

describe('LstFieldValue', () => {
  beforeEach(async () => {
    const numbers = ['Y30002', 'Y30010', 'Y30000'];
    for (const number of numbers) await add({ A030: number }, number);
    await add({ PK02: 'MAIL', A030: 'more' });
    await call('AddFieldValue', { FILE: 'OCUSMB', PK01: 'Y30005' });
  });
  const listed = async (PK01: string, more: Fields = {}): Promise<string[]> =>
    recordsOf(await call('LstFieldValue', { FILE: 'OCUSMA', PK01, ...more })).map(({ PK01: key, PK02 }) =>
      `${key} ${PK02}`.trim(),
    );

  test('begins at its key, in order, and never leaves its file', async () => {
    const all = ['Y30000', 'Y30000 MAIL', 'Y30002', 'Y30010'];
    expect(await listed('Y')).toEqual(all);
    expect(await listed('Y30000')).toEqual(all);
    expect(await listed('Y30000', { PK02: 'A' })).toEqual(all.slice(1));
    expect(await listed('Y30001')).toEqual(all.slice(2));
    expect(await listed('Z')).toEqual([]);
    expect(await listed('Y', { maxrecs: '2' })).toEqual(all.slice(0, 2));
  });

  test('by switch, stays within the keys it was given', async () => {
    ion.settings.customFieldList = 'within';
    expect(await listed('Y30000')).toEqual(['Y30000', 'Y30000 MAIL']);
    expect(await listed('Y3000')).toEqual([]);
  });
});

test('a hundred in one call: each row fails for itself, and a second round finds what the first has added', async () => {
  const numbers = Array.from({ length: 100 }, (_, i) => `Y${30000 + i}`);
  const bulk = (transaction: string) =>
    api.bulk({
      program: 'CUSEXTMI',
      transactions: numbers.map((number) => ({ transaction, record: { ...keys(number), A030: number } })),
    });
  await add({ A030: 'was here' }, 'Y30050');
  const first = await bulk('AddFieldValue');
  expect(first.body).toMatchObject({ nrOfSuccessfullTransactions: 99, nrOfFailedTransactions: 1 });
  expect(resultsOf(first).findIndex(({ errorCode }) => errorCode === 'XRE0104')).toBe(50);
  expect(resultsOf(first)[0]).toEqual({ transaction: 'AddFieldValue' });
  expect((await bulk('ChgFieldValue')).body).toMatchObject({ nrOfSuccessfullTransactions: 100 });
  for (const number of numbers) expect(field('A030', number)).toBe(number);
  expect(ion.writes).toHaveLength(1 + 99 + 100);
});
