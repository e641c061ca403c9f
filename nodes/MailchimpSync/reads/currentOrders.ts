import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { Mailchimp } from '../../../connectors/mailchimp/api';
import type { Json } from '../../../connectors/mailchimp/collections';
import { getOrder, listOrders } from '../../../connectors/mailchimp/stores';
import type { OrderEvent } from '../../../sync/order';
import { orderItems } from '../../shared/orderItems';

/** Up to so many orders are read by themselves; more of them by pages of 1,000. */
const SINGLE_READS = 20;

interface Wanted {
  item: number;
  storeId: string;
  orderId: string;
  event: OrderEvent | null;
}

const wantedOf = ({ json }: INodeExecutionData, item: number): Wanted[] => {
  const order = (json.order ?? {}) as IDataObject;
  const orderId = String(order.id ?? '');
  const storeId = String(json.storeId ?? order.store_id ?? '');
  return orderId && storeId
    ? [{ item, storeId, orderId, event: (json.event ?? null) as OrderEvent | null }]
    : [];
};

async function currentOf(
  mailchimp: Mailchimp,
  storeId: string,
  ids: string[],
): Promise<ReadonlyMap<string, Json>> {
  if (ids.length > SINGLE_READS) {
    const { rows } = await listOrders(mailchimp, storeId);
    return new Map(rows.map((order) => [String(order.id), order]));
  }
  const orders = await Promise.all(ids.map((id) => getOrder(mailchimp, storeId, id)));
  return new Map(orders.flatMap((order) => (order ? [[String(order.id), order] as const] : [])));
}

/**
 * Orders of earlier items as they are now, each once: what a slow run has in hand may be older than what another run has
 * posted meanwhile. An order that is gone comes no more.
 */
export async function currentOrders(
  node: IExecuteFunctions,
  mailchimp: Mailchimp,
): Promise<INodeExecutionData[]> {
  const options = node.getNodeParameter('orderOptions', 0, {}) as IDataObject;
  const numberField = String(options.customerNumberField ?? 'CUSTNO')
    .trim()
    .toUpperCase();
  const byStore = new Map<string, Map<string, Wanted>>();
  for (const wanted of node.getInputData().flatMap(wantedOf)) {
    const store = byStore.get(wanted.storeId) ?? new Map<string, Wanted>();
    byStore.set(wanted.storeId, store.set(wanted.orderId, wanted));
  }
  const output: INodeExecutionData[] = [];
  for (const [storeId, wanted] of byStore) {
    const found = await currentOf(mailchimp, storeId, [...wanted.keys()]);
    const present = [...wanted.values()].flatMap(({ item, orderId, event }) => {
      const order = found.get(orderId);
      return order ? [{ item, order, event }] : [];
    });
    const readContact = options.readContact !== false;
    const items = await orderItems(mailchimp, storeId, present, { readContact, numberField });
    items.forEach((json, i) => output.push({ json, pairedItem: { item: present[i]!.item } }));
  }
  return output;
}
