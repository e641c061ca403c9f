import { orderOf, Shop } from './scene.mts';

/** Where the user wants it, a paid order is an invoice and its payment, each once. */

let shop: Shop;
beforeEach(async () => {
  shop = await Shop.open('m3', { interfaceName: 'MAILCHIMP', batchPaymentType: 'MC' });
  shop.customer('W0001', 'anna@shop.example');
});
afterEach(() => shop.close());

const payments = () => [...shop.ion.m3.ledger.payments.values()];
const order = (change = {}) => orderOf('1001', 'anna@shop.example', change);

test('a paid order’s payment is entered, controlled, and names the invoice', async () => {
  const [outcome] = await shop.post([order()]);
  expect(outcome).toMatchObject({ outcome: 'done', actions: ['receivable', 'payment'] });
  const [payment] = payments();
  expect(payment).toMatchObject({ head: { BOPE: 'MC' }, controlled: true });
  expect([...payment!.lines.values()]).toMatchObject([
    { CINO: shop.ion.m3.ledger.posted[0]!.key, CUNO: 'W0001', INYR: '2026', PYAM: '119.95', CUCD: 'EUR' },
  ]);
});

test('an unpaid order has none until it is paid', async () => {
  await shop.post([order({ financial_status: 'pending' })]);
  expect(payments()).toEqual([]);
  await shop.post([order()]);
  expect([payments().length, shop.ion.m3.ledger.posted.length]).toEqual([1, 1]);
});

test('lost answers at any call enter no payment twice', async () => {
  for (let skip = 0; skip < 14; skip++) {
    const next = orderOf(`p${skip}`, 'anna@shop.example');
    shop.ion.faults.add({ kind: skip % 2 ? 'reset-after' : 'truncate', path: /m3api/, skip });
    await shop.post([next]).catch(() => undefined);
    await shop.post([next]);
    shop.ion.faults.clear();
  }
  expect(payments()).toHaveLength(14);
  for (const { lines, controlled } of payments()) expect([lines.size, controlled]).toEqual([1, true]);
  expect(shop.ion.m3.ledger.posted).toHaveLength(14);
});

test('what M3 knows as paid is left alone', async () => {
  await shop.post([order()]);
  for (const row of shop.ion.m3.business.invoices.rows.values()) row.RECO = '9';
  const [again] = await shop.post([order()]);
  expect(again).toMatchObject({ outcome: 'skipped', reason: 'order-unchanged' });
});

test('a payment that M3 refuses leaves the invoice posted, and says so', async () => {
  shop.ion.settings.deniedPrograms.add('ARS040MI');
  const [outcome] = await shop.post([order()]);
  expect(outcome!.outcome).toBe('attention');
  expect(outcome!.ledger.map(({ kind, status }) => `${kind} ${status}`)).toEqual([
    'receivable applied',
    expect.stringMatching(/^payment (failed|quarantined)$/),
  ]);
});
