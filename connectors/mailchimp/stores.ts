import type { Mailchimp } from './api';
import { readCollection, readOne, type CollectionRead, type Json } from './collections';

const storePath = (storeId: string): string => `/ecommerce/stores/${encodeURIComponent(storeId)}`;

export interface Store {
  id: string;
  name: string;
  audienceId: string;
}

const toStore = ({ id, name, list_id: audienceId }: Json): Store => ({
  id: String(id ?? ''),
  name: String(name ?? ''),
  audienceId: String(audienceId ?? ''),
});

/** GET /ecommerce/stores */
export async function listStores(mailchimp: Mailchimp): Promise<Store[]> {
  const { rows } = await readCollection(mailchimp, {
    path: '/ecommerce/stores',
    key: 'stores',
    fields: ['name', 'list_id'],
  });
  return rows.map(toStore);
}

/** GET /ecommerce/stores/{store_id}; undefined when there is none. */
export async function getStore(mailchimp: Mailchimp, storeId: string): Promise<Store | undefined> {
  const body = await readOne(mailchimp, storePath(storeId), ['name', 'list_id']);
  return body && toStore(body);
}

/** What of an order its readers use; campaigns and links are left out, because Mailchimp rewrites them. */
const ORDER_FIELDS = [
  ...['store_id', 'customer.id', 'customer.email_address', 'customer.company', 'customer.first_name'],
  ...['customer.last_name', 'currency_code', 'order_total', 'discount_total', 'tax_total', 'shipping_total'],
  ...['promos', 'financial_status', 'fulfillment_status', 'order_url', 'shipping_address', 'billing_address'],
  ...['processed_at_foreign', 'cancelled_at_foreign', 'updated_at_foreign', 'tracking_number'],
  ...['tracking_carrier', 'tracking_url', 'lines'],
];

/** GET /ecommerce/stores/{store_id}/orders, with their lines: no order is read twice. */
export const listOrders = (
  mailchimp: Mailchimp,
  storeId: string,
  options: { limit?: number; query?: Record<string, string>; allFields?: boolean } = {},
): Promise<CollectionRead> =>
  readCollection(mailchimp, {
    path: `${storePath(storeId)}/orders`,
    key: 'orders',
    ...(options.allFields ? {} : { fields: ORDER_FIELDS }),
    ...(options.limit === undefined ? {} : { limit: options.limit }),
    ...(options.query ? { query: options.query } : {}),
  });

/** GET /ecommerce/stores/{store_id}/orders/{order_id}; undefined when there is none. */
export const getOrder = (
  mailchimp: Mailchimp,
  storeId: string,
  orderId: string,
  allFields = false,
): Promise<Json | undefined> =>
  readOne(
    mailchimp,
    `${storePath(storeId)}/orders/${encodeURIComponent(orderId)}`,
    allFields ? undefined : ORDER_FIELDS,
  );
