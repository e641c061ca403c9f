import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { ConnectorError } from '../../connectors/errors';
import { checkDelivery, type Delivery } from '../../sync/delivery';
import { eventKey, isForgotten, readEvent, type MemberEvent } from '../../sync/memberEvent';
import { isTooOld, Memory } from '../../sync/seen';
import { toNodeError } from '../shared/errors';
import { itemOf } from './contact';
import { stateOf } from './state';

/**
 * What this process has taken, by node. n8n loads and saves static data around each request, so that two requests at
 * once do not see each other there.
 */
const memories = new Map<string, Memory>();

function memoryOf(context: IWebhookFunctions): Memory {
  const node = `${context.getWorkflow().id ?? ''}:${context.getNode().id}:${context.getMode()}`;
  const memory = memories.get(node) ?? new Memory();
  memories.set(node, memory);
  return memory;
}

function deliveryOf(context: IWebhookFunctions): Delivery {
  const headers = context.getHeaderData();
  const header = (name: string): string => String(headers[name] ?? '');
  const { secret } = context.getQueryData() as { secret?: unknown };
  return {
    secret: typeof secret === 'string' ? secret : '',
    contentType: header('content-type'),
    signature: header('x-mailchimp-signature'),
    rawBody: context.getRequestObject().rawBody as Buffer | undefined,
  };
}

function answer(context: IWebhookFunctions, status: number): IWebhookResponseData {
  context.getResponseObject().status(status).end();
  return { noWebhookResponse: true };
}

/** Marks the event as taken. False when it was taken before. */
function take(context: IWebhookFunctions, key: string, now: number): boolean {
  const state = stateOf(context);
  const memory = memoryOf(context);
  memory.learn(state.seen ?? {});
  if (memory.has(key, now)) return false;
  memory.take(key, now);
  state.seen = memory.newest();
  return true;
}

function giveBack(context: IWebhookFunctions, key: string): void {
  delete stateOf(context).seen?.[key];
  memoryOf(context).giveBack(key);
}

const isWanted = (context: IWebhookFunctions, { type, audienceId }: MemberEvent): boolean =>
  (context.getNodeParameter('events', []) as string[]).includes(type) &&
  audienceId === stateOf(context).hook?.audienceId;

/** Trouble that the next delivery may not meet; any other becomes a failed execution, which somebody sees. */
const isPassing = (error: unknown): boolean =>
  error instanceof ConnectorError &&
  ['MAILCHIMP_UNREACHABLE', 'MAILCHIMP_THROTTLED', 'MAILCHIMP_UNAVAILABLE'].includes(error.errorCode);

/**
 * One POST. Refused ones start nothing; an event that is none of ours, or that has started a run before, is answered
 * with 200, so that Mailchimp does not repeat it.
 */
export async function receive(context: IWebhookFunctions): Promise<IWebhookResponseData> {
  const now = Date.now();
  const checked = checkDelivery(deliveryOf(context), stateOf(context).hook, Math.floor(now / 1000));
  if (!checked.ok) return answer(context, checked.status);
  const event = readEvent(checked.form);
  if (!event) return answer(context, 400);
  if (!isWanted(context, event) || isForgotten(event)) return answer(context, 200);
  if (!checked.signed && isTooOld(event.firedAt, now)) return answer(context, 200);
  const key = eventKey(event);
  if (!take(context, key, now)) return answer(context, 200);
  try {
    const item = await itemOf(context, event, {
      read: context.getNodeParameter('readContact', true) as boolean,
      numberField: String(context.getNodeParameter('options.customerNumberField', 'CUSTNO'))
        .trim()
        .toUpperCase(),
    });
    return { workflowData: [[{ json: item }]] };
  } catch (error) {
    giveBack(context, key);
    if (!isPassing(error)) throw toNodeError(context.getNode(), error);
    context.logger.warn(
      'The contact of a Mailchimp event could not be read now; Mailchimp repeats the event',
    );
    return answer(context, 503);
  }
}
