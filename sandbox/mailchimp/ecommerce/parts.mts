import { invalidResource, notFound } from '../problems.mts';
import { page, type Json } from '../query.mts';
import { noContent, ok, type ApiAnswer, type ApiCall, type Route } from '../router.mts';
import { checkBody, checkLine, objectOf } from './bodies.mts';
import { rowOf, storeOf, wrote } from './routes.mts';
import type { Row, Store } from './shop.mts';
import { lineView, variantView } from './views.mts';

/** Lines of orders and carts, variants of products: rows inside of a row. */
interface Part {
  parent: 'orders' | 'carts' | 'products';
  name: 'lines' | 'variants';
  parentKey: string;
  check(store: Store, value: unknown): Row;
  view(store: Store, row: Row): Json;
}

const PARTS: Part[] = [
  {
    parent: 'orders',
    name: 'lines',
    parentKey: 'order_id',
    check: checkLine,
    view: (store, row) => lineView(store, row, true),
  },
  {
    parent: 'carts',
    name: 'lines',
    parentKey: 'cart_id',
    check: checkLine,
    view: (store, row) => lineView(store, row, false),
  },
  {
    parent: 'products',
    name: 'variants',
    parentKey: 'product_id',
    check: (_store, value) => {
      const body = objectOf(value);
      checkBody('variants', body, true);
      return body as Row;
    },
    view: (_store, row) => variantView(row),
  },
];

const rowsOf = (call: ApiCall, { parent, name }: Part): Row[] => {
  const row = rowOf(call, parent);
  return (row[name] ??= []) as Row[];
};

function partOf(call: ApiCall, part: Part): Row {
  const row = rowsOf(call, part).find(({ id }) => id === call.params['part']);
  if (!row) throw notFound();
  return row;
}

const touched = (call: ApiCall, { parent }: Part): void =>
  wrote(call, parent, storeOf(call).row.id, call.params['id'] ?? '');

function add(call: ApiCall, part: Part): ApiAnswer {
  const row = part.check(storeOf(call), call.body);
  const rows = rowsOf(call, part);
  if (rows.some(({ id }) => id === row.id)) throw invalidResource('A resource with this ID already exists.');
  rows.push(row);
  touched(call, part);
  return ok(part.view(storeOf(call), row));
}

function change(call: ApiCall, part: Part): ApiAnswer {
  const row = partOf(call, part);
  const body = objectOf(call.body);
  checkBody(part.name, body, false);
  Object.assign(row, body, { id: row.id });
  touched(call, part);
  return ok(part.view(storeOf(call), row));
}

function remove(call: ApiCall, part: Part): ApiAnswer {
  const rows = rowsOf(call, part);
  rows.splice(rows.indexOf(partOf(call, part)), 1);
  touched(call, part);
  return noContent();
}

const list = (call: ApiCall, part: Part): ApiAnswer => {
  const rows = rowsOf(call, part);
  return ok({
    store_id: storeOf(call).row.id,
    [part.parentKey]: call.params['id'],
    [part.name]: page(rows, call.query).map((row) => part.view(storeOf(call), row)),
    total_items: rows.length,
    _links: [],
  });
};

export const partRoutes: Route[] = PARTS.flatMap((part): Route[] => {
  const many = `/ecommerce/stores/:store/${part.parent}/:id/${part.name}`;
  const single = `${many}/:part`;
  return [
    { method: 'GET', pattern: many, handle: (call) => list(call, part) },
    { method: 'POST', pattern: many, handle: (call) => add(call, part) },
    {
      method: 'GET',
      pattern: single,
      handle: (call) => ok(part.view(storeOf(call), partOf(call, part))),
    },
    { method: 'PATCH', pattern: single, handle: (call) => change(call, part) },
    { method: 'DELETE', pattern: single, handle: (call) => remove(call, part) },
  ];
});
