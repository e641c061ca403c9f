import type { ProductLine } from '../../../../connectors/infor/productLine';
import { postVouchers, type ReceivableBook } from '../../../../connectors/infor/receivables';
import { readCustomerStates } from '../../../../connectors/infor/wayBack';
import type { CustomerState } from '../../../../sync/contactChangeTypes';
import { holdBack } from '../../../../sync/holdBack';
import { settle } from '../../../../sync/outcome';
import { buyerOf } from '../../../../sync/receivable/customer';
import { voucherBase } from '../../../../sync/receivable/numbers';
import { planReceivables } from '../../../../sync/receivable/plan';
import type {
  OrderEffect,
  OrderInput,
  OrderState,
  ReceivableEffect,
  ReceivableSettings,
} from '../../../../sync/receivable/types';
import type { EffectResult, Plan, RecordOutcome, RunContext } from '../../../../sync/types';

export interface PostJob {
  inputs: OrderInput[];
  settings: ReceivableSettings;
  emailHome: string;
  context: RunContext;
}

export interface PostRun {
  outcomes: RecordOutcome[];
  plan: Plan<OrderEffect>;
}

const distinct = (values: string[]): string[] => [...new Set(values)].filter((value) => value !== '');

/** What the shop and the contact name, read in few calls. */
async function namedCustomers(
  line: ProductLine,
  inputs: OrderInput[],
  { settings, emailHome }: PostJob,
): Promise<ReadonlyMap<string, CustomerState>> {
  const ids = settings.customerIdIsNumber ? inputs.map(({ order }) => order!.customerId) : [];
  const numbers = distinct([...inputs.flatMap((input) => input.numbers), ...ids]);
  if (numbers.length === 0) return new Map();
  return readCustomerStates(line.homes('customer'), numbers, emailHome, () => true);
}

/** Vouchers of all orders; buyers only where there are none yet, and by address only where nothing else tells. */
async function readStates(
  line: ProductLine,
  book: ReceivableBook,
  job: PostJob,
): Promise<Map<number, OrderState>> {
  const orders = job.inputs.filter(({ order }) => order);
  const baseOf = ({ order }: OrderInput): string =>
    voucherBase(order!.storeId, order!.orderId, job.settings.voucherLength);
  const found = await book.find(distinct(orders.map(baseOf)));
  const isKnown = (input: OrderInput): boolean =>
    (found.get(baseOf(input)) ?? []).some(({ state }) => state === 'posted');
  const first = orders.filter((input) => !isKnown(input));
  const customers = await namedCustomers(line, first, job);
  const states = new Map(
    orders.map((input): [number, OrderState] => [
      input.itemIndex,
      { vouchers: found.get(baseOf(input)) ?? [], customers, byEmail: undefined },
    ]),
  );
  const strangers = first.filter((input) => {
    const buyer = buyerOf(input, states.get(input.itemIndex)!, job.settings.customerIdIsNumber);
    return 'problem' in buyer && buyer.problem === 'customer-unknown';
  });
  const emails = distinct(strangers.map(({ order }) => order!.email));
  const byEmail = emails.length > 0 ? await line.customersByEmail(emails) : new Map<string, string[]>();
  for (const { itemIndex, order } of strangers)
    states.set(itemIndex, { ...states.get(itemIndex)!, byEmail: byEmail.get(order!.email) ?? [] });
  return states;
}

/** Payments of invoices that are posted, or were before. */
async function write(
  book: ReceivableBook,
  { records, effects }: Plan<OrderEffect>,
): Promise<Map<string, EffectResult>> {
  const vouchers = effects.filter((effect): effect is ReceivableEffect => effect.kind === 'receivable');
  const results = await postVouchers(book, vouchers);
  const payable = records
    .filter((record) =>
      record.effects.every(({ key, kind }) => kind === 'payment' || results.get(key)?.applied),
    )
    .flatMap((record) => record.effects.filter((effect) => effect.kind === 'payment'));
  if (payable.length === 0 || !book.pay) return results;
  const unavailable: EffectResult = { applied: false, reason: 'infor-unavailable', subject: '' };
  // The vouchers are posted by now: that has to reach the ledger, whatever becomes of the payments.
  const paid = await book.pay(payable).catch(() => new Map<string, EffectResult>());
  return new Map([...results, ...payable.map(({ key }) => [key, paid.get(key) ?? unavailable] as const)]);
}

/**
 * One run: look up what is posted and who bought → plan → (Plan stops here) → post → settle.
 * @throws ConnectorError for troubles of the whole run; those of single orders are outcomes
 */
export async function postOrders(line: ProductLine, book: ReceivableBook, job: PostJob): Promise<PostRun> {
  const states = await readStates(line, book, job);
  const plan = holdBack(planReceivables(job.inputs, states, job.settings), job.context.earlier);
  const results = job.context.mode === 'apply' ? await write(book, plan) : new Map<string, never>();
  return { outcomes: settle(plan, results, job.context), plan };
}
