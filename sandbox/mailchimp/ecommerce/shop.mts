import type { Json } from '../query.mts';

/** Rows as Mailchimp stores them: what was posted, and what Mailchimp adds. */
export type Row = Json & { id: string };

export const KINDS = ['customers', 'products', 'orders', 'carts'] as const;
export type Kind = (typeof KINDS)[number];

export interface Store {
  row: Row;
  customers: Map<string, Row>;
  products: Map<string, Row>;
  orders: Map<string, Row>;
  carts: Map<string, Row>;
}

export interface ShopWrite {
  method: string;
  kind: Kind | 'stores';
  store: string;
  id: string;
}

export interface ShopSettings {
  /** Assumed true: a list begins with what was added last, so that pages shift while they are read. */
  newestFirst: boolean;
  /** Assumed false: PUT of an order is known to newer releases of the API only. */
  putOrders: boolean;
}

const missing = (what: string): Error => new Error(`There is no ${what}`);

/** The account's stores, and what the shop behind them does beside the API. */
export class Shop {
  readonly stores = new Map<string, Store>();
  /** Changes by the API, one row each. */
  readonly writes: ShopWrite[] = [];
  readonly settings: ShopSettings = { newestFirst: true, putOrders: false };

  createStore(given: { id: string; listId: string; name?: string; currencyCode?: string }): Store {
    const { id, listId, name = 'Webshop', currencyCode = 'EUR' } = given;
    const store: Store = {
      row: { id, list_id: listId, name, currency_code: currencyCode, is_syncing: false },
      customers: new Map(),
      products: new Map(),
      orders: new Map(),
      carts: new Map(),
    };
    this.stores.set(id, store);
    return store;
  }

  store(id: string): Store {
    const store = this.stores.get(id);
    if (!store) throw missing(`store ${id}`);
    return store;
  }

  /** An order as the shop has it now; it is new, or replaces what is there. Products are made where they are missing. */
  putOrder(storeId: string, order: Json): Row {
    const store = this.store(storeId);
    const { id } = order as Row;
    for (const line of (order.lines ?? []) as Json[]) {
      const product = String(line.product_id);
      const variant = { id: String(line.product_variant_id), title: product };
      if (!store.products.has(product))
        store.products.set(product, { id: product, title: product, variants: [variant] });
    }
    const customer = order.customer as Row;
    if (!store.customers.has(customer.id))
      store.customers.set(customer.id, { opt_in_status: false, ...customer });
    const row: Row = { ...(order as Row), customer: { id: customer.id } };
    store.orders.set(id, row);
    return row;
  }

  changeOrder(storeId: string, id: string, change: Json): void {
    const order = this.store(storeId).orders.get(id);
    if (!order) throw missing(`order ${id}`);
    Object.assign(order, change);
  }

  removeOrder(storeId: string, id: string): void {
    this.store(storeId).orders.delete(id);
  }

  /** Mailchimp finds out which campaign led to the order, and writes it there by itself. */
  attribute(storeId: string, id: string, campaignId: string): void {
    this.changeOrder(storeId, id, { campaign_id: campaignId, outreach: { id: campaignId } });
  }

  /** In the order of a list. */
  rows(store: Store, kind: Kind): Row[] {
    const rows = [...store[kind].values()];
    return this.settings.newestFirst ? rows.reverse() : rows;
  }
}
