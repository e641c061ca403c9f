import { fingerprint } from '../fingerprint';

type Json = Record<string, unknown>;

/** Events of messages, in the order of n8n's list. */
export const MESSAGE_EVENTS = [
  'click',
  'deferral',
  'delivered',
  'hard_bounce',
  'open',
  'reject',
  'send',
  'soft_bounce',
  'spam',
  'unsub',
] as const;

export type MessageEventType = (typeof MESSAGE_EVENTS)[number];

/** What happened to a message. */
export interface MessageEvent {
  event: MessageEventType;
  messageId: string;
  /** When it happened, ISO 8601, UTC. */
  at: string;
  /** When the message was sent. */
  sentAt: string;
  email: string;
  subject: string;
  sender: string;
  state: string;
  tags: string[];
  metadata: Record<string, unknown>;
  /** Why a message bounced or was rejected, such as bad_mailbox or hard-bounce. */
  reason: string;
  /** The server's own words about a bounce or a delay. */
  diagnosis: string;
  /** Of a click. */
  url: string;
}

const record = (value: unknown): Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {};
const text = (value: unknown): string => (typeof value === 'string' ? value : '');

const momentOf = (seconds: unknown): string => {
  const at = new Date(Number(seconds) * 1000);
  return Number.isFinite(Number(seconds)) && !Number.isNaN(at.getTime()) ? at.toISOString() : '';
};

function diagnosisOf(message: Json): string {
  const [last] = (Array.isArray(message.smtp_events) ? message.smtp_events : []).slice(-1);
  return text(message.diag) || text(record(last).diag);
}

/** Undefined for what is no event of a message, such as a change of a block list. */
export function readMessageEvent(value: unknown): MessageEvent | undefined {
  const source = record(value);
  const message = record(source.msg);
  const event = MESSAGE_EVENTS.find((name) => name === source.event);
  const messageId = text(source._id) || text(message._id);
  if (!event || messageId === '') return undefined;
  return {
    event,
    messageId,
    at: momentOf(source.ts),
    sentAt: momentOf(message.ts ?? source.ts),
    email: text(message.email),
    subject: text(message.subject),
    sender: text(message.sender),
    state: text(message.state),
    tags: (Array.isArray(message.tags) ? message.tags : []).map(String),
    metadata: record(message.metadata),
    reason: text(message.bounce_description) || text(record(message.reject).reason) || text(message.reject),
    diagnosis: diagnosisOf(message),
    url: text(source.url),
  };
}

/** An event as an item of the trigger holds it. */
export function eventFromItem(json: unknown): MessageEvent | undefined {
  const source = record(json);
  const event = MESSAGE_EVENTS.find((name) => name === source.event);
  const [messageId, at] = [text(source.messageId), text(source.at)];
  if (!event || messageId === '' || Number.isNaN(Date.parse(at))) return undefined;
  return {
    ...{ event, messageId, at, sentAt: text(source.sentAt) || at },
    ...{ email: text(source.email), subject: text(source.subject), sender: text(source.sender) },
    ...{ state: text(source.state), reason: text(source.reason), diagnosis: text(source.diagnosis) },
    tags: (Array.isArray(source.tags) ? source.tags : []).map(String),
    metadata: record(source.metadata),
    url: text(source.url),
  };
}

/** One event; `_id` names the message, so that time, kind and what was clicked belong to it. */
export function messageEventKey(value: unknown): string {
  const source = record(value);
  const { event, _id, ts, url, ip, user_agent: agent } = source;
  return fingerprint([event, _id, ts, url ?? '', ip ?? '', agent ?? '', text(record(source.msg).diag)]);
}
