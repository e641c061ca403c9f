import { isPaid, type Order } from '../order';
import { toText } from '../money';
import { NOTHING, totalOf, type Amounts } from './amounts';
import type { Book } from './book';
import { entriesOf, voucherPrint, type CountedVoucher } from './entries';
import type { OrderInput, PaymentEffect, ReceivableEffect, ReceivableSettings } from './types';

/** YYYYMMDD of an ISO date-time, as the shop wrote it: its own day, not that of another zone. */
const dayOf = (moment: string): string => /^(\d{4})-(\d{2})-(\d{2})/.exec(moment)?.slice(1).join('') ?? '';

function dateOf(order: Order, isCredit: boolean, { date, today }: ReceivableSettings): string {
  if (date === 'run') return today;
  const moments = isCredit
    ? [order.cancelledAt, order.updatedAt, '']
    : [order.processedAt, order.updatedAt, ''];
  return moments.map(dayOf).find((day) => day !== '') ?? today;
}

/** The same voucher with the same content has the same key. */
export const receivableKey = (storeId: string, voucher: string, print: string): string =>
  ['receivable', storeId, voucher, print].join(':');

export function effectOf(
  input: OrderInput,
  voucher: string,
  customerNumber: string,
  amounts: Amounts,
  settings: ReceivableSettings,
): ReceivableEffect {
  const order = input.order!;
  const { currency, decimals } = order;
  const total = totalOf(amounts);
  const print = voucherPrint(customerNumber, currency, amounts);
  return {
    kind: 'receivable',
    key: receivableKey(order.storeId, voucher, print),
    memberId: '',
    recordNumber: customerNumber,
    fingerprint: print,
    why: `${total < 0 ? 'Credit' : 'Invoice'} of ${toText(total, decimals)} ${currency} for the order.`,
    storeId: order.storeId,
    orderId: order.orderId,
    voucher,
    currency,
    decimals,
    amounts,
    entries: entriesOf(amounts, decimals),
    date: dateOf(order, total < 0, settings),
    text: input.text,
  };
}

/** A voucher that an earlier run entered as a whole and did not get to post. */
export const adopted = (
  input: OrderInput,
  { found, amounts }: CountedVoucher,
  settings: ReceivableSettings,
): ReceivableEffect => ({
  ...effectOf(input, found.key, found.customerNumber, amounts!, settings),
  why: 'A voucher that an earlier run entered is posted.',
});

/** Only of an order that is one invoice: what was changed since is matched by a person. */
export function paymentOf(
  input: OrderInput,
  { counted }: Book,
  next: ReceivableEffect[],
  number: string,
  settings: ReceivableSettings,
): PaymentEffect | undefined {
  const order = input.order!;
  const [found, another] = counted;
  const invoice = next[0]?.voucher ?? found?.found.key;
  const isOne = invoice !== undefined && another === undefined && counted.length + next.length === 1;
  if (!settings.payments || !isPaid(order) || !isOne || order.total <= 0 || found?.found.settled)
    return undefined;
  const date = dateOf(order, false, settings);
  const amount = toText(order.total, order.decimals);
  const print = voucherPrint(number, order.currency, { ...NOTHING, goods: order.total });
  return {
    kind: 'payment',
    key: ['payment', order.storeId, invoice, print].join(':'),
    memberId: '',
    recordNumber: number,
    fingerprint: print,
    why: `Payment of ${amount} ${order.currency}.`,
    storeId: order.storeId,
    orderId: order.orderId,
    voucher: invoice,
    year: next[0]?.date.slice(0, 4) ?? (found?.found.year || date.slice(0, 4)),
    currency: order.currency,
    amount,
    date,
  };
}
