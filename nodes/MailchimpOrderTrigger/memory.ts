import type { IDataObject, IPollFunctions, IWebhookFunctions } from 'n8n-workflow';
import { OrderScan } from '../../sync/orderScan';

/**
 * What this process has given out, by node: polls and notifications share it, so that an order is one event however it
 * arrives. n8n loads static data around each request, so that a notification does not see what a poll has in hand.
 */
const scans = new Map<string, OrderScan>();

const keyOf = (context: IPollFunctions | IWebhookFunctions, storeId: string): string =>
  JSON.stringify([context.getWorkflow().id ?? '', context.getNode().id, storeId]);

interface Stored extends IDataObject {
  storeId?: string;
  orders?: string;
}

export interface Known {
  scan: OrderScan;
  /** Nothing was ever read of this store. */
  isNew: boolean;
}

export function knownOrders(context: IPollFunctions | IWebhookFunctions, storeId: string): Known {
  const key = keyOf(context, storeId);
  const stored = context.getWorkflowStaticData('node') as Stored;
  const own = stored.storeId === storeId ? stored.orders : undefined;
  const known = scans.get(key);
  if (known) return { scan: known, isNew: own === undefined };
  const scan = OrderScan.from(own);
  scans.set(key, scan);
  return { scan, isNew: own === undefined };
}

/** Only a poll keeps it: what a notification has given out is kept with the next poll. */
export function keepOrders(context: IPollFunctions, storeId: string, scan: OrderScan): void {
  const stored = context.getWorkflowStaticData('node') as Stored;
  const text = scan.text();
  if (stored.storeId === storeId && stored.orders === text) return;
  stored.storeId = storeId;
  stored.orders = text;
}
