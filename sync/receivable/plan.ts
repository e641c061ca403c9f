import { isCancelled, isPaid, isPartlyRefunded, isRefunded, type Order } from '../order';
import { note } from '../note';
import type { Plan, PlannedRecord, RecordNote } from '../types';
import { isNothing, minus, netted, NOTHING, targetOf, totalOf, type Amounts } from './amounts';
import { bookOf, type Book } from './book';
import { buyerOf } from './customer';
import { adopted, effectOf, paymentOf, receivableKey } from './effects';
import { MAX_SEQUENCE, voucherBase, voucherOf } from './numbers';
import type { OrderEffect, OrderInput, OrderState, ReceivableEffect, ReceivableSettings } from './types';

/** Keys of the effects that posted the order's vouchers. */
const posted = ({ storeId }: OrderInput, { vouchers }: OrderState): string[] =>
  vouchers
    .filter(({ state }) => state === 'posted')
    .map(({ key, fingerprint }) => receivableKey(storeId, key, fingerprint));

interface Decided {
  customerNumber: string;
  effects: OrderEffect[];
  notes: RecordNote[];
}

const because = (reason: RecordNote['reason'], { orderId }: OrderInput, customerNumber = ''): Decided => ({
  customerNumber,
  effects: [],
  notes: [note(reason, orderId)],
});

const isWaiting = (order: Order, { post }: ReceivableSettings): boolean =>
  post === 'paid' && !isPaid(order) && !isPartlyRefunded(order) && !isCancelled(order) && !isRefunded(order);

/** Entries that are gone leave only the sum to compare; undefined where nothing is wrong with the vouchers. */
function vouchersProblem(order: Order, { counted }: Book): Decided['notes'][0]['reason'] | undefined {
  if (counted.some(({ found }) => found.currency !== '' && found.currency !== order.currency))
    return 'voucher-key-taken';
  if (counted.every(({ amounts }) => amounts)) return undefined;
  const posted = counted.reduce((sum, { total }) => sum + (total ?? NaN), 0);
  const due = isCancelled(order) || isRefunded(order) ? 0 : order.total;
  return posted === due ? 'order-unchanged' : 'voucher-unreadable';
}

/** Vouchers of what is due. Where only the parts moved and not the sum, the old one is taken back and a new one made. */
function dueParts(target: Amounts, posted: Amounts): Amounts[] {
  const delta = minus(target, posted);
  if (isNothing(delta)) return [];
  return totalOf(delta) === 0 ? [minus(NOTHING, posted), target] : [delta];
}

const missingAccount = (parts: ReceivableEffect[], { accounts }: ReceivableSettings): string | undefined =>
  accounts &&
  parts.flatMap(({ entries }) => entries).find(({ part }) => part !== 'receivable' && !accounts.has(part))
    ?.part;

/** An open voucher with another content than the one that is wanted: perhaps another run's at this moment. */
const isInTheWay = ({ open }: Book, wanted: ReceivableEffect | undefined): boolean =>
  open !== undefined && !open.complete && open.found.fingerprint !== wanted?.fingerprint;

function effectsFor(
  input: OrderInput,
  book: Book,
  due: Amounts[],
  number: string,
  settings: ReceivableSettings,
): Decided {
  const { storeId, orderId } = input.order!;
  const base = voucherBase(storeId, orderId, settings.voucherLength);
  const start = book.counted.length;
  if (start + due.length > MAX_SEQUENCE) return because('voucher-key-taken', input, number);
  const next = due.map((amounts, i) =>
    effectOf(input, voucherOf(base, start + i), number, amounts, settings),
  );
  if (isInTheWay(book, next[0])) return because('voucher-left-open', input, number);
  const part = missingAccount(next, settings);
  if (part) return { customerNumber: number, effects: [], notes: [note('account-missing', part)] };
  const adopting = book.open?.complete ? [adopted(input, book.open, settings)] : [];
  const payment = paymentOf(input, book, next, number, settings);
  const effects: OrderEffect[] = [...adopting, ...next, ...(payment ? [payment] : [])];
  return effects.length > 0
    ? { customerNumber: number, effects, notes: [] }
    : because('order-unchanged', input, number);
}

function decide(input: OrderInput, state: OrderState, settings: ReceivableSettings): Decided {
  const order = input.order;
  if (!order) return because(input.problem ?? 'not-an-order', input);
  const book = bookOf(state);
  const problem = vouchersProblem(order, book);
  if (problem) return because(problem, input, book.owner);
  const target = targetOf(order, book);
  if ('problem' in target) return because(target.problem, input, book.owner);
  const due = dueParts(netted(target.amounts, settings.keeps), book.amounts);
  const isFirst = book.counted.length === 0;
  if (due.length === 0 && !book.open && (isFirst || !settings.payments))
    return because(isFirst ? 'order-not-posted' : 'order-unchanged', input, book.owner);
  if (isFirst && isWaiting(order, settings)) return because('order-not-paid', input);
  const buyer = book.owner ? { number: book.owner } : buyerOf(input, state, settings.customerIdIsNumber);
  if ('problem' in buyer) return because(buyer.problem, input);
  return effectsFor(input, book, due, buyer.number, settings);
}

/** Several items of one order count once: they carry the same state, or the last one is the newest. */
function lastOfEach(inputs: OrderInput[]): Set<OrderInput> {
  const last = new Map(inputs.map((input) => [JSON.stringify([input.storeId, input.orderId]), input]));
  return new Set(last.values());
}

/**
 * Vouchers that bring CloudSuite to what the orders are now. Nothing is posted twice: what is posted already is looked
 * up, and only the difference is due.
 * @param states by item index
 */
export function planReceivables(
  inputs: OrderInput[],
  states: ReadonlyMap<number, OrderState>,
  settings: ReceivableSettings,
): Plan<OrderEffect> {
  const counting = lastOfEach(inputs);
  const records = inputs.map((input): PlannedRecord<OrderEffect> => {
    const { itemIndex, attempts, retryOf, storeId, orderId } = input;
    const source = `order ${storeId}/${orderId}`;
    const state = states.get(itemIndex) ?? { vouchers: [], customers: new Map(), byEmail: undefined };
    const { customerNumber, effects, notes } = counting.has(input)
      ? decide(input, state, settings)
      : because('duplicate-record', input);
    const decided = { number: customerNumber, effects, notes, inPlace: posted(input, state) };
    return { itemIndex, attempts, retryOf, memberIds: [], source, ...decided };
  });
  return { records, effects: records.flatMap(({ effects }) => effects) };
}
