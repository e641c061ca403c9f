import type { Fault } from '../../../sandbox/kit/faults.mts';
import { itemsOf, startScene, type Scene } from './scene.mts';

/** Each fault at each request of a two-page read: no customer is lost, none comes twice. */

let scene: Scene;
beforeAll(async () => void (scene = await startScene({ customers: 1200 })));
afterAll(() => scene.ion.close());
beforeEach(() => {
  scene.ion.faults.clear();
  scene.ion.requests.clear();
  scene.ion.settings.deniedPrograms.clear();
});

const FAULTS: Array<[string, Fault]> = [
  ['429 without Retry-After', { kind: 'answer', status: 429 }],
  ['429 with Retry-After', { kind: 'answer', status: 429, headers: { 'retry-after': '0' } }],
  ['500', { kind: 'answer', status: 500, body: { error: { message: 'Internal' } } }],
  ['502 as HTML', { kind: 'answer', status: 502, body: '<html>Bad gateway</html>' }],
  ['504 after the work', { kind: 'answer-after', status: 504 }],
  ['200 with a page of HTML', { kind: 'answer', status: 200, body: '<html>Sign in</html>' }],
  ['a reset before the work', { kind: 'reset-before' }],
  ['a reset after the work', { kind: 'reset-after' }],
  ['half an answer', { kind: 'truncate' }],
  ['401 in the middle', { kind: 'answer', status: 401, body: { error: { message: 'Expired' } } }],
];

const CALLS = [0, 1, 2, 3, 4];

describe.each(FAULTS)('%s', (_name, fault) => {
  test.each(CALLS)('at request %d costs no customer', async (skip) => {
    scene.ion.faults.add({ ...fault, skip });
    const { parties, error } = await scene.read({ emailHome: 'CRS111MI', withFinancials: true });
    expect(error).toBeUndefined();
    expect(scene.ion.faults.struck).toBe(1);
    expect(parties.map(({ number }) => number)).toEqual([...scene.ion.m3.customers.keys()].sort());
    expect(parties.filter(({ financialStatus }) => financialStatus === 'stopped').length).toBeGreaterThan(0);
  });
});

test.each([
  [503, 'ION_UNAVAILABLE'],
  [504, 'ION_TIMEOUT'],
  [429, 'ION_THROTTLED'],
  [403, 'ION_FORBIDDEN'],
  [404, 'ION_TENANT_UNKNOWN'],
])(
  'a gateway that only answers %d ends in the error %s',
  async (status, code) => {
    scene.ion.faults.add({
      kind: 'answer',
      status,
      body: { error: { message: 'no' } },
      headers: { 'retry-after': '0' },
      times: 99,
    });
    const { error } = await scene.read();
    expect(error?.message).toContain(`[${code}]`);
  },
  60_000,
);

describe.each(['http200', 'http400'] as const)('an M3 that gives errors by %s', (style) => {
  beforeEach(() => void (scene.ion.settings.m3ErrorStyle = style));

  test('names the program that the user has no right to', async () => {
    scene.ion.settings.deniedPrograms.add('CRS610MI');
    const { error, parties } = await scene.read();
    expect(parties).toEqual([]);
    expect(error?.message).toContain('[M3_RIGHTS]');
    expect(error?.message).toContain('CRS610MI');
  });

  test('is quoted without its blanks, code and field', async () => {
    const call = {
      resource: 'm3Transaction',
      specifyInput: 'json',
      operation: 'call',
      program: { __rl: true, mode: 'name', value: 'CRS610MI' },
    };
    const run = (transaction: string, fields: object) =>
      scene.run({
        ...call,
        transaction: { __rl: true, mode: 'name', value: transaction },
        fields: JSON.stringify(fields),
      });
    const missing = await run('GetBasicData', { CUNO: 'NOBODY' });
    expect(missing.error?.message).toBe(
      '[M3_NOT_FOUND] M3 did not do CRS610MI/GetBasicData: Customer number NOBODY does not exist (WCU0203, CUNO).',
    );
    const long = await run('ChgBasicData', { CUNO: 'Y30000', CUNM: 'x'.repeat(37) });
    expect(long.error?.message).toContain('[M3_TRANSACTION]');
    expect(scene.ion.writes).toEqual([]);
  });
});

describe('a raw write', () => {
  const write = (input = [{}]) =>
    scene.run(
      {
        resource: 'm3Transaction',
        specifyInput: 'json',
        operation: 'call',
        program: { __rl: true, mode: 'name', value: 'CUSEXTMI' },
        transaction: { __rl: true, mode: 'name', value: 'AddFieldValue' },
        fields: JSON.stringify({ FILE: 'OCUSMA', PK01: 'Y30000', A030: 'x' }),
      },
      { input },
    );

  test('whose answer is lost is not sent again', async () => {
    scene.ion.faults.add({ kind: 'reset-after', path: /execute/ });
    const { error } = await write();
    expect(error?.message).toContain('[ION_UNAVAILABLE]');
    expect(error?.description).toContain('may have been made');
    expect(scene.ion.writes).toHaveLength(1);
    expect(scene.ion.requests.all).toHaveLength(1);
  });

  test('puts no value into an address', async () => {
    scene.ion.m3.customFields.clear();
    await write();
    expect(JSON.stringify(scene.ion.requests.all.map(({ path, query }) => [path, query]))).not.toContain(
      'Y30000',
    );
  });
});

test('a bulk call keeps each item’s own outcome and uses one request', async () => {
  const result = await scene.run(
    {
      resource: 'm3Transaction',
      specifyInput: 'json',
      operation: 'callInBulk',
      program: { __rl: true, mode: 'name', value: 'CRS610MI' },
      transaction: { __rl: true, mode: 'name', value: 'GetBasicData' },
      fields: '={{ JSON.stringify({ CUNO: $json.number }) }}',
    },
    {
      input: [{ number: 'Y30001' }, { number: 'NOBODY' }, { number: 'Y30002' }],
      onError: 'continueRegularOutput',
    },
  );
  expect(itemsOf(result)).toMatchObject([{ CUNO: 'Y30001' }, { code: 'M3_NOT_FOUND' }, { CUNO: 'Y30002' }]);
  expect(result.outputs[0]!.map(({ pairedItem }) => pairedItem)).toEqual([
    { item: 0 },
    { item: 1 },
    { item: 2 },
  ]);
  expect(scene.ion.requests.all).toHaveLength(1);
});
