import { orderOf, Shop } from './scene.mts';

/** The other product lines that take receivables: one record an invoice or credit, once each. */

const LINES = {
  industrial: {
    values: {},
    numbers: (shop: Shop) => [...shop.ion.industrial.table('customer').keys()],
    address: (shop: Shop, number: string, email: string) =>
      shop.ion.industrial.change('customer', number, { CustomerEmailAddr: email }),
    rows: (shop: Shop) =>
      [
        ...shop.ion.industrial.receivables.SLArinvs.values(),
        ...shop.ion.industrial.receivables.SLArtrans.values(),
      ].map((row) => ({
        number: row.InvNum!,
        customer: row.CustNum!.trim(),
        type: row.Type!,
        amounts: [row.Amount, row.Freight, row.SalesTax, row.MiscCharges].map(Number),
      })),
    path: /SLArinvs|SLArtrans/,
  },
  financials: {
    values: {},
    numbers: (shop: Shop) => [...shop.ion.financials.table('customer').keys()],
    address: (shop: Shop, number: string, email: string) =>
      shop.ion.financials.change('customer', number, { EmailAddress: email }),
    rows: (shop: Shop) =>
      [...shop.ion.financials.table('invoice').values()]
        .map(({ row }) => row)
        .filter(({ Invoice = '' }) => Invoice.startsWith('MC'))
        .map((row) => ({
          number: row.Invoice!,
          customer: row.Customer!,
          type: row.InvoiceType!,
          amounts: [row.GoodsAmount, row.FreightAmount, row.TaxAmount, row.RoundingAmount].map(Number),
        })),
    path: /ReceivableInvoice/,
  },
};

describe.each(Object.entries(LINES))('%s', (name, line) => {
  let shop: Shop;
  let customer: string;
  beforeEach(async () => {
    shop = await Shop.open(name, line.values);
    customer = line.numbers(shop)[0]!;
    line.address(shop, customer, 'anna@shop.example');
  });
  afterEach(() => shop.close());

  const order = (change = {}) => orderOf('1001', 'anna@shop.example', change);
  const reasons = async (...args: Parameters<Shop['post']>) =>
    (await shop.post(...args)).map(({ outcome, reason }) => `${outcome} ${reason}`.trim());
  const sum = () =>
    line
      .rows(shop)
      .reduce(
        (all, { type, amounts }) =>
          all + (type === 'C' ? -1 : 1) * Math.round(amounts.reduce((a, b) => a + b, 0) * 100),
        0,
      );

  test('an order is an invoice of the buyer, discounts in the goods', async () => {
    expect(await reasons([order()])).toEqual(['done']);
    expect(line.rows(shop)).toMatchObject([{ customer, type: 'I', amounts: [90, 10, 19.95, 0] }]);
  });

  test('again, and at once in four runs, it is one invoice', async () => {
    await Promise.all(Array.from({ length: 4 }, () => shop.post([order()])));
    expect(line.rows(shop)).toHaveLength(1);
    expect(await reasons([order()])).toEqual(['skipped order-unchanged']);
  });

  test('a partial refund, then a whole one, net to nothing', async () => {
    await shop.post([order()]);
    const half = order({ financial_status: 'partially_refunded', order_total: 59.95 });
    expect(await reasons([half])).toEqual(['done']);
    expect(sum()).toBe(5995);
    expect(await reasons([half])).toEqual(['skipped order-unchanged']);
    await shop.post([order({ financial_status: 'refunded' })]);
    expect(sum()).toBe(0);
    expect(line.rows(shop)).toHaveLength(3);
  });

  test('lost answers, resets and throttling at any call post nothing twice', async () => {
    const kinds = ['reset-after', 'reset-before', 'truncate', 'answer-after'] as const;
    for (let i = 0; i < 24; i++) {
      const orders = [orderOf(`f${i}`, 'anna@shop.example'), orderOf(`g${i}`, 'anna@shop.example')];
      shop.ion.faults.add({
        kind: kinds[i % 4]!,
        status: 504,
        body: '<html/>',
        path: line.path,
        skip: i >> 2,
      });
      await shop.post(orders).catch(() => undefined);
      await shop.post(orders);
      shop.ion.faults.clear();
    }
    expect(line.rows(shop)).toHaveLength(48);
    expect(sum()).toBe(48 * 11995);
  });

  test('strangers are looked for together, not one by one', async () => {
    const orders = Array.from({ length: 30 }, (_, i) => orderOf(`s${i}`, `nobody${i}@shop.example`));
    const before = shop.ion.requests.all.length;
    expect(new Set(await reasons(orders))).toEqual(new Set(['attention customer-unknown']));
    expect(shop.ion.requests.all.length - before).toBeLessThanOrEqual(6);
  });

  test('a buyer whom nobody is stops only that order', async () => {
    expect(await reasons([orderOf('x', 'stranger@shop.example'), order()])).toEqual([
      'attention customer-unknown',
      'done',
    ]);
  });
});

test('what CloudSuite Industrial has posted by itself is still known', async () => {
  const shop = await Shop.open('industrial', {});
  const [customer] = shop.ion.industrial.table('customer').keys();
  shop.ion.industrial.change('customer', customer!, { CustomerEmailAddr: 'anna@shop.example' });
  await shop.post([orderOf('1', 'anna@shop.example')]);
  shop.ion.industrial.postInvoices();
  const [again] = await shop.post([orderOf('1', 'anna@shop.example')]);
  expect(again).toMatchObject({ outcome: 'skipped', reason: 'order-unchanged' });
  expect(shop.ion.industrial.receivables.SLArinvs.size).toBe(0);
  await shop.close();
});
