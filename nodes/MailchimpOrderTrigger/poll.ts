import type { IDataObject, INodeExecutionData, IPollFunctions } from 'n8n-workflow';
import type { Json } from '../../connectors/mailchimp/collections';
import { listOrders } from '../../connectors/mailchimp/stores';
import { eventOf, type OrderEvent } from '../../sync/order';
import { OrderScan } from '../../sync/orderScan';
import { mailchimpOf } from '../shared/mailchimp';
import { orderItems } from '../shared/orderItems';
import { storeAt } from '../shared/store';
import { DEFAULT_LOOK_BACK_HOURS } from './description';
import { itemOptionsAt } from './options';
import { keepOrders, knownOrders } from './memory';

const SAMPLES = 3;
const HOUR_MS = 60 * 60 * 1000;

interface Found {
  order: Json;
  event: OrderEvent | null;
}

/** The shop's own times; an order without any counts as recent. */
function isSince(order: Json, at: number): boolean {
  const times = [order.processed_at_foreign, order.updated_at_foreign, order.cancelled_at_foreign]
    .map((time) => Date.parse(String(time ?? '')))
    .filter((time) => !Number.isNaN(time));
  return times.length === 0 || Math.max(...times) >= at;
}

/** @param before what was given out when the read began: what a notification gave out meanwhile is newer than the read */
function differing(orders: Json[], scan: OrderScan, before: OrderScan): Found[] {
  return orders.flatMap((order) => {
    const compared = scan.compare(order);
    if (compared === 'same' || before.stateOf(order) !== scan.stateOf(order)) return [];
    return [{ order, event: eventOf(order, compared === 'changed') }];
  });
}

/** What the first poll of a store gives out; everything else counts as given out. */
function firstOnes(context: IPollFunctions, orders: Json[], options: IDataObject): Json[] {
  if (context.getNodeParameter('startWith', 'now') === 'everything') return orders;
  const hours = Number(options.lookBackHours ?? DEFAULT_LOOK_BACK_HOURS) || 0;
  if (context.getActivationMode() !== 'init' || hours <= 0) return [];
  const since = Date.now() - hours * HOUR_MS;
  return orders.filter((order) => isSince(order, since));
}

/**
 * One poll: all orders of the store, 1,000 an answer, compared with what was given out. Mailchimp's lists have no filter
 * by time and no order, so there is no cheaper way (mailchimp-events §3.4).
 */
export async function poll(context: IPollFunctions): Promise<INodeExecutionData[] | null> {
  const mailchimp = await mailchimpOf(context);
  const storeId = storeAt(context);
  const options = context.getNodeParameter('options', {}) as IDataObject;
  const give = async (found: Found[]): Promise<INodeExecutionData[] | null> => {
    const items = await orderItems(mailchimp, storeId, found, itemOptionsAt(context));
    return items.length > 0 ? items.map((json) => ({ json })) : null;
  };
  if (context.getMode() === 'manual') {
    const { rows } = await listOrders(mailchimp, storeId, { limit: SAMPLES });
    return give(rows.map((order) => ({ order, event: eventOf(order, false) })));
  }
  const { scan, isNew } = knownOrders(context, storeId);
  const before = OrderScan.from(scan.text());
  const { rows, complete } = await listOrders(mailchimp, storeId);
  const wanted = isNew ? firstOnes(context, rows, options) : rows;
  const found = differing(wanted, scan, before);
  const items = await give(found);
  for (const order of isNew ? rows : found.map((one) => one.order)) scan.take(order);
  if (complete) scan.keepOnly(rows, before);
  keepOrders(context, storeId, scan);
  return items;
}
