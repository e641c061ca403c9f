import { Random } from '../../../sandbox/kit/random.mts';
import { orderOf, type Json } from './scene.mts';

/** Decimal text → minor units, by text alone: none of the code under test. */
function minor(text: string, decimals: number): bigint {
  const [whole = '0', fraction = ''] = text.split('.');
  return BigInt(whole + fraction.padEnd(decimals, '0').slice(0, decimals));
}

const CURRENCIES: Array<[string, number]> = [
  ['EUR', 2],
  ['JPY', 0],
  ['KWD', 3],
];

const decimal = (units: number, decimals: number): string => {
  const digits = String(units).padStart(decimals + 1, '0');
  return decimals === 0 ? digits : `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
};

export interface Sale {
  id: string;
  email: string;
  currency: string;
  /** What the customer owes for it in the end, minor units. */
  owed: bigint;
  /** The states that the shop shows, one after the other. */
  states: Json[];
}

/** Orders of invented shops, each with its life: paid, changed, partly refunded, refunded, cancelled. */
export function sales(seed: number, count: number, emails: string[]): Sale[] {
  const random = new Random(seed);
  const below = (limit: number): number => random.int(0, limit - 1);
  return Array.from({ length: count }, (_, n): Sale => {
    const [currency, decimals] = random.pick(CURRENCIES);
    const lines = Array.from({ length: 1 + below(4) }, (_line, i) => {
      const quantity = 1 + below(9);
      return {
        id: String(i + 1),
        quantity,
        price: Number(decimal(1 + below(99_999), decimals)),
        discount: 0,
      };
    });
    const goods = lines.reduce(
      (sum, { quantity, price }) => sum + BigInt(quantity) * minor(price.toFixed(decimals), decimals),
      0n,
    );
    const shipping = below(2000);
    const tax = below(5000);
    const discount = below(Math.min(300, Number(goods) + 1));
    const total = goods + BigInt(shipping + tax - discount);
    const base = {
      currency_code: currency,
      lines,
      shipping_total: Number(decimal(shipping, decimals)),
      tax_total: Number(decimal(tax, decimals)),
      discount_total: Number(decimal(discount, decimals)),
      order_total: Number(decimal(Number(total), decimals)),
    };
    const email = random.pick(emails);
    const id = `${seed}-${n}`;
    const state = (change: Json): Json => orderOf(id, email, { ...base, ...change });
    const half = total / 2n;
    const ends: Array<{ states: Json[]; owed: bigint }> = [
      { states: [state({})], owed: total },
      { states: [state({ financial_status: 'pending' }), state({})], owed: total },
      {
        states: [
          state({}),
          state({
            financial_status: 'partially_refunded',
            order_total: Number(decimal(Number(half), decimals)),
          }),
        ],
        owed: half,
      },
      { states: [state({}), state({ financial_status: 'refunded' })], owed: 0n },
      { states: [state({}), state({ cancelled_at_foreign: '2026-04-02T00:00:00Z' })], owed: 0n },
      { states: [state({ cancelled_at_foreign: '2026-04-02T00:00:00Z' })], owed: 0n },
    ];
    // Half of what is refunded half is nothing where the total is one unit.
    const end = ends[total < 2n ? 0 : below(ends.length)]!;
    return { id, email, currency, ...end };
  });
}
