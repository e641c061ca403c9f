import { isCancelled, isPartlyRefunded, isRefunded, type Order } from '../order';
import type { Reason } from '../reasons';

/** What a voucher consists of, in minor units. `discount` and `refund` lower the receivable, the rest raises it. */
export interface Amounts {
  goods: number;
  discount: number;
  shipping: number;
  tax: number;
  /** What the order's own parts and its total differ by. */
  rounding: number;
  refund: number;
}

export const PARTS: ReadonlyArray<keyof Amounts> = [
  'goods',
  'discount',
  'shipping',
  'tax',
  'rounding',
  'refund',
];

export const NOTHING: Amounts = { goods: 0, discount: 0, shipping: 0, tax: 0, rounding: 0, refund: 0 };

/** What the customer owes by it; negative for a credit. */
export const totalOf = ({ goods, discount, shipping, tax, rounding, refund }: Amounts): number =>
  goods - discount + shipping + tax + rounding - refund;

export const isNothing = (amounts: Amounts): boolean => PARTS.every((part) => amounts[part] === 0);

const combined = (a: Amounts, b: Amounts, sign: 1 | -1): Amounts =>
  Object.fromEntries(PARTS.map((part) => [part, a[part] + sign * b[part] || 0])) as unknown as Amounts;

export const plus = (a: Amounts, b: Amounts): Amounts => combined(a, b, 1);
export const minus = (a: Amounts, b: Amounts): Amounts => combined(a, b, -1);

/** The same receivable for a system that keeps fewer parts apart. */
export function netted(amounts: Amounts, keeps: ReadonlyArray<keyof Amounts>): Amounts {
  const kept = Object.fromEntries(PARTS.map((part) => [part, keeps.includes(part) ? amounts[part] : 0]));
  const result = { ...NOTHING, ...kept };
  return { ...result, goods: result.goods + totalOf(amounts) - totalOf(result) };
}

export type Target = { amounts: Amounts } | { problem: Reason };

const sum = (values: number[]): number => values.reduce((total, value) => total + value, 0);

/**
 * What the parts of an order can mean, the usual meaning first: Mailchimp does not say whether prices hold the tax, nor
 * whether the order's discount holds those of its lines. The one that adds up to the total is the right one.
 */
function readings({ lines, discount, shipping, tax }: Order): Amounts[] {
  const prices = sum(lines.map(({ amount }) => amount));
  const lineDiscounts = sum(lines.map((line) => line.discount));
  const discounts = [...new Set([discount, discount + lineDiscounts, lineDiscounts])];
  return discounts.flatMap((all) => [
    { ...NOTHING, goods: prices, discount: all, shipping, tax },
    { ...NOTHING, goods: prices - tax, discount: all, shipping, tax },
  ]);
}

/** Shops round each line, each tax and the total by themselves: half a minor unit a part at most. */
const roundingLimit = ({ lines }: Order): number => Math.ceil((lines.length + 3) / 2);

/** What is posted of an order. */
export interface Posted {
  amounts: Amounts;
  /** Something of it was taken back already. */
  credited: boolean;
}

/** What should be posted for the order as it is now. */
export function targetOf(order: Order, posted: Posted): Target {
  if (isCancelled(order) || isRefunded(order)) return { amounts: NOTHING };
  const options = readings(order);
  const exact = options.find((amounts) => totalOf(amounts) === order.total);
  if (isPartlyRefunded(order)) return partlyRefunded(order, exact, options, posted);
  if (exact) return { amounts: exact };
  const close = options.find((amounts) => Math.abs(order.total - totalOf(amounts)) <= roundingLimit(order));
  return close
    ? { amounts: { ...close, rounding: order.total - totalOf(close) } }
    : { problem: 'order-does-not-add-up' };
}

/**
 * Some shops lower the total and leave the lines, some lower the lines too, and some tell nothing but the status: then
 * the amount is unknown, and it is never guessed.
 */
function partlyRefunded(
  order: Order,
  exact: Amounts | undefined,
  options: Amounts[],
  posted: Posted,
): Target {
  const before = { ...posted.amounts, refund: 0 };
  const isFirst = isNothing(posted.amounts);
  if (exact) {
    const isTold = !isFirst && (posted.credited || totalOf(exact) < totalOf(before));
    return isTold ? { amounts: exact } : { problem: 'refund-amount-unknown' };
  }
  const totals = new Set(options.map(totalOf));
  if (isFirst && totals.size > 1) return { problem: 'refund-amount-unknown' };
  const whole = isFirst ? options[0]! : before;
  const refund = totalOf(whole) - order.total;
  // A system that does not keep refunds apart has them in the goods already.
  const isKnown = refund > 0 || (refund === 0 && posted.credited);
  return isKnown ? { amounts: { ...whole, refund } } : { problem: 'order-does-not-add-up' };
}
