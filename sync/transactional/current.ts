import { readMessageEvent, type MessageEvent, type MessageEventType } from './event';

type Json = Record<string, unknown>;

/** States of messages/info, and those that the webhooks name (mailchimp-events §4.6). */
const BY_STATE: Record<string, MessageEventType> = {
  sent: 'send',
  delivered: 'delivered',
  deferred: 'deferral',
  'soft-bounced': 'soft_bounce',
  bounced: 'hard_bounce',
  rejected: 'reject',
  spam: 'spam',
  unsub: 'unsub',
};

const list = (value: unknown): Json[] => (Array.isArray(value) ? (value as Json[]) : []);

/** Of a mail that arrived: what its reader did first, and says most. */
function readerEvent({ opens_detail: opens, clicks_detail: clicks }: Json): Json | undefined {
  const [click] = list(clicks);
  if (click) return { event: 'click', ts: click.ts, url: click.url };
  const [open] = list(opens);
  return open && { event: 'open', ts: open.ts };
}

/** When a server refused or delayed it; a message that tells no such time counts by the one at which it was sent. */
const serverTime = ({ smtp_events: events, ts }: Json): unknown => list(events).at(-1)?.ts ?? ts;

/**
 * What is so of a message now, as the event that says most about it.
 * @param info an answer of /messages/info; undefined for a message that is still to be sent
 */
export function currentEvent(info: Json): MessageEvent | undefined {
  const event = BY_STATE[String(info.state)];
  const quiet = { event, ts: event === 'send' ? info.ts : serverTime(info) };
  const told = (event === 'send' || event === 'delivered' ? readerEvent(info) : undefined) ?? quiet;
  return readMessageEvent({ ...told, _id: info._id, msg: info });
}
