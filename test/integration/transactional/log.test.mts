import type { IDataObject } from 'n8n-workflow';
import { itemsOf, startScene, type Scene } from '../infor/scene.mts';

/** The customer’s record tells what became of the last order mail; many events are one write. */

let scene: Scene;
beforeEach(async () => {
  scene = await startScene();
  scene.ion.m3.addCustomer({ CUNO: 'W0001', MAIL: 'anna@shop.example' });
  scene.ion.m3.addCustomer({ CUNO: 'W0002', MAIL: 'carl@shop.example' });
});
afterEach(() => scene.ion.close());

const event = (kind: string, minute: number, change: IDataObject = {}): IDataObject => ({
  event: kind,
  messageId: 'abcdef0123456789',
  at: `2026-11-23T10:${String(minute).padStart(2, '0')}:07.000Z`,
  sentAt: '2026-11-23T10:00:05.000Z',
  email: 'anna@shop.example',
  metadata: { order_id: '1001' },
  ...change,
});

const log = async (...input: IDataObject[]) => {
  const result = await scene.run({ resource: 'customer', operation: 'logMail' }, { input });
  expect(result.error).toBeUndefined();
  return itemsOf(result).map(({ outcome, reason }) => `${String(outcome)} ${String(reason)}`.trim());
};

const stored = (number = 'W0001') =>
  ['A330', 'A430', 'A530'].map((field) => scene.ion.m3.customField(number, field));

test('an order confirmation is on its customer, by the address', async () => {
  expect(await log(event('send', 0))).toEqual(['done']);
  expect(stored()).toEqual(['2026-11-23T10:00:05Z abcdef01', 'send 2026-11-23 10:00', '1001']);
});

test('ten opens are one write, and none when it is known', async () => {
  await log(event('send', 0));
  const before = scene.ion.writes.length;
  await log(...Array.from({ length: 10 }, (_, i) => event('open', i + 1)));
  expect(scene.ion.writes.length - before).toBe(1);
  expect(stored()[1]).toBe('open 2026-11-23 10:01');
  await log(...Array.from({ length: 10 }, (_, i) => event('open', i + 20)));
  expect(scene.ion.writes.length - before).toBe(1);
});

test('any order of the events gives the same', async () => {
  await log(event('hard_bounce', 3), event('send', 0), event('deferral', 1));
  await log(event('delivered', 2), event('send', 0));
  expect(stored()[1]).toBe('hard_bounce 2026-11-23 10:03');
});

test('a later mail counts, an earlier one comes too late', async () => {
  await log(event('hard_bounce', 3));
  const next = {
    messageId: '99999999aaaa',
    sentAt: '2026-11-24T09:00:00.000Z',
    metadata: { order_id: '1002' },
  };
  await log(event('delivered', 9, next));
  await log(event('spam', 30));
  expect(stored()).toEqual(['2026-11-24T09:00:00Z 99999999', 'delivered 2026-11-23 10:09', '1002']);
});

test('the number that the shop gives counts before the address', async () => {
  await log(event('send', 0, { metadata: { customer_number: 'W0002', order_id: '7' } }));
  expect(stored()).toEqual([undefined, undefined, undefined]);
  expect(stored('W0002')[2]).toBe('7');
});

test('mails to nobody’s address, and items that are no mails, stop nothing', async () => {
  expect(await log(event('send', 0, { email: 'x@shop.example' }), { what: 1 }, event('send', 0))).toEqual([
    'skipped message-of-nobody',
    'attention not-a-message',
    'done',
  ]);
});

test('a person’s own text in a field is not written over while the log is on its way', async () => {
  await log(event('send', 0));
  let once = true;
  scene.ion.settings.beforeWrite = (program) => {
    if (program !== 'CUSEXTMI' || !once) return;
    once = false;
    scene.ion.m3.changeCustomFields('W0001', { A430: 'called by phone' });
  };
  const [outcome] = await log(event('open', 4));
  expect(outcome).toMatch(/done|attention changed-in-infor/);
});

test('200 events of 100 customers are a handful of calls', async () => {
  const events: IDataObject[] = [];
  for (let i = 0; i < 100; i++) {
    scene.ion.m3.addCustomer({ CUNO: `Z${1000 + i}`, MAIL: `b${i}@shop.example` });
    events.push(
      event('send', 0, { email: `b${i}@shop.example` }),
      event('open', 1, { email: `b${i}@shop.example` }),
    );
  }
  const before = scene.ion.requests.all.length;
  await log(...events);
  expect(scene.ion.requests.all.length - before).toBeLessThanOrEqual(8);
  expect(scene.ion.writes).toHaveLength(100);
});
