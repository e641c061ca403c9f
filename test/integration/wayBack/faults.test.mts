import type { Fault } from '../../../sandbox/kit/faults.mts';
import { change, contact, startScene, type Scene } from './scene.mts';

/** M3's writes are HTTP GETs and POSTs that nothing makes repeatable: every fault at every call of a run that writes. */

const FAULTS: Array<[string, Fault]> = [
  ['429', { kind: 'answer', status: 429, headers: { 'retry-after': '0' } }],
  ['500', { kind: 'answer', status: 500, body: { error: { message: 'Internal' } } }],
  ['502 as HTML', { kind: 'answer', status: 502, body: '<html>Bad gateway</html>' }],
  ['504 after the work', { kind: 'answer-after', status: 504 }],
  ['a page of HTML at 200', { kind: 'answer', status: 200, body: '<html>Sign in</html>' }],
  ['a reset before the work', { kind: 'reset-before' }],
  ['a reset after the work', { kind: 'reset-after' }],
  ['half an answer', { kind: 'truncate' }],
  ['401', { kind: 'answer', status: 401, body: { error: { message: 'Expired' } } }],
];
const NUMBERS = ['Y90001', 'Y90002', 'Y90003'];
const oldOf = (number: string) => contact(`${number.toLowerCase()}@customer.example`);
const newOf = (number: string) =>
  contact(`${number.toLowerCase()}@new.example`, {
    contactId: oldOf(number).contactId,
    status: 'unsubscribed',
    mergeFields: { PHONE: '0222' },
  });
const PARAMETERS = { backFields: { field: [{ tag: 'PHONE', field: 'PHNO' }] } };

let scene: Scene;
beforeAll(async () => void (scene = await startScene()));
afterAll(() => scene.ion.close());
beforeEach(async () => {
  scene.ion.faults.clear();
  scene.ion.m3.customFields.clear();
  for (const CUNO of NUMBERS) scene.ion.m3.addCustomer({ CUNO, MAIL: oldOf(CUNO).email, PHNO: '0111' });
  await scene.apply(NUMBERS.map((number) => change(oldOf(number), number)));
  scene.ion.requests.clear();
  scene.ion.writes.length = 0;
});

const run = () =>
  scene.apply(
    NUMBERS.map((number) => change(newOf(number), number)),
    PARAMETERS,
  );
const state = () =>
  NUMBERS.map((number) => {
    const { MAIL, PHNO } = scene.ion.m3.customers.get(number)!;
    return { MAIL, PHNO, ...scene.reference(number) };
  });
const RIGHT = NUMBERS.map((number) => {
  const { email, contactId, memberId } = newOf(number);
  const told = { A030: 'unsubscribed', A121: contactId, A130: memberId.slice(0, 30) };
  return expect.objectContaining({ MAIL: email, PHNO: '0222', ...told }) as unknown;
});

test('undisturbed, the run makes three writes for each customer', async () => {
  await run();
  expect(state()).toEqual(RIGHT);
  expect(scene.ion.writes).toHaveLength(3 * NUMBERS.length);
});

describe.each(FAULTS)('%s', (_name, fault) => {
  test.each([0, 1, 2, 3, 4, 5, 6, 7])('at request %d neither loses nor doubles a write', async (skip) => {
    scene.ion.faults.add({ ...fault, skip });
    const first = await run();
    const { struck } = scene.ion.faults;
    scene.ion.faults.clear();
    const open = first.outcomes.filter(({ outcome }) => outcome === 'attention');
    if (first.error || open.length > 0) {
      // What the run says it did not do, the next one does.
      await run();
    }
    expect(struck).toBe(1);
    expect(state()).toEqual(RIGHT);
    expect(scene.ion.writes).toHaveLength(3 * NUMBERS.length);
  });
});

test('a person who edits the customer between our look and our write is not written over', async () => {
  scene.ion.faults.clear();
  const [number] = NUMBERS as [string];
  const { outcomes } = await scene.apply([change(newOf(number), number)], { mode: 'plan' });
  expect(outcomes[0]!.actions).toContain('updateAddress');
  scene.ion.m3.changeCustomer(number, { MAIL: 'ada@third.example' });
  await scene.apply([change(newOf(number), number)]);
  expect(scene.ion.m3.customers.get(number)!.MAIL).toBe('ada@third.example');
  expect(scene.reference(number)).toMatchObject({
    A030: 'unsubscribed',
    A130: oldOf(number).memberId.slice(0, 30),
  });
});

test('a right that is missing stops the run with the program’s name, before anything is written', async () => {
  scene.ion.settings.deniedPrograms.add('CUSEXTMI');
  const { error } = await run();
  scene.ion.settings.deniedPrograms.clear();
  expect(error?.message).toMatch(/\[M3_RIGHTS\].*CUSEXTMI/);
  expect(scene.ion.writes).toEqual([]);
});
