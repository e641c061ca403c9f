import type { Fault } from '../../sandbox/kit/faults.mts';
import { startIonSimulator, type IonSimulator } from '../../sandbox/ion/simulator.mts';
import { ionApi, resultsOf, type Answer, type IonApi } from '../support/ionApi.mts';

/** How far a call of many writes comes, and what a client cannot know when its answer is lost: infor.md §2.9, §3.4. */

let ion: IonSimulator;
let api: IonApi;

beforeEach(async () => {
  ion = await startIonSimulator({ customers: 40 });
  api = ionApi(ion);
  await api.mi('GetServerTime', 'GENERAL');
});
afterEach(() => ion.close());

type Write = [program: string, transaction: string, record: (i: number) => Record<string, string>];

const at = (i: number): string => `Y${30000 + i}`;
const WRITES: Write[] = [
  ['CRS610MI', 'ChgBasicData', (i) => ({ CUNO: at(i), TOWN: 'Delft' })],
  ['CRS111MI', 'Change', (i) => ({ EMTP: '04', EMKY: at(i), EMAL: 'new@a.example' })],
  ['CRS618MI', 'Upd', (i) => ({ CNPE: at(i), EMAL: 'new@a.example' })],
  ['CUSEXTMI', 'AddFieldValue', (i) => ({ FILE: 'OCUSMA', PK01: at(i), A030: 'x' })],
  ['CUSEXTMI', 'ChgFieldValue', (i) => ({ FILE: 'OCUSMA', PK01: at(i), A030: 'y' })],
];

/** Rows for five customers, but no custom fields where they are to be added. */
async function prepare(transaction: string): Promise<void> {
  for (let i = 0; i < 5; i += 1) {
    ion.m3.changeRepository(at(i), 'old@a.example');
    await api.call('CRS618MI', 'Add', { CNPE: at(i), STAT: '20', TX50: 'Zoë' });
    if (transaction === 'ChgFieldValue') ion.m3.changeCustomFields(at(i), { A030: 'x' });
  }
  ion.writes.length = 0;
}

/** A record that none of the programs knows stands between the good ones. */
const bulk = ([program, transaction, record]: Write, numbers: number[]): Promise<Answer> =>
  api.bulk({
    program,
    transactions: numbers.map((i) => ({
      transaction,
      record: { ...record(i), ...(i < 0 ? { ZZZZ: '1' } : {}) },
    })),
  });

const states = (answer: Answer): string[] =>
  resultsOf(answer).map(({ notProcessed, errorCode }) =>
    notProcessed ? 'not processed' : (errorCode ?? 'done'),
  );

describe.each(WRITES)('%s/%s', (...write) => {
  const [program, transaction, record] = write;
  beforeEach(() => prepare(transaction));

  test('goes on after a record that is refused', async () => {
    const answer = await bulk(write, [0, -1, 1]);
    expect(states(answer)).toEqual(['done', 'XMI0003', 'done']);
    expect(answer.body).toMatchObject({ wasTerminated: false, nrOfSuccessfullTransactions: 2 });
    expect(ion.writes.map((done) => done.record)).toEqual([record(0), record(1)]);
  });

  test('ends where the program can no longer run, and says what was not processed', async () => {
    let writes = 0;
    ion.settings.beforeWrite = () => void ((writes += 1) === 2 && ion.settings.deniedPrograms.add(program));
    const answer = await bulk(write, [0, 1, 2, 3, 4]);
    expect(states(answer)).toEqual(['done', 'done', 'XAU0001', 'not processed', 'not processed']);
    expect(answer.body).toMatchObject({ wasTerminated: true, nrOfNotProcessedTransactions: 2 });
    expect(ion.writes).toHaveLength(2);
  });

  test('is refused without a right to the program or to this transaction, which ends no call', async () => {
    ion.settings.deniedPrograms.add(`${program}/${transaction}`);
    const answer = await bulk(write, [0, 1]);
    expect(states(answer)).toEqual(['XAU0001', 'XAU0001']);
    expect(answer.body.wasTerminated).toBe(false);
    ion.settings.deniedPrograms.add(program);
    expect(states(await bulk(write, [0, 1]))).toEqual(['XAU0001', 'not processed']);
    expect((await api.call(program, transaction, record(0))).body.errorCode).toBe('XAU0001');
    expect(ion.writes).toEqual([]);
  });

  test('may be done in part: M3 dies in the middle of a call', async () => {
    let writes = 0;
    ion.settings.beforeWrite = () => {
      if ((writes += 1) === 3) throw new Error('the node is gone');
    };
    expect((await bulk(write, [0, 1, 2, 3, 4])).status).toBe(500);
    expect(ion.writes.map((done) => done.record)).toEqual([record(0), record(1)]);
  });

  const lost: Array<[Fault['kind'], number]> = [
    ['reset-after', 1],
    ['truncate', 1],
    ['answer-after', 1],
    ['reset-before', 0],
    ['answer', 0],
  ];
  test.each(lost)('by GET and by POST, %s leaves %i of each done', async (kind, done) => {
    const seen = (asked: Promise<Answer>): Promise<number> =>
      asked.then(({ status }) => status).catch(() => 0);
    for (const method of ['GET', 'POST'])
      ion.faults.add({ kind, method, path: /execute/, status: 504, body: 'Gateway Timeout' });
    const status = kind.startsWith('answer') ? 504 : 0;
    expect(await seen(api.call(program, transaction, record(0)))).toBe(status);
    expect(ion.writes).toHaveLength(done);
    expect(await seen(bulk(write, [1, 2]))).toBe(status);
    expect(ion.writes).toHaveLength(3 * done);
    expect(ion.faults.struck).toBe(2);
  });
});

test('a record that holds no fields, or more than a field can hold, does not bring M3 down', async () => {
  const send = (record: unknown) =>
    api.bulk({ program: 'CUSEXTMI', transactions: [{ transaction: 'AddFieldValue', record }] });
  for (const record of [null, {}, [], 'text', undefined])
    expect([record, states(await send(record))]).toEqual([
      record,
      [expect.stringMatching(/^(WXX0102|XMI0003)$/)],
    ]);
  const keys = { FILE: 'OCUSMA', PK01: 'Y30000' };
  for (const A030 of [{}, ['x'], { toString: 'x' }]) expect((await send({ ...keys, A030 })).status).toBe(400);
  expect(ion.writes).toEqual([]);
  expect((await send({ ...keys, A030: 7, A130: null })).status).toBe(200);
  expect(ion.m3.customField('Y30000', 'A030')).toBe('7');
});
