import { orderOf, Shop } from './scene.mts';

/** Orders become customer invoices of M3, once each, whatever happens on the way. */

let shop: Shop;
beforeEach(async () => {
  shop = await Shop.open();
  shop.customer('W0001', 'anna@shop.example');
});
afterEach(() => shop.close());

const posted = () => shop.ion.m3.ledger.posted;
const order = (change = {}) => orderOf('1001', 'anna@shop.example', change);
const reasons = async (...args: Parameters<Shop['post']>) =>
  (await shop.post(...args)).map(({ outcome, reason }) => `${outcome} ${reason}`.trim());

test('an order is a balanced invoice of the buyer, each part on its account', async () => {
  expect(await reasons([order()])).toEqual(['done']);
  expect(posted()).toHaveLength(1);
  const [voucher] = posted();
  expect(voucher).toMatchObject({ customer: 'W0001', currency: 'EUR', date: '20260331', total: 11995n });
  expect(voucher!.lines.map(({ account, amount }) => [account, amount])).toEqual([
    ['', 11995n],
    ['1010', -9500n],
    ['1040', 500n],
    ['1020', -1000n],
    ['1030', -1995n],
  ]);
  expect(voucher!.key).toMatch(/^MC[0-9A-Z]{11}00$/);
});

test('what does not add up exactly is rounding on an account of its own, and more is refused', async () => {
  expect(await reasons([order({ order_total: 119.96 })])).toEqual(['done']);
  expect(posted()[0]!.lines.at(-1)).toMatchObject({ account: '1050', amount: -1n });
  expect(await reasons([orderOf('2', 'anna@shop.example', { order_total: 125 })])).toEqual([
    'attention order-does-not-add-up',
  ]);
});

test('the same order again, in any number of copies and runs, posts nothing more', async () => {
  await shop.post([order(), order(), order()]);
  expect(await reasons([order()])).toEqual(['skipped order-unchanged']);
  await Promise.all(Array.from({ length: 4 }, () => shop.post([order()])));
  expect(posted()).toHaveLength(1);
});

test('a plan posts nothing and tells the same voucher', async () => {
  const planned = await shop.post([order()], {}, 'plan');
  expect(shop.ion.m3.ledger.batches.size).toBe(0);
  const applied = await shop.post([order()]);
  expect(planned[0]!.effects).toEqual(applied[0]!.effects);
});

test('a change posts the difference; a refund and a cancellation net to nothing', async () => {
  await shop.post([order()]);
  await shop.post([order({ lines: [], order_total: 24.95 })]);
  expect(posted().map(({ total }) => total)).toEqual([11995n, -9500n]);
  await shop.post([order({ lines: [], order_total: 24.95, financial_status: 'refunded' })]);
  expect(posted().reduce((sum, { total }) => sum + total, 0n)).toBe(0n);
  expect(await reasons([order({ financial_status: 'cancelled' })])).toEqual(['skipped order-unchanged']);
  expect(posted()).toHaveLength(3);
});

test('a partial refund that lowers the total is credited; one without an amount is never guessed', async () => {
  await shop.post([order()]);
  const half = order({ financial_status: 'partially_refunded', order_total: 59.95 });
  expect(await reasons([order({ financial_status: 'partially_refunded' })])).toEqual([
    'attention refund-amount-unknown',
  ]);
  expect(await reasons([half])).toEqual(['done']);
  expect(await reasons([half])).toEqual(['skipped order-unchanged']);
  expect(posted().map(({ total }) => total)).toEqual([11995n, -6000n]);
  await shop.post([order({ financial_status: 'refunded' })]);
  expect(posted().reduce((sum, { total }) => sum + total, 0n)).toBe(0n);
});

test('what was cancelled before it was posted is never posted', async () => {
  expect(await reasons([order({ cancelled_at_foreign: '2026-04-01T00:00:00Z' })])).toEqual([
    'skipped order-not-posted',
  ]);
  expect(shop.ion.m3.ledger.batches.size).toBe(0);
});

test('with only paid orders, an unpaid one waits', async () => {
  const unpaid = order({ financial_status: 'pending' });
  expect(await reasons([unpaid], { post: 'paid' })).toEqual(['skipped order-not-paid']);
  expect(await reasons([order()], { post: 'paid' })).toEqual(['done']);
});

test('a buyer whom nobody or several customers are is never guessed', async () => {
  shop.customer('W0002', 'anna@shop.example');
  expect(await reasons([order(), orderOf('2', 'stranger@shop.example')])).toEqual([
    'attention customer-ambiguous',
    'attention customer-unknown',
  ]);
  expect(shop.ion.m3.ledger.batches.size).toBe(0);
});

test('an address in other letters is the same buyer', async () => {
  expect(await reasons([orderOf('1001', 'Anna@SHOP.example')])).toEqual(['done']);
  expect(posted()).toMatchObject([{ customer: 'W0001' }]);
});

test('the contact’s cross-reference counts before any address', async () => {
  shop.customer('W0002', 'anna@shop.example');
  shop.ion.m3.changeCustomFields('W0002', { A121: 'contact-1', A230: 'audience', A030: 'subscribed' });
  const member = {
    ...{ contactId: 'contact-1', audienceId: 'audience', status: 'subscribed' },
    email: 'anna@shop.example',
  };
  const beside = { member, customerNumbers: ['W0001', 'W0002'] };
  expect((await shop.post([order()], {}, 'apply', beside))[0]).toMatchObject({ number: 'W0002' });
});

test('currencies with no and with three decimals are exact', async () => {
  const yen = orderOf('y', 'anna@shop.example', {
    ...{ currency_code: 'JPY', order_total: 1100, tax_total: 100, shipping_total: 0, discount_total: 0 },
    lines: [{ id: '1', quantity: 2, price: 500, discount: 0 }],
  });
  const dinar = orderOf('k', 'anna@shop.example', {
    ...{ currency_code: 'KWD', order_total: 0.303, tax_total: 0, shipping_total: 0, discount_total: 0 },
    lines: [{ id: '1', quantity: 3, price: 0.101, discount: 0 }],
  });
  expect(await reasons([yen, dinar])).toEqual(['done', 'done']);
  expect(posted().map(({ total, currency }) => [currency, total])).toEqual([
    ['JPY', 1100n],
    ['KWD', 303n],
  ]);
});

test('M3’s refusal of one voucher does not stop the others', async () => {
  shop.customer('W0003', 'carl@shop.example');
  shop.ion.m3.ledger.interfaces.set('MAILCHIMP', { usage: 1 });
  const odd = orderOf('odd', 'carl@shop.example', { currency_code: 'CHF' });
  const result = await shop.post([odd, order()]);
  expect(result.map(({ outcome, reason }) => [outcome, reason])).toEqual([
    ['attention', 'refused-by-infor'],
    ['done', ''],
  ]);
  expect(result[0]!.explanation).toContain('CUCD');
});

test('a batch that an earlier run entered as a whole is posted, not entered again', async () => {
  const { ledger } = shop.ion.m3;
  ledger.postsLater = true;
  await shop.post([order()]);
  expect(posted()).toHaveLength(0);
  ledger.postsLater = false;
  for (const batch of ledger.batches.values()) batch.status = '20';
  expect(await reasons([order()])).toEqual(['done']);
  expect([posted().length, ledger.batches.size]).toEqual([1, 1]);
});

test('a half entered batch with another content is not written over', async () => {
  const { ledger } = shop.ion.m3;
  await shop.post([order()]);
  const [key, batch] = [...ledger.batches][0]!;
  ledger.posted.length = 0;
  shop.ion.m3.business.invoices.rows.clear();
  batch.status = '10';
  batch.lines.delete('3');
  batch.head.DESC = `${'0'.repeat(16)} other`;
  expect(await reasons([order()])).toEqual(['attention voucher-left-open']);
  ledger.batches.delete(key);
  expect(await reasons([order()])).toEqual(['done']);
});

test('reads are bulk calls: three selections and five steps for a hundred orders, no call an order', async () => {
  const orders = Array.from({ length: 100 }, (_, i) => orderOf(`n${i}`, 'anna@shop.example'));
  const before = shop.ion.requests.all.length;
  expect(new Set(await reasons(orders))).toEqual(new Set(['done']));
  expect(posted()).toHaveLength(100);
  expect(shop.ion.requests.all.length - before).toBeLessThanOrEqual(22);
});
