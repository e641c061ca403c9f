import { EVENTS, eventOf, type Json, type Message, type Messages } from './messages.mts';
import type { MandrillHook, MandrillWebhooks } from './webhooks.mts';

/** A refusal as Mandrill writes it. */
export class MandrillError extends Error {
  constructor(
    readonly status: number,
    readonly code: number,
    readonly errorName: string,
    message: string,
  ) {
    super(message);
  }

  get body(): Json {
    return { status: 'error', code: this.code, name: this.errorName, message: this.message };
  }
}

const invalid = (message: string): MandrillError => new MandrillError(500, -2, 'ValidationError', message);
const unknownWebhook = (id: unknown): MandrillError =>
  new MandrillError(404, 3, 'Unknown_Webhook', `No webhook exists with the id '${String(id)}'`);

export interface MandrillWorld {
  webhooks: MandrillWebhooks;
  messages: Messages;
}

type Handler = (world: MandrillWorld, body: Json) => unknown;

const textAt = (body: Json, name: string): string => {
  const value = body[name];
  if (typeof value === 'string' && value !== '') return value;
  throw invalid(`Validation error: {"${name}":"Please enter a value"}`);
};

function hookAt({ webhooks }: MandrillWorld, { id }: Json): MandrillHook {
  const hook = webhooks.hooks.find((one) => one.id === id);
  if (!hook) throw unknownWebhook(id);
  return hook;
}

const viewOf = ({ enabled: _enabled, ...hook }: MandrillHook): Json => hook;

const eventsAt = ({ events }: Json, usual: readonly string[]): string[] => {
  if (events === undefined) return [...usual];
  if (Array.isArray(events) && events.every((one) => typeof one === 'string')) return events;
  throw invalid('Validation error: {"events":"Please enter an array"}');
};

async function activeUrl({ webhooks }: MandrillWorld, body: Json): Promise<string> {
  const url = textAt(body, 'url');
  if (URL.canParse(url) && (await webhooks.accepts(url))) return url;
  throw invalid('Validation error: {"url":"The URL could not be reached: please check it and try again"}');
}

async function addWebhook(world: MandrillWorld, body: Json): Promise<Json> {
  const url = await activeUrl(world, body);
  const description = typeof body.description === 'string' ? body.description : null;
  return viewOf(world.webhooks.add(url, eventsAt(body, EVENTS), description));
}

async function updateWebhook(world: MandrillWorld, body: Json): Promise<Json> {
  const hook = hookAt(world, body);
  const url = await activeUrl(world, body);
  Object.assign(hook, { url, events: eventsAt(body, hook.events), enabled: true });
  if (typeof body.description === 'string') hook.description = body.description;
  return viewOf(hook);
}

function messageAt({ messages }: MandrillWorld, { id }: Json): Message {
  const message = messages.all.get(String(id));
  if (!message)
    throw new MandrillError(404, 11, 'Unknown_Message', `No message exists with the id '${String(id)}'`);
  return message;
}

/** In an answer opens and clicks are numbers, in a webhook lists. */
const infoOf = (message: Message): Json => ({
  ts: message.ts,
  _id: message.id,
  sender: message.sender,
  template: null,
  subject: message.subject,
  email: message.email,
  tags: message.tags,
  opens: message.opens.length,
  opens_detail: message.opens.map((ts) => ({ ts, ip: '127.0.0.1', location: '', ua: '' })),
  clicks: message.clicks.length,
  clicks_detail: message.clicks.map((click) => ({ ...click, ip: '127.0.0.1', location: '', ua: '' })),
  state: message.state,
  metadata: message.metadata,
  smtp_events: message.answers,
});

function send(world: MandrillWorld, body: Json): Json[] {
  const message = body.message as Json | undefined;
  const to = Array.isArray(message?.to) ? (message.to as Json[]) : [];
  if (!message || to.length === 0)
    throw invalid('Validation error: {"message":{"to":"Please enter a value"}}');
  return to.map((recipient) => {
    const made = world.messages.create({
      email: textAt(recipient, 'email'),
      subject: String(message.subject ?? ''),
      sender: String(message.from_email ?? ''),
      tags: (message.tags ?? []) as string[],
      metadata: (message.metadata ?? {}) as Json,
    });
    world.webhooks.emit(eventOf(made.state === 'rejected' ? 'reject' : 'send', made, made.ts));
    const reason = world.messages.rejects.get(made.email.toLowerCase());
    return { email: made.email, status: made.state, _id: made.id, reject_reason: reason ?? null };
  });
}

/** Path below the version → what it does. */
export const HANDLERS: Record<string, Handler> = {
  'users/ping': () => 'PONG!',
  'users/ping2': () => ({ PING: 'PONG!' }),
  'webhooks/list': ({ webhooks }) => webhooks.hooks.map(viewOf),
  'webhooks/add': addWebhook,
  'webhooks/info': (world, body) => viewOf(hookAt(world, body)),
  'webhooks/update': updateWebhook,
  'webhooks/delete': (world, body) => {
    const hook = hookAt(world, body);
    world.webhooks.remove(hook.id);
    return viewOf(hook);
  },
  'messages/send': send,
  'messages/info': (world, body) => infoOf(messageAt(world, body)),
  'messages/search': ({ messages }) => [...messages.all.values()].slice(0, 100).map(infoOf),
  'rejects/list': ({ messages }) =>
    [...messages.rejects].map(([email, reason]) => ({ email, reason, expired: false, subaccount: null })),
  'rejects/add': ({ messages }, body) => {
    messages.reject(textAt(body, 'email'), 'custom');
    return { email: textAt(body, 'email'), added: true };
  },
  'rejects/delete': ({ messages }, body) => ({
    email: textAt(body, 'email'),
    deleted: messages.rejects.delete(textAt(body, 'email').toLowerCase()),
    subaccount: null,
  }),
};
