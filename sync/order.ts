import { createHash } from 'crypto';
import { fingerprint } from './fingerprint';
import { decimalsOf, timesMinor, toMinor } from './money';
import type { Reason } from './reasons';

type Json = Record<string, unknown>;

export interface OrderLine {
  id: string;
  productId: string;
  variantId: string;
  quantity: number;
  /** Price × quantity, before the discount. */
  amount: number;
  discount: number;
}

/** A Mailchimp e-commerce order. Amounts are whole minor units of the currency, such as cents. */
export interface Order {
  storeId: string;
  orderId: string;
  /** Of the buyer in the store. */
  customerId: string;
  email: string;
  currency: string;
  decimals: number;
  total: number;
  tax: number;
  shipping: number;
  discount: number;
  lines: OrderLine[];
  /** As the shop wrote it, in lower case: paid, pending, refunded, partially_refunded, cancelled … */
  financialStatus: string;
  fulfillmentStatus: string;
  /** ISO 8601; '' where the shop gave none. */
  processedAt: string;
  updatedAt: string;
  cancelledAt: string;
}

export type ReadOrder = { order: Order } | { problem: Reason; subject: string };

const record = (value: unknown): Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {};
const text = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
const lower = (value: unknown): string => text(value).toLowerCase();

function readLine(value: unknown, decimals: number): OrderLine | undefined {
  const line = record(value);
  const amount = timesMinor(line.price, line.quantity, decimals);
  const discount = toMinor(line.discount, decimals);
  if (amount === undefined || discount === undefined) return undefined;
  return {
    id: text(line.id),
    productId: text(line.product_id),
    variantId: text(line.product_variant_id),
    quantity: Number(line.quantity ?? 0),
    amount,
    // Some shops write discounts as negative numbers.
    discount: Math.abs(discount),
  };
}

interface Totals {
  total: number;
  tax: number;
  shipping: number;
  discount: number;
}

function readTotals(source: Json, decimals: number): Totals | undefined {
  const [total, tax, shipping, discount] = [
    source.order_total,
    source.tax_total,
    source.shipping_total,
    source.discount_total,
  ].map((amount) => toMinor(amount, decimals));
  if (total === undefined || tax === undefined || shipping === undefined || discount === undefined)
    return undefined;
  return { total, tax, shipping, discount: Math.abs(discount) };
}

/** An order of the Marketing API (GET /ecommerce/stores/{store_id}/orders/{order_id}). */
export function readOrder(value: unknown, storeId = ''): ReadOrder {
  const source = record(value);
  const orderId = text(source.id);
  const store = text(source.store_id) || storeId;
  if (!orderId || !store) return { problem: 'not-an-order', subject: orderId };
  const currency = text(source.currency_code).toUpperCase();
  const decimals = decimalsOf(currency);
  if (decimals === undefined) return { problem: 'order-currency', subject: orderId };
  const totals = readTotals(source, decimals);
  const lines = (Array.isArray(source.lines) ? source.lines : []).map((line) => readLine(line, decimals));
  if (!totals || lines.some((line) => !line)) return { problem: 'order-amount', subject: orderId };
  const buyer = record(source.customer);
  const order: Order = {
    storeId: store,
    orderId,
    customerId: text(buyer.id),
    email: text(buyer.email_address),
    currency,
    decimals,
    ...totals,
    lines: lines as OrderLine[],
    financialStatus: lower(source.financial_status),
    fulfillmentStatus: lower(source.fulfillment_status),
    processedAt: text(source.processed_at_foreign),
    updatedAt: text(source.updated_at_foreign),
    cancelledAt: text(source.cancelled_at_foreign),
  };
  return { order };
}

/** What of an order is the shop's word. Mailchimp rewrites the campaign and the outreach by itself. */
const FIELDS = [
  ...['id', 'currency_code', 'order_total', 'discount_total', 'tax_total', 'shipping_total', 'promos'],
  ...['financial_status', 'fulfillment_status', 'order_url', 'shipping_address', 'billing_address'],
  ...['processed_at_foreign', 'cancelled_at_foreign', 'updated_at_foreign'],
  ...['tracking_number', 'tracking_carrier', 'tracking_url'],
];
const LINE_FIELDS = ['id', 'product_id', 'product_variant_id', 'quantity', 'price', 'discount'];

const pick = (source: Json, fields: string[]): Json =>
  Object.fromEntries(fields.map((field) => [field, source[field] ?? null]));

/** Changes when the shop changes the order, and for nothing else; the order of its lines does not count. */
export function orderPrint(value: unknown): string {
  const source = record(value);
  const buyer = record(source.customer);
  const lines = (Array.isArray(source.lines) ? source.lines : [])
    .map((line) => pick(record(line), LINE_FIELDS))
    .sort((a, b) => (text(a.id) < text(b.id) ? -1 : 1));
  return fingerprint({ ...pick(source, FIELDS), customer: pick(buyer, ['id', 'email_address']), lines });
}

export type OrderEvent = 'new' | 'changed' | 'cancelled' | 'refunded';

const isCancelledStatus = (status: string): boolean => /^(cancelled|canceled|voided)$/.test(status);
export const isRefunded = ({ financialStatus }: Order): boolean => financialStatus === 'refunded';
export const isPartlyRefunded = ({ financialStatus }: Order): boolean =>
  /^partial(ly)?[_ -]?refunded$/.test(financialStatus);
export const isCancelled = ({ cancelledAt, financialStatus }: Order): boolean =>
  cancelledAt !== '' || isCancelledStatus(financialStatus);
export const isPaid = ({ financialStatus }: Order): boolean => financialStatus === 'paid';

/** @param known whether an earlier state of it was given out */
export function eventOf(value: unknown, known: boolean): OrderEvent {
  const read = readOrder(value);
  if ('order' in read && isCancelled(read.order)) return 'cancelled';
  if ('order' in read && (isRefunded(read.order) || isPartlyRefunded(read.order))) return 'refunded';
  return known ? 'changed' : 'new';
}

/** Names an order in other systems: base 36, 57 bits; two of a million orders share it once in 260,000 shops. */
export function orderKeyOf(storeId: string, orderId: string): string {
  const digest = createHash('sha256')
    .update(JSON.stringify([storeId, orderId]))
    .digest();
  const number = digest.readBigUInt64BE(0) % 36n ** 11n;
  return number.toString(36).toUpperCase().padStart(11, '0');
}
