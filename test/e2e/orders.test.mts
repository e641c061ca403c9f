import { join } from 'node:path';
import { ORDERS_TEMPLATE, readTemplate, startLab, type Lab } from '../../sandbox/lab.mts';
import { errorOf } from '../../sandbox/n8n/execution.mts';
import type { StoredWorkflow } from '../../sandbox/n8n/rest.mts';
import { HOMES } from '../../sandbox/n8n/tools.mts';
import { orderOf, type Json } from '../integration/receivable/scene.mts';
import { until } from './circle.mts';
import { joinAtRest } from './join.mts';
import { addReplayLogin, replayIn } from './replaying.mts';

/** Template 06, imported unchanged: a shop, Mailchimp, M3’s ledger and a real n8n between them. */

const SHOP = { name: 'X-Shop', value: 'a long secret of the shop' };

let lab: Lab;
let orders: StoredWorkflow;
const ledger = () => lab.world.ion.m3.ledger;
const shop = () => lab.world.mailchimp.shop;

const put = (id: string, email: string, change: Json = {}): void =>
  void shop().putOrder('shop', {
    ...orderOf(id, email, change),
    processed_at_foreign: new Date().toISOString(),
  });

beforeAll(async () => {
  lab = await startLab({ folder: join(HOMES, 'e2e-orders'), seed: 6, customers: 60 });
  const { m3 } = lab.world.ion;
  m3.addCustomer({ CUNO: 'W0001', CUNM: 'Anna', MAIL: 'anna@shop.example', PYNO: '' });
  m3.addCustomer({ CUNO: 'W0002', CUNM: 'Carl', MAIL: 'carl@shop.example', PYNO: '' });
  orders = await lab.api.importWorkflow(readTemplate(ORDERS_TEMPLATE));
});
afterAll(() => lab?.stop());

const runNow = async (): Promise<void> =>
  expect(errorOf(await lab.api.run(orders, 'Run Now', 120_000))).toBe('');

const totals = () => ledger().posted.map(({ customer, total }) => `${customer} ${total}`);

test('recent orders are posted once, however often the night comes', async () => {
  put('o1', 'anna@shop.example');
  put('o2', 'carl@shop.example');
  put('o3', 'nobody@shop.example');
  await runNow();
  expect(totals().sort()).toEqual(['W0001 11995', 'W0002 11995']);
  await runNow();
  expect(ledger().posted).toHaveLength(2);
  const rows = await lab.api.tableRows('infor_mailchimp_ledger');
  const kinds = rows.map(({ kind, status, reason }) =>
    `${String(kind)} ${String(status)} ${String(reason)}`.trim(),
  );
  expect(kinds.filter((kind) => kind === 'receivable applied')).toHaveLength(2);
  expect(kinds).toContain('note quarantined customer-unknown');
  expect(JSON.stringify(rows)).not.toContain('@shop.example');
});

test('an order of nobody is posted by a replay once its buyer is a customer, and only once', async () => {
  await addReplayLogin(lab);
  lab.world.ion.m3.addCustomer({ CUNO: 'W0003', CUNM: 'Dora', MAIL: 'nobody@shop.example', PYNO: '' });
  const gone = {
    ...{ effectKey: 'receivable:shop:gone:0', flow: 'orders of shop', kind: 'receivable', status: 'failed' },
    ...{
      recordNumber: 'W0009',
      memberId: '',
      source: 'order shop/gone',
      reason: 'customer-unknown',
      attempts: 1,
    },
    ...{ fingerprint: '', executionId: '', workflowId: 'no-such-workflow', link: '' },
  };
  await lab.api.insertRows('infor_mailchimp_ledger', [gone]);
  const told = await replayIn(lab, { reason: 'customer-unknown' });
  expect(told).toHaveLength(2);
  expect(told.find(({ recordNumber }) => recordNumber === 'W0009')).toMatchObject({
    status: 'failed',
    called: expect.stringMatching(/could not be called/) as string,
  });
  expect(told.find(({ recordNumber }) => recordNumber !== 'W0009')).toMatchObject({
    called: 'yes',
    status: 'superseded',
  });
  await replayIn(lab, { reason: 'customer-unknown' });
  await replayIn(lab, {});
  expect(totals().filter((total) => total.startsWith('W0003'))).toEqual(['W0003 11995']);
  const rows = await lab.api.tableRows('infor_mailchimp_ledger');
  expect(rows.filter(({ source, status }) => source === 'order shop/o3' && status === 'quarantined')).toEqual(
    [],
  );
});

test('a published workflow posts new orders and refunds by itself', async () => {
  const template = readTemplate(ORDERS_TEMPLATE);
  const change = { pollTimes: { item: [{ mode: 'everyMinute' }] }, notifications: 'token' };
  await lab.api.createCredential({ name: 'Shop account', type: 'httpHeaderAuth', data: SHOP });
  const login = { httpHeaderAuth: { id: null, name: 'Shop account' } };
  // Unchanged but for the pace, so that the test need not wait for five minutes, and for the shop that posts.
  const nodes = template.nodes.map((node) =>
    node.name === 'When an Order Comes'
      ? {
          ...node,
          parameters: { ...node.parameters, ...change },
          credentials: { ...node.credentials, ...login },
        }
      : node,
  );
  const before = lab.world.mailchimp.requests.all.length;
  const live = await lab.api.importWorkflow({ ...template, nodes });
  await lab.api.publish(live);
  const { webhookId } = live.nodes.find(({ name }) => name === 'When an Order Comes') as {
    webhookId?: string;
  };
  const tell = async (orderId: string, value: string): Promise<number> => {
    const headers = { 'content-type': 'application/json', [SHOP.name]: value };
    const body = JSON.stringify({ order_id: orderId });
    return (await fetch(`${lab.n8n.url}/webhook/${webhookId}/order`, { method: 'POST', headers, body }))
      .status;
  };
  await until('the first poll has seen the store', () =>
    lab.world.mailchimp.requests.all.slice(before).some(({ path }) => /stores\/shop\/orders$/.test(path)),
  );
  await new Promise((resolve) => setTimeout(resolve, 2000));
  put('told', 'anna@shop.example', { order_total: 19.95, shipping_total: 0, discount_total: 0, lines: [] });
  expect(await tell('told', 'wrong')).toBe(401);
  expect(await tell('told', SHOP.value)).toBe(200);
  await until('the order that the shop told is posted', () => totals().includes('W0001 1995'));
  put('o4', 'carl@shop.example');
  shop().changeOrder('shop', 'o1', { financial_status: 'refunded' });
  const end = Date.now() + 100_000;
  while (ledger().posted.length < 6 && Date.now() < end)
    await new Promise((resolve) => setTimeout(resolve, 500));
  expect(totals().sort()).toEqual([
    ...['W0001 -11995', 'W0001 11995', 'W0001 1995', 'W0002 11995', 'W0002 11995', 'W0003 11995'],
  ]);
}, 150_000);

test('every write is in the ledger, and every row is a write', async () => {
  expect(await joinAtRest(lab)).toMatchObject({ untold: [], unmade: [] });
  const rows = await lab.api.tableRows('infor_mailchimp_ledger');
  const told = rows.filter(({ kind, status }) => kind === 'receivable' && status === 'applied');
  expect(told).toHaveLength(ledger().posted.length);
});
