import type { Fault } from '../../../sandbox/kit/faults.mts';
import { voucherBase } from '../../../sync/receivable/numbers.ts';
import { sales, type Sale } from './independentLedger.mts';
import { Shop } from './scene.mts';

/**
 * One voucher a state, whatever happens: 10,000 orders in duplicate, in parallel, with every class of fault at every call
 * of the way. What M3's ledger holds in the end is compared with a ledger kept apart.
 */

const ORDERS = Number(process.env.ORDERS ?? 10_000);
const SEED = Number(process.env.SEED ?? 20261123);
const BLOCK = 100;

const FAULTS: Fault[] = [
  { kind: 'reset-before' },
  { kind: 'reset-after' },
  { kind: 'truncate' },
  { kind: 'answer-after', status: 504, body: '<html>Gateway timeout</html>' },
  { kind: 'answer', status: 500, body: { error: 'x' } },
  { kind: 'answer', status: 429, headers: { 'retry-after': '0' }, body: '' },
  { kind: 'answer', status: 401, body: '' },
  { kind: 'answer', status: 503, body: '<html>Service unavailable</html>' },
];

/** A run makes some 20 calls; the fault strikes at each of them in turn. */
const CALLS = 22;

let shop: Shop;
const EMAILS = Array.from({ length: 40 }, (_, i) => `buyer${i}@shop.example`);

beforeAll(async () => {
  shop = await Shop.open();
  EMAILS.forEach((email, i) => shop.customer(`W${String(i).padStart(4, '0')}`, email));
});
afterAll(() => shop.close());

/** Runs until nothing is left to be done, as a schedule would. */
async function settle(orders: Array<Record<string, unknown>>): Promise<void> {
  for (let round = 0; round < 6; round++) {
    const outcomes = await shop.post(orders).catch(() => undefined);
    if (outcomes?.every(({ outcome }) => outcome === 'skipped')) return;
  }
  throw new Error('The orders do not come to rest');
}

function sumOf(sale: Sale): bigint {
  const base = voucherBase('shop', sale.id, 15);
  return shop.ion.m3.ledger.posted
    .filter(({ key }) => key.startsWith(base))
    .reduce((sum, { total }) => sum + total, 0n);
}

test(`${ORDERS} orders with faults at every call: each state is posted once, to the cent (seed ${SEED})`, async () => {
  const all = sales(SEED, ORDERS, EMAILS);
  const depth = Math.max(...all.map(({ states }) => states.length));
  let turn = 0;
  for (let state = 0; state < depth; state++) {
    for (let start = 0; start < all.length; start += BLOCK) {
      const block = all.slice(start, start + BLOCK);
      const orders = block.map(({ states }) => states[Math.min(state, states.length - 1)]!);
      const fault = FAULTS[turn % FAULTS.length]!;
      const skip = Math.floor(turn / FAULTS.length) % CALLS;
      turn += 1;
      shop.ion.faults.add({ ...fault, path: /m3api-rest/, skip, times: 1 });
      // Twice at once, with duplicates in each: two workers that saw the same events.
      await Promise.allSettled([shop.post([...orders, ...orders.slice(0, 20)]), shop.post(orders)]);
      await settle(orders);
      shop.ion.faults.clear();
    }
  }
  const { posted } = shop.ion.m3.ledger;
  expect(new Set(posted.map(({ key }) => key)).size).toBe(posted.length);
  const byBase = new Map<string, bigint>();
  for (const { key, total } of posted) {
    const base = key.slice(0, -2);
    byBase.set(base, (byBase.get(base) ?? 0n) + total);
  }
  const wrong = all.filter((sale) => (byBase.get(voucherBase('shop', sale.id, 15)) ?? 0n) !== sale.owed);
  expect(wrong.map((sale) => [sale.id, sale.owed, sumOf(sale)])).toEqual([]);
  for (const { lines } of posted) expect(lines.reduce((sum, { amount }) => sum + amount, 0n)).toBe(0n);
  expect(turn).toBeGreaterThan(0);
}, 900_000);
