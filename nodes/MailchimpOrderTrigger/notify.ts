import type { IDataObject, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { ConnectorError } from '../../connectors/errors';
import { getOrder } from '../../connectors/mailchimp/stores';
import { isSignedBody, sameSecret } from '../../sync/signature';
import { eventOf } from '../../sync/order';
import { toNodeError } from '../shared/errors';
import { mailchimpOf } from '../shared/mailchimp';
import { orderItems } from '../shared/orderItems';
import { storeAt } from '../shared/store';
import { knownOrders } from './memory';
import { itemOptionsAt } from './options';

function answer(context: IWebhookFunctions, status: number): IWebhookResponseData {
  context.getResponseObject().status(status).end();
  return { noWebhookResponse: true };
}

/** Without a credential, or with an empty one, nobody is let in. */
async function isVerified(context: IWebhookFunctions): Promise<boolean> {
  const way = String(context.getNodeParameter('notifications', 'none'));
  if (way === 'none') return false;
  const { name = '', value = '' } = await context.getCredentials<{ name?: string; value?: string }>(
    'httpHeaderAuth',
  );
  const given = context.getHeaderData()[name.toLowerCase()];
  if (name === '' || value === '' || typeof given !== 'string') return false;
  const { rawBody } = context.getRequestObject() as { rawBody?: Buffer };
  return way === 'signature' ? isSignedBody(given, rawBody, value) : sameSecret(given, value);
}

const idIn = (body: IDataObject, path: string): string => {
  let at: unknown = body;
  for (const part of path.split('.'))
    at =
      typeof at === 'object' && at !== null && Object.hasOwn(at, part)
        ? (at as IDataObject)[part]
        : undefined;
  return typeof at === 'string' || typeof at === 'number' ? String(at).trim() : '';
};

function orderIdOf(context: IWebhookFunctions): string {
  const body = (context.getBodyData() ?? {}) as IDataObject;
  const named = String(context.getNodeParameter('options.orderIdField', '') ?? '').trim();
  const paths = named === '' ? ['order_id', 'order.id', 'id'] : [named];
  return paths.map((path) => idIn(body, path)).find((id) => id !== '') ?? '';
}

/** Trouble that the next delivery may not meet. */
const PASSING = ['MAILCHIMP_UNREACHABLE', 'MAILCHIMP_THROTTLED', 'MAILCHIMP_UNAVAILABLE'];

const isPassing = (error: unknown): boolean =>
  error instanceof ConnectorError && PASSING.includes(error.errorCode);

/**
 * One notification of the shop, or of a relay. It only names the order, whose state is read from Mailchimp: a post cannot
 * make an order up, and the order in which posts arrive does not matter. 503 asks the sender to come again.
 */
async function take(context: IWebhookFunctions): Promise<IWebhookResponseData> {
  const orderId = orderIdOf(context);
  if (orderId === '') return answer(context, 400);
  const storeId = storeAt(context);
  const mailchimp = await mailchimpOf(context);
  const order = await getOrder(mailchimp, storeId, orderId);
  // The shop may be quicker than its own transfer to Mailchimp; the poll finds what nobody tells again.
  if (!order) return answer(context, 503);
  const { scan } = knownOrders(context, storeId);
  const compared = scan.compare(order);
  if (compared === 'same') return answer(context, 200);
  const event = eventOf(order, compared === 'changed');
  const [json] = await orderItems(mailchimp, storeId, [{ order, event }], itemOptionsAt(context));
  // Another copy of the notification may have been quicker while the contact was read.
  if (scan.compare(order) === 'same') return answer(context, 200);
  scan.take(order);
  return { workflowData: [[{ json: json! }]] };
}

export async function notify(context: IWebhookFunctions): Promise<IWebhookResponseData> {
  if (!(await isVerified(context))) return answer(context, 401);
  try {
    return await take(context);
  } catch (error) {
    if (!isPassing(error)) throw toNodeError(context.getNode(), error);
    return answer(context, 503);
  }
}
