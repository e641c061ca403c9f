import { invalidResource } from '../problems.mts';
import { page } from '../query.mts';
import { ok, type ApiAnswer, type ApiCall, type Route } from '../router.mts';
import { checkBody, objectOf } from './bodies.mts';
import { storeOf, wrote } from './routes.mts';
import type { Store } from './shop.mts';
import { orderView, storeView } from './views.mts';

const ROOT = '/ecommerce/stores';

function createStore(call: ApiCall): ApiAnswer {
  const body = objectOf(call.body);
  checkBody('stores', body, true);
  const { shop, audiences } = call.world;
  if (!audiences.get(String(body.list_id))) throw invalidResource('The list ID provided does not exist.');
  if (shop.stores.has(String(body.id))) throw invalidResource('A store with the provided ID already exists.');
  const store = shop.createStore({ id: String(body.id), listId: String(body.list_id) });
  Object.assign(store.row, body);
  wrote(call, 'stores', store.row.id, store.row.id);
  return ok(storeView(store));
}

function changeStore(call: ApiCall): ApiAnswer {
  const store = storeOf(call);
  // The audience of a store is fixed.
  const { id: _id, list_id: _list, ...body } = objectOf(call.body);
  checkBody('stores', body, false);
  Object.assign(store.row, body);
  wrote(call, 'stores', store.row.id, store.row.id);
  return ok(storeView(store));
}

function removeStore(call: ApiCall): ApiAnswer {
  const { row } = storeOf(call);
  call.world.shop.stores.delete(row.id);
  wrote(call, 'stores', row.id, row.id);
  return { status: 200, body: {} };
}

const allStores = (call: ApiCall): Store[] => [...call.world.shop.stores.values()];

const listStores = (call: ApiCall): ApiAnswer =>
  ok({
    stores: page(allStores(call), call.query).map(storeView),
    total_items: allStores(call).length,
    _links: [],
  });

function listAllOrders(call: ApiCall): ApiAnswer {
  const rows = allStores(call).flatMap((store) =>
    call.world.shop.rows(store, 'orders').map((row) => ({ store, row })),
  );
  return ok({
    orders: page(rows, call.query).map(({ store, row }) => orderView(store, row)),
    total_items: rows.length,
    _links: [],
  });
}

export const storeRoutes: Route[] = [
  { method: 'GET', pattern: '/ecommerce/orders', handle: listAllOrders },
  { method: 'GET', pattern: ROOT, handle: listStores },
  { method: 'POST', pattern: ROOT, handle: createStore },
  { method: 'GET', pattern: `${ROOT}/:store`, handle: (call) => ok(storeView(storeOf(call))) },
  { method: 'PATCH', pattern: `${ROOT}/:store`, handle: changeStore },
  { method: 'DELETE', pattern: `${ROOT}/:store`, handle: removeStore },
];
