import type { Json } from '../query.mts';
import type { Row, Store } from './shop.mts';

const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const number = (value: unknown): number => (typeof value === 'number' ? value : 0);

export const link = (href: string): Json[] => [{ rel: 'self', href, method: 'GET' }];

const pick = (source: unknown, texts: string[], numbers: string[] = []): Json => {
  const row = (source ?? {}) as Json;
  return Object.fromEntries([
    ...texts.map((name): [string, unknown] => [name, text(row[name])]),
    ...numbers.map((name): [string, unknown] => [name, number(row[name])]),
  ]);
};

const PLACE = [
  'address1',
  'address2',
  'city',
  'country',
  'country_code',
  'postal_code',
  'province',
  'province_code',
];
const addressOf = (value: unknown): Json =>
  pick(value, [...PLACE, 'company', 'name', 'phone'], ['latitude', 'longitude']);

const CREATED = '2026-01-01T00:00:00+00:00';

export function customerView(store: Store, row: Row): Json {
  const orders = [...store.orders.values()].filter(({ customer }) => (customer as Row).id === row.id);
  return {
    ...pick(row, ['id', 'email_address', 'company', 'first_name', 'last_name']),
    opt_in_status: row.opt_in_status === true,
    orders_count: orders.length,
    total_spent: orders.reduce((sum, order) => sum + number(order.order_total), 0),
    address: pick(row.address, PLACE),
    created_at: CREATED,
    updated_at: CREATED,
    _links: [],
  };
}

export function storeView({ row }: Store): Json {
  return {
    ...pick(row, ['id', 'list_id', 'name', 'platform', 'domain', 'email_address', 'currency_code']),
    ...pick(row, ['money_format', 'primary_locale', 'timezone', 'phone']),
    is_syncing: row.is_syncing === true,
    address: pick(row.address, PLACE, ['latitude', 'longitude']),
    connected_site: { site_foreign_id: '', site_script: { url: '', fragment: '' } },
    automations: {
      abandoned_cart: { is_supported: true, id: '', status: 'save' },
      abandoned_browse: { is_supported: true, id: '', status: 'save' },
    },
    list_is_active: true,
    created_at: CREATED,
    updated_at: CREATED,
    _links: [],
  };
}

const titleIn = (store: Store, line: Json): Json => {
  const product = store.products.get(String(line.product_id));
  const variants = (product?.variants ?? []) as Row[];
  const variant = variants.find(({ id }) => id === line.product_variant_id);
  return { product_title: text(product?.title), product_variant_title: text(variant?.title) };
};

export const lineView = (store: Store, line: Json, withDiscount: boolean): Json => ({
  ...pick(line, ['id', 'product_id', 'product_variant_id'], ['quantity', 'price']),
  ...titleIn(store, line),
  ...(withDiscount ? { discount: number(line.discount), image_url: '' } : {}),
  _links: [],
});

const linesOf = (store: Store, row: Row, withDiscount: boolean): Json[] =>
  ((row.lines ?? []) as Json[]).map((line) => lineView(store, line, withDiscount));

const buyerOf = (store: Store, row: Row): Json => {
  const { id } = row.customer as Row;
  return customerView(store, store.customers.get(id) ?? { id });
};

const ORDER_TEXTS = [
  ...['campaign_id', 'landing_site', 'financial_status', 'fulfillment_status', 'currency_code', 'order_url'],
  ...['tracking_code', 'processed_at_foreign', 'cancelled_at_foreign', 'updated_at_foreign'],
  ...['tracking_number', 'tracking_carrier', 'tracking_url'],
];
const ORDER_NUMBERS = ['order_total', 'discount_total', 'tax_total', 'shipping_total'];

export const orderView = (store: Store, row: Row): Json => ({
  id: row.id,
  customer: buyerOf(store, row),
  store_id: store.row.id,
  ...pick(row, ORDER_TEXTS, ORDER_NUMBERS),
  shipping_address: addressOf(row.shipping_address),
  billing_address: addressOf(row.billing_address),
  promos: row.promos ?? [],
  lines: linesOf(store, row, true),
  outreach: pick(row.outreach, ['id', 'name', 'type', 'published_time']),
  _links: [],
});

export const cartView = (store: Store, row: Row): Json => ({
  id: row.id,
  customer: buyerOf(store, row),
  ...pick(row, ['campaign_id', 'checkout_url', 'currency_code'], ['order_total', 'tax_total']),
  lines: linesOf(store, row, false),
  created_at: CREATED,
  updated_at: CREATED,
  _links: [],
});

export const variantView = (row: Json): Json => ({
  ...pick(row, ['id', 'title', 'url', 'sku', 'image_url', 'backorders', 'visibility']),
  ...pick(row, [], ['price', 'inventory_quantity']),
  created_at: CREATED,
  updated_at: CREATED,
  _links: [],
});

export const productView = (store: Store, row: Row): Json => ({
  id: row.id,
  currency_code: text(store.row.currency_code),
  ...pick(row, [
    'title',
    'handle',
    'url',
    'description',
    'type',
    'vendor',
    'image_url',
    'published_at_foreign',
  ]),
  variants: ((row.variants ?? []) as Json[]).slice(0, 50).map(variantView),
  images: [],
  _links: [],
});
