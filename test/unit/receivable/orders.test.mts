import fc from 'fast-check';
import { orderPrint } from '../../../sync/order.ts';
import { OrderScan } from '../../../sync/orderScan.ts';
import { NOTHING } from '../../../sync/receivable/amounts.ts';
import { entriesOf } from '../../../sync/receivable/entries.ts';
import { voucherBase } from '../../../sync/receivable/numbers.ts';
import { orderOf } from '../../integration/receivable/scene.mts';

/** What names an order, what tells that it changed, and what is kept of it. */

const SEED = Number(process.env.SEED ?? 20261123);

test('voucher numbers are 15 or 12 characters, one base an order', () => {
  const bases = new Set(Array.from({ length: 50_000 }, (_, i) => voucherBase('shop', String(i), 12)));
  expect(bases.size).toBe(50_000);
  expect(voucherBase('shop', '1', 15)).toMatch(/^MC[0-9A-Z]{11}$/);
  expect(voucherBase('a', 'b1', 15)).not.toBe(voucherBase('ab', '1', 15));
});

test('entries begin with the receivable and leave nothing out', () => {
  const amounts = { ...NOTHING, goods: 9500, discount: 500, tax: 1995 };
  expect(entriesOf(amounts, 2)).toEqual([
    { part: 'receivable', amount: '109.95' },
    { part: 'goods', amount: '-95.00' },
    { part: 'discount', amount: '5.00' },
    { part: 'tax', amount: '-19.95' },
  ]);
});

test('what Mailchimp writes into an order, and the order of its lines, change no fingerprint', () => {
  const lines = [
    { id: '1', price: 1, quantity: 1 },
    { id: '2', price: 2, quantity: 2 },
  ];
  const base = orderOf('1', 'a@shop.example', { lines });
  const touched = {
    ...base,
    campaign_id: 'x',
    outreach: { id: 'y' },
    outreach_id: 'y',
    landing_site: 'z',
    lines: [...lines].reverse(),
  };
  expect(orderPrint(touched)).toBe(orderPrint(base));
  expect(orderPrint({ ...base, financial_status: 'refunded' })).not.toBe(orderPrint(base));
});

test(`what a scan keeps tells new, changed and same, and survives storage (seed ${SEED})`, () => {
  const orders = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 12 }), { maxLength: 200 });
  fc.assert(
    fc.property(orders, (ids) => {
      const scan = OrderScan.from('');
      for (const id of ids) scan.take(orderOf(id, 'a@shop.example'));
      const again = OrderScan.from(scan.text());
      expect(again.size).toBe(ids.length);
      for (const id of ids) {
        expect(again.compare(orderOf(id, 'a@shop.example'))).toBe('same');
        expect(again.compare(orderOf(id, 'a@shop.example', { order_total: 1 }))).toBe('changed');
      }
      expect(again.compare(orderOf('an id of thirteen', 'a@shop.example'))).toBe('new');
      again.keepOnly([], OrderScan.from(again.text()));
      expect(again.text()).toBe('');
    }),
    { numRuns: 200, seed: SEED },
  );
});

test('a broken or foreign state is no state', () => {
  for (const stored of [undefined, null, 7, {}, 'x', '====']) expect(OrderScan.from(stored).size).toBe(0);
});
