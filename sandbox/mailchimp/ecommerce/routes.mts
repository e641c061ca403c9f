import { invalidResource, methodNotAllowed, notFound } from '../problems.mts';
import { page, type Json } from '../query.mts';
import { noContent, ok, type ApiAnswer, type ApiCall, type Route } from '../router.mts';
import { checkBody, checkLine, objectOf } from './bodies.mts';
import { putCustomer } from './customers.mts';
import type { Kind, Row, Store } from './shop.mts';
import { cartView, customerView, orderView, productView } from './views.mts';

export function storeOf(call: ApiCall): Store {
  const store = call.world.shop.stores.get(call.params['store'] ?? '');
  if (!store) throw notFound();
  return store;
}

export const VIEWS: Record<Kind, (store: Store, row: Row) => Json> = {
  customers: customerView,
  products: productView,
  orders: orderView,
  carts: cartView,
};

export const wrote = (call: ApiCall, kind: Kind | 'stores', store: string, id: string): void =>
  void call.world.shop.writes.push({ method: call.method, kind, store, id });

export function rowOf(call: ApiCall, kind: Kind): Row {
  const row = storeOf(call)[kind].get(call.params['id'] ?? '');
  if (!row) throw notFound();
  return row;
}

const FILTERS: Partial<Record<Kind, Record<string, (row: Row) => unknown>>> = {
  customers: { email_address: (row) => row.email_address },
  orders: {
    customer_id: (row) => (row.customer as Row).id,
    campaign_id: (row) => row.campaign_id ?? '',
    outreach_id: (row) => (row.outreach as Row | undefined)?.id ?? '',
    has_outreach: (row) => String(row.outreach !== undefined),
  },
};

const list =
  (kind: Kind) =>
  (call: ApiCall): ApiAnswer => {
    const store = storeOf(call);
    const filters = Object.entries(FILTERS[kind] ?? {}).filter(([name]) => call.query[name] !== undefined);
    const rows = call.world.shop
      .rows(store, kind)
      .filter((row) => filters.every(([name, of]) => of(row) === call.query[name]));
    return ok({
      store_id: store.row.id,
      [kind]: page(rows, call.query).map((row) => VIEWS[kind](store, row)),
      total_items: rows.length,
      _links: [],
    });
  };

/** The buyer is made or changed with the order; a bare id names one that is there. */
function withBuyer(call: ApiCall, store: Store, body: Json): Json {
  if (body.customer === undefined) return body;
  const given = objectOf(body.customer);
  const id = String(given.id ?? '');
  if (!store.customers.has(id)) checkBody('customers', given, true);
  putCustomer(call, store, given);
  return { ...body, customer: { id } };
}

function checked(call: ApiCall, kind: Kind, isNew: boolean): Json {
  const store = storeOf(call);
  const body = objectOf(call.body);
  checkBody(kind, body, isNew);
  if (kind !== 'orders' && kind !== 'carts') return body;
  for (const line of (body.lines ?? []) as unknown[]) checkLine(store, line);
  return withBuyer(call, store, body);
}

const EXISTS = {
  customers: 'A customer with the provided ID already exists.',
  products: 'A product with the provided ID already exists.',
  orders: 'An order with the provided ID already exists.',
  carts: 'A cart with the provided ID already exists.',
};

const create =
  (kind: Kind) =>
  (call: ApiCall): ApiAnswer => {
    const store = storeOf(call);
    const body = checked(call, kind, true) as Row;
    if (store[kind].has(body.id)) throw invalidResource(EXISTS[kind]);
    const row = kind === 'customers' ? putCustomer(call, store, body) : body;
    store[kind].set(row.id, row);
    wrote(call, kind, store.row.id, row.id);
    return ok(VIEWS[kind](store, row));
  };

const one =
  (kind: Kind) =>
  (call: ApiCall): ApiAnswer =>
    ok(VIEWS[kind](storeOf(call), rowOf(call, kind)));

const change =
  (kind: Kind) =>
  (call: ApiCall): ApiAnswer => {
    const store = storeOf(call);
    const row = rowOf(call, kind);
    const { id: _id, ...body } = checked(call, kind, false);
    // The address of a customer is read only.
    if (kind === 'customers') putCustomer(call, store, { ...body, id: row.id });
    else Object.assign(row, body);
    wrote(call, kind, store.row.id, row.id);
    return ok(VIEWS[kind](store, store[kind].get(row.id)!));
  };

const put =
  (kind: Kind) =>
  (call: ApiCall): ApiAnswer => {
    if (kind === 'orders' && !call.world.shop.settings.putOrders)
      throw methodNotAllowed(['GET', 'PATCH', 'DELETE']);
    const store = storeOf(call);
    const id = call.params['id'] ?? '';
    const known = store[kind].get(id);
    const body = checked({ ...call, body: { ...objectOf(call.body), id } }, kind, known === undefined) as Row;
    const row = kind === 'customers' ? putCustomer(call, store, body) : { ...known, ...body };
    store[kind].set(id, row);
    wrote(call, kind, store.row.id, id);
    return ok(VIEWS[kind](store, row));
  };

const remove =
  (kind: Kind) =>
  (call: ApiCall): ApiAnswer => {
    const row = rowOf(call, kind);
    storeOf(call)[kind].delete(row.id);
    wrote(call, kind, call.params['store'] ?? '', row.id);
    return noContent();
  };

const ROOT = '/ecommerce/stores';

const routesOf = (kind: Kind): Route[] => {
  const many = `${ROOT}/:store/${kind}`;
  const single = `${many}/:id`;
  return [
    { method: 'GET', pattern: many, handle: list(kind) },
    { method: 'POST', pattern: many, handle: create(kind) },
    { method: 'GET', pattern: single, handle: one(kind) },
    { method: 'PATCH', pattern: single, handle: change(kind) },
    { method: 'DELETE', pattern: single, handle: remove(kind) },
    ...(kind === 'customers' || kind === 'orders'
      ? [{ method: 'PUT', pattern: single, handle: put(kind) }]
      : []),
  ];
};

export const ecommerceRoutes: Route[] = [
  ...routesOf('customers'),
  ...routesOf('products'),
  ...routesOf('orders'),
  ...routesOf('carts'),
];
