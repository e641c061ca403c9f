import { idsOf, order, startScene, type Scene } from './scene.mts';

/** Mailchimp tells nobody about orders: a poll finds each new, changed, cancelled and refunded one, once. */

let scene: Scene;
beforeEach(async () => void (scene = await startScene()));
afterEach(() => scene.mailchimp.close());

test('from now on means that what is there starts nothing', async () => {
  scene.orders('1', '2');
  const poller = scene.poller();
  expect(await poller.poll()).toEqual([]);
  scene.orders('3');
  expect(idsOf(await poller.poll())).toEqual(['new 3']);
  expect(await poller.poll()).toEqual([]);
});

test('everything means everything, once', async () => {
  scene.orders('1', '2');
  const poller = scene.poller({ startWith: 'everything' });
  expect(idsOf(await poller.poll())).toEqual(['new 1', 'new 2']);
  expect(await poller.poll()).toEqual([]);
});

test('each change is one event and says what it is', async () => {
  scene.orders('1', '2', '3');
  const { shop } = scene.mailchimp;
  const poller = scene.poller();
  await poller.poll();
  shop.changeOrder('shop', '1', { fulfillment_status: 'shipped' });
  shop.changeOrder('shop', '2', { cancelled_at_foreign: '2026-11-02T10:00:00+00:00' });
  shop.changeOrder('shop', '3', { financial_status: 'refunded' });
  expect(idsOf(await poller.poll())).toEqual(['cancelled 2', 'changed 1', 'refunded 3']);
  expect(await poller.poll()).toEqual([]);
});

test('what Mailchimp itself writes into an order is no change', async () => {
  scene.orders('1');
  const poller = scene.poller();
  await poller.poll();
  scene.mailchimp.shop.attribute('shop', '1', 'campaign-7');
  scene.mailchimp.shop.store('shop').products.get('p')!.title = 'Another name';
  expect(await poller.poll()).toEqual([]);
});

test('the item holds the order, the buyer’s contact and the customers’ numbers', async () => {
  const poller = scene.poller({ startWith: 'everything' });
  scene.orders('1');
  const [item] = await poller.poll();
  expect(item).toMatchObject({
    storeId: 'shop',
    event: 'new',
    order: { id: '1', order_total: 20, lines: [{ quantity: 2 }] },
    member: { status: 'subscribed', email: 'anna@shop.example' },
    customerNumbers: ['Y1', 'Y2'],
  });
});

test('a store of 3,500 orders costs four pages a poll, and no order is read by itself', async () => {
  for (let i = 0; i < 3500; i++) scene.mailchimp.shop.putOrder('shop', order(`o${i}`));
  const poller = scene.poller();
  await poller.poll();
  const before = scene.mailchimp.requests.all.length;
  scene.mailchimp.shop.changeOrder('shop', 'o1700', { financial_status: 'refunded' });
  expect(idsOf(await poller.poll())).toEqual(['refunded o1700']);
  // Four pages, the store, and the contact of the one buyer.
  expect(scene.mailchimp.requests.all.length - before).toBe(6);
});

test('what is kept is 16 characters an order, and no address', async () => {
  for (let i = 0; i < 500; i++) scene.mailchimp.shop.putOrder('shop', order(`o${i}`));
  const poller = scene.poller();
  await poller.poll();
  expect(poller.stored.length).toBeLessThan(500 * 16 + 200);
  expect(poller.stored).not.toContain('anna');
});

test('pages that shift while they are read lose nothing and give nothing twice', async () => {
  for (let i = 0; i < 2500; i++) scene.mailchimp.shop.putOrder('shop', order(`o${i}`));
  const poller = scene.poller();
  await poller.poll();
  const { shop, faults } = scene.mailchimp;
  let made = 0;
  let removed = 0;
  // Between any two pages, orders come and go.
  faults.add({
    kind: 'delay',
    delayMs: 0,
    path: /\/orders$/,
    times: 8,
    where: () => {
      for (let i = 0; i < 3; i++) shop.putOrder('shop', order(`late${made++}`));
      shop.removeOrder('shop', `o${removed++}`);
      return true;
    },
  });
  const events = [...(await poller.poll()), ...(await poller.poll())];
  faults.clear();
  events.push(...(await poller.poll()));
  const ids = idsOf(events);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids).toHaveLength(made);
});

test('after a restart of n8n that kept nothing, recent orders come again rather than not at all', async () => {
  const poller = scene.poller();
  await poller.poll();
  scene.mailchimp.shop.putOrder('shop', order('old'));
  scene.mailchimp.shop.putOrder('shop', order('new', { processed_at_foreign: new Date().toISOString() }));
  poller.restart();
  expect(idsOf(await poller.poll('init'))).toEqual(['new new']);
});

test('a poll that fails moves nothing', async () => {
  const poller = scene.poller();
  await poller.poll();
  scene.orders('1');
  scene.mailchimp.faults.add({ kind: 'answer', status: 404, path: /stores\/shop$/, body: { title: 'x' } });
  await expect(poller.poll()).rejects.toThrow('MAILCHIMP_');
  expect(idsOf(await poller.poll())).toEqual(['new 1']);
});

test('fetching a test event shows orders and moves nothing', async () => {
  scene.orders('1', '2', '3', '4', '5');
  const poller = scene.poller({ startWith: 'everything' });
  expect(await poller.fetchTestEvent()).toHaveLength(3);
  expect(await poller.poll()).toHaveLength(5);
});
