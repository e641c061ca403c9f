import { runNode, type NodeResult } from '../../support/harness.mts';
import { itemsOf } from '../infor/scene.mts';
import { order, startScene, type Scene } from './scene.mts';

/** What marketing has in Mailchimp can be read: whole lists, all fields, or the few that people look at. */

let scene: Scene;
let list: string;
beforeEach(async () => {
  scene = await startScene();
  list = scene.mailchimp.audiences.all()[0]!.id;
});
afterEach(() => scene.mailchimp.close());

const run = (parameters: Record<string, unknown>): Promise<NodeResult> =>
  runNode({
    type: 'mailchimpSync',
    parameters: { store: { __rl: true, mode: 'id', value: 'shop' }, returnAll: true, ...parameters },
    credentials: { mailchimpMarketingApi: { apiKey: scene.mailchimp.apiKey, baseUrl: scene.mailchimp.url } },
  });

const get = async (parameters: Record<string, unknown>) => {
  const result = await run(parameters);
  expect(result.error).toBeUndefined();
  return itemsOf(result);
};

const many = (resource: string, more = {}) => get({ resource, operation: 'getAll', ...more });

test('audiences, stores, campaigns and reports', async () => {
  scene.mailchimp.campaigns.add({ id: 'c1', listId: list, subject: 'Spring', emailsSent: 10, opens: 4 });
  scene.mailchimp.campaigns.add({ id: 'c2', listId: list, subject: 'Draft', status: 'save' });
  expect(await many('audience')).toMatchObject([{ id: list, name: 'Customers', stats: { member_count: 1 } }]);
  expect(await many('store')).toMatchObject([{ id: 'shop', list_id: list }]);
  expect(await many('campaign')).toHaveLength(2);
  expect(await many('campaign', { readFilters: { status: 'sent' } })).toMatchObject([
    { id: 'c1', settings: { subject_line: 'Spring' } },
  ]);
  expect(await get({ resource: 'report', operation: 'get', recordId: 'c1' })).toMatchObject([
    { id: 'c1', opens: { opens_total: 4 } },
  ]);
});

test('customers, products, variants, order lines and carts of a store', async () => {
  scene.orders('1');
  expect(await many('storeCustomer', { readFilters: { email: 'anna@shop.example' } })).toMatchObject([
    { id: 'c-1', orders_count: 1, total_spent: 20 },
  ]);
  expect(await many('product')).toMatchObject([{ id: 'p', title: 'p' }]);
  expect(await many('variant', { product: 'p' })).toMatchObject([{ id: 'v' }]);
  expect(await many('orderLine', { order: '1' })).toMatchObject([{ id: '1', quantity: 2, price: 10 }]);
  expect(await many('cart')).toEqual([]);
});

test('orders come with the buyer, as the trigger gives them', async () => {
  scene.orders('1', '2');
  const orders = await many('order');
  expect(orders).toMatchObject([
    { storeId: 'shop', order: { id: '2' }, customerNumbers: ['Y1', 'Y2'] },
    { storeId: 'shop', order: { id: '1' }, customerNumbers: ['Y1', 'Y2'] },
  ]);
  expect(await get({ resource: 'order', operation: 'get', recordId: '1' })).toEqual([orders[1]]);
});

test('only recent orders, by the shop’s own times', async () => {
  scene.orders('old');
  scene.mailchimp.shop.putOrder('shop', order('new', { updated_at_foreign: new Date().toISOString() }));
  expect(await many('order', { orderOptions: { changedDays: 3 } })).toMatchObject([{ order: { id: 'new' } }]);
});

test('simplified by default, everything on request', async () => {
  const [simple] = await many('store');
  const [whole] = await many('store', { simplify: false });
  expect(Object.keys(simple!).length).toBeLessThan(8);
  expect(whole).toHaveProperty('automations');
});

test('2,500 orders are three pages, a limit is one short page', async () => {
  for (let i = 0; i < 2500; i++) scene.mailchimp.shop.putOrder('shop', order(`o${i}`));
  const before = scene.mailchimp.requests.all.length;
  expect(await many('order', { orderOptions: { readContact: false } })).toHaveLength(2500);
  expect(scene.mailchimp.requests.all.length - before).toBe(3);
  expect(await many('order', { returnAll: false, limit: 5 })).toHaveLength(5);
});

test('a record that does not exist, and one that is not named, say so', async () => {
  const unknown = await run({ resource: 'order', operation: 'get', recordId: '404' });
  expect(unknown.error?.message).toContain('[MAILCHIMP_NOT_FOUND]');
  const unnamed = await run({ resource: 'variant', operation: 'getAll', product: '={{ "" }}' });
  expect(unnamed.error?.message).toContain('[SYNC_SETTING]');
});
