import type { IDataObject, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { messageEventKey, readMessageEvent } from '../../sync/transactional/event';
import { eventsOf, fieldsOf, isSetUpCall, isSignedPost } from '../../sync/transactional/signature';
import { isTooOld, Memory } from '../../sync/seen';
import { transactionalOf } from '../shared/transactional';
import { publicUrlOf, stateOf } from './registration';

/** Mailchimp asks for no more than one key a minute on behalf of posts that do not fit the one we have. */
const KEY_AGE_MS = 60_000;

interface Known {
  memory: Memory;
  key: string;
  askedAt: number;
}

/** By node: what this process has taken, and the key that signs. Mailchimp repeats a post for hours. */
const known = new Map<string, Known>();

function knownOf(context: IWebhookFunctions): Known {
  const node = `${context.getWorkflow().id ?? ''}:${context.getNode().id}:${context.getMode()}`;
  const found = known.get(node) ?? { memory: new Memory(), key: '', askedAt: 0 };
  known.set(node, found);
  return found;
}

function answer(context: IWebhookFunctions, status: number): IWebhookResponseData {
  context.getResponseObject().status(status).end();
  return { noWebhookResponse: true };
}

/** The key may have been renewed in Mailchimp since it was asked for. */
async function refreshKey(context: IWebhookFunctions, own: Known, now: number): Promise<boolean> {
  const { id } = stateOf(context);
  if (id === undefined || now - own.askedAt < KEY_AGE_MS) return false;
  own.askedAt = now;
  const hook = await (await transactionalOf(context)).getHook(id);
  const isNew = hook !== undefined && hook.authKey !== own.key;
  own.key = hook?.authKey ?? '';
  return isNew;
}

/**
 * Events of the kinds that the node wants and that no earlier post has brought. The signature knows no time, so that an
 * event older than what is remembered counts as a replay: Mailchimp gives up after some eight hours.
 */
function newItems(context: IWebhookFunctions, events: unknown[], memory: Memory, now: number): IDataObject[] {
  const wanted = context.getNodeParameter('events', []) as string[];
  const state = stateOf(context);
  memory.learn(state.seen ?? {});
  const items = events.flatMap((value) => {
    const event = readMessageEvent(value);
    const key = messageEventKey(value);
    if (!event || !wanted.includes(event.event)) return [];
    if (memory.has(key, now) || isTooOld(event.at, now)) return [];
    memory.take(key, now);
    return [{ ...event, eventKey: key, source: `message ${event.messageId}` } as unknown as IDataObject];
  });
  if (items.length > 0) state.seen = memory.newest();
  return items;
}

/** One post. Who did not sign it starts nothing; Mailchimp counts nothing but 200 as taken. */
export async function receive(context: IWebhookFunctions): Promise<IWebhookResponseData> {
  const { rawBody } = context.getRequestObject() as { rawBody?: Buffer };
  const signature = String(context.getHeaderData()['x-mandrill-signature'] ?? '');
  const fields = rawBody && fieldsOf(rawBody);
  if (!fields || signature === '') return answer(context, 401);
  const url = publicUrlOf(context);
  if (isSetUpCall(signature, url, fields)) return answer(context, 200);
  const now = Date.now();
  const own = knownOf(context);
  const isOurs = (): boolean => isSignedPost(signature, url, fields, own.key);
  try {
    if (!isOurs() && !((await refreshKey(context, own, now)) && isOurs())) return answer(context, 401);
  } catch {
    own.askedAt = 0;
    context.logger.warn(
      'Mailchimp Transactional did not tell the key of its webhook; it sends the events again',
    );
    return answer(context, 503);
  }
  const events = eventsOf(fields);
  if (!events) return answer(context, 400);
  const items = newItems(context, events, own.memory, now);
  if (items.length === 0) return answer(context, 200);
  return { workflowData: [items.map((json) => ({ json }))] };
}
