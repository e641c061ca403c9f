import fc from 'fast-check';
import { readOrder, type Order } from '../../../sync/order.ts';
import { NOTHING, plus, targetOf, totalOf } from '../../../sync/receivable/amounts.ts';
import { planReceivables } from '../../../sync/receivable/plan.ts';
import type {
  FoundVoucher,
  OrderInput,
  OrderState,
  ReceivableEffect,
  ReceivableSettings,
} from '../../../sync/receivable/types.ts';
import { orderOf } from '../../integration/receivable/scene.mts';

/** Whatever a shop says of an order, in whatever order: what is posted in the end is what the order says in the end. */

const SEED = Number(process.env.SEED ?? 20261123);
const SETTINGS: ReceivableSettings = {
  voucherLength: 15,
  keeps: ['goods', 'discount', 'shipping', 'tax', 'rounding', 'refund'],
  payments: false,
  post: 'all',
  customerIdIsNumber: false,
  today: '20261123',
  date: 'order',
  accounts: undefined,
};

const input = (order: Order): OrderInput => ({
  ...{ itemIndex: 0, order, orderId: order.orderId, storeId: order.storeId, member: undefined },
  ...{ numbers: [], text: '', attempts: 0, retryOf: '' },
});

const asFound = (effect: ReceivableEffect): FoundVoucher => ({
  key: effect.voucher,
  customerNumber: effect.recordNumber,
  currency: effect.currency,
  state: 'posted',
  fingerprint: effect.fingerprint,
  total: '',
  entries: effect.entries,
  year: '2026',
  settled: false,
});

/** CloudSuite as a list of vouchers. */
class Book {
  vouchers: FoundVoucher[] = [];
  effects: ReceivableEffect[] = [];

  run(order: Order, settings = SETTINGS): string {
    const state: OrderState = { vouchers: this.vouchers, customers: new Map(), byEmail: ['W1'] };
    const { records, effects } = planReceivables([input(order)], new Map([[0, state]]), settings);
    const made = effects.filter((effect) => effect.kind === 'receivable');
    this.vouchers.push(...made.map(asFound));
    this.effects.push(...made);
    return records[0]!.notes[0]?.reason ?? '';
  }

  get total(): number {
    return this.effects.reduce((sum, { amounts }) => sum + totalOf(amounts), 0);
  }
}

const order = (change = {}): Order => {
  const read = readOrder(orderOf('1', 'anna@shop.example', change));
  if ('problem' in read) throw new Error(read.problem);
  return read.order;
};

const cents = fc.nat(99_999);
const anyOrder = fc
  .record({
    lines: fc.array(fc.record({ price: cents, quantity: fc.integer({ min: 1, max: 20 }) }), { maxLength: 5 }),
    shipping: fc.nat(5000),
    tax: fc.nat(9000),
    discount: fc.nat(900),
    status: fc.constantFrom('paid', 'pending', 'refunded', 'cancelled', ''),
  })
  .map(({ lines, shipping, tax, discount, status }) => {
    const goods = lines.reduce((sum, { price, quantity }) => sum + price * quantity, 0);
    return order({
      financial_status: status,
      shipping_total: shipping / 100,
      tax_total: tax / 100,
      discount_total: discount / 100,
      order_total: (goods + shipping + tax - discount) / 100,
      lines: lines.map(({ price, quantity }, i) => ({ id: String(i), price: price / 100, quantity })),
    });
  });

const owed = ({ financialStatus, total }: Order): number =>
  ['refunded', 'cancelled'].includes(financialStatus) ? 0 : total;

test(`any history of an order ends at what it owes, and then falls silent (seed ${SEED})`, () => {
  fc.assert(
    fc.property(fc.array(anyOrder, { minLength: 1, maxLength: 6 }), (history) => {
      const book = new Book();
      for (const state of history) book.run(state);
      expect(book.total).toBe(owed(history.at(-1)!));
      const silent = book.effects.length;
      for (let again = 0; again < 10; again++) book.run(history.at(-1)!);
      expect(book.effects).toHaveLength(silent);
      expect(new Set(book.effects.map(({ voucher }) => voucher)).size).toBe(silent);
    }),
    { numRuns: 3000, seed: SEED },
  );
});

test(`every voucher balances, also for systems that keep fewer parts apart (seed ${SEED})`, () => {
  fc.assert(
    fc.property(fc.array(anyOrder, { maxLength: 4 }), fc.boolean(), (history, keepsFew) => {
      const settings: ReceivableSettings = keepsFew
        ? { ...SETTINGS, keeps: ['goods', 'shipping', 'tax', 'rounding'] }
        : SETTINGS;
      const book = new Book();
      for (const state of history) book.run(state, settings);
      for (const { entries } of book.effects)
        expect(entries.reduce((sum, { amount }) => sum + Math.round(Number(amount) * 100), 0)).toBe(0);
      const all = book.effects.reduce((sum, { amounts }) => plus(sum, amounts), NOTHING);
      expect(totalOf(all)).toBe(history.length === 0 ? 0 : owed(history.at(-1)!));
    }),
    { numRuns: 2000, seed: SEED },
  );
});

test('prices with the tax in them, and discounts of lines, are told by what adds up', () => {
  const amountsOf = (change: object) => targetOf(order(change), { amounts: NOTHING, credited: false });
  const lines = [{ id: '1', price: 119, quantity: 1, discount: 0 }];
  const base = { shipping_total: 0, discount_total: 0, tax_total: 19, lines };
  expect(amountsOf({ ...base, order_total: 119 })).toMatchObject({ amounts: { goods: 10_000, tax: 1900 } });
  expect(amountsOf({ ...base, order_total: 138 })).toMatchObject({ amounts: { goods: 11_900, tax: 1900 } });
  const discounted = [{ id: '1', price: 100, quantity: 1, discount: -10 }];
  expect(amountsOf({ ...base, tax_total: 0, lines: discounted, order_total: 90 })).toMatchObject({
    amounts: { goods: 10_000, discount: 1000 },
  });
  expect(amountsOf({ ...base, order_total: 200 })).toEqual({ problem: 'order-does-not-add-up' });
});

test('a partial refund that is the first thing known of an order is never guessed', () => {
  const book = new Book();
  expect(book.run(order({ financial_status: 'partially_refunded' }))).toBe('refund-amount-unknown');
  expect(book.effects).toEqual([]);
});

test('an account that the mapping lacks stops the order before anything is posted', () => {
  const book = new Book();
  expect(book.run(order(), { ...SETTINGS, accounts: new Set(['goods'] as const) })).toBe('account-missing');
  expect(book.effects).toEqual([]);
});

test('an order in another currency than its vouchers is somebody else’s number', () => {
  const book = new Book();
  book.run(order());
  expect(book.run(order({ currency_code: 'SEK' }))).toBe('voucher-key-taken');
});

test('vouchers whose entries are gone are left alone as long as their sum is right', () => {
  const book = new Book();
  book.run(order());
  book.vouchers = book.vouchers.map((voucher) => ({ ...voucher, entries: undefined, total: '119.95' }));
  expect(book.run(order())).toBe('order-unchanged');
  expect(book.run(order({ financial_status: 'refunded' }))).toBe('voucher-unreadable');
});
