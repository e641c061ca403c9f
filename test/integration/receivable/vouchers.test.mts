import { orderOf, Shop } from './scene.mts';

/** Where the user has an interface of usage type 2, orders become general ledger vouchers. */

let shop: Shop;
beforeEach(async () => {
  shop = await Shop.open('m3', { interfaceName: 'MAILCHIMPGL', lineForm: 'fields' });
  shop.customer('W0001', 'anna@shop.example');
});
afterEach(() => shop.close());

const posted = () => shop.ion.m3.ledger.posted;
const order = (change = {}) => orderOf('1001', 'anna@shop.example', change);

test('each part is a line on its account, the customer stands beside them', async () => {
  const [outcome] = await shop.post([order()]);
  expect(outcome!.outcome).toBe('done');
  expect(posted()).toMatchObject([{ customer: 'W0001', currency: 'EUR', total: 11995n }]);
  expect(posted()[0]!.lines.map(({ account, amount }) => [account, amount])).toEqual([
    ['1070', 11995n],
    ['1010', -9500n],
    ['1040', 500n],
    ['1020', -1000n],
    ['1030', -1995n],
  ]);
});

test('it is found again by its text, and a refund nets to nothing', async () => {
  await shop.post([order()]);
  expect((await shop.post([order()]))[0]).toMatchObject({ reason: 'order-unchanged' });
  await shop.post([order({ financial_status: 'refunded' })]);
  expect(posted().reduce((sum, { total }) => sum + total, 0n)).toBe(0n);
  expect(posted()).toHaveLength(2);
});

test('lost answers at any call post nothing twice', async () => {
  for (let skip = 0; skip < 12; skip++) {
    const next = orderOf(`v${skip}`, 'anna@shop.example');
    shop.ion.faults.add({ kind: skip % 2 ? 'reset-after' : 'truncate', path: /m3api/, skip });
    await shop.post([next]).catch(() => undefined);
    await shop.post([next]);
    shop.ion.faults.clear();
  }
  expect(posted()).toHaveLength(12);
});

test('without an account for the receivable nothing is posted, and the message says so', async () => {
  const missing = await Shop.open('m3', { interfaceName: '' });
  await expect(missing.post([order()])).rejects.toThrow('[INFOR_SETTING] No interface is named.');
  await missing.close();
});
