import fastify, { type FastifyReply } from 'fastify';
import type { AddressInfo } from 'node:net';
import { Faults, injectFaults } from '../kit/faults.mts';
import { recordRequests, RequestLog } from '../kit/requests.mts';
import { HANDLERS, MandrillError, type MandrillWorld } from './api.mts';
import { eventOf, Messages, type EventName, type Json, type Message } from './messages.mts';
import { MandrillWebhooks } from './webhooks.mts';

export interface MandrillSettings {
  /** Older releases answer a bad key with 500. */
  badKeyStatus: 401 | 500;
}

/** Mailchimp Transactional on a local socket. */
export interface MandrillSimulator {
  /** The API is below /api/1.0, /api/1.3 and /api/1.4. */
  url: string;
  apiKey: string;
  settings: MandrillSettings;
  faults: Faults;
  requests: RequestLog;
  webhooks: MandrillWebhooks;
  messages: Messages;
  /** Something happens to a message; webhooks hear of it at the next `webhooks.flush`. */
  emit(event: EventName, message: Message, extra?: Json): Json;
  close(): Promise<void>;
}

const KEY = 'md-0123456789abcdefghijkl';

const bodyOf = (value: unknown): Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {};

function sendError(reply: FastifyReply, error: unknown): FastifyReply {
  const own =
    error instanceof MandrillError
      ? error
      : new MandrillError(500, -100, 'GeneralError', 'An internal error occurred');
  return reply.code(own.status).send(own.body);
}

/** What the receiving server says when this happens. */
const ANSWERS: Record<string, { type: string; diag: string }> = {
  delivered: { type: 'sent', diag: '250 OK' },
  deferral: { type: 'deferred', diag: '451 4.3.5 Temporarily unavailable, try again later.' },
  soft_bounce: { type: 'bounced', diag: '552 5.2.2 Over Quota' },
  hard_bounce: { type: 'bounced', diag: '550 5.1.1 The email account does not exist.' },
};

/** What an event does to the message and its address, before it is told. */
function happen({ messages }: MandrillWorld, event: EventName, message: Message, extra: Json): number {
  const ts = Number(extra.ts ?? messages.seconds());
  if (event === 'open') message.opens.push(ts);
  if (event === 'click') message.clicks.push({ ts, url: String(extra.url ?? 'https://shop.example/') });
  const reasons: Record<string, string> = { hard_bounce: 'hard-bounce', spam: 'spam', unsub: 'unsub' };
  if (reasons[event]) messages.reject(message.email, reasons[event]);
  const answer = ANSWERS[event];
  if (answer) message.answers.push({ ts, ...answer });
  return ts;
}

export async function startMandrillSimulator(
  options: { port?: number; clock?: () => number } = {},
): Promise<MandrillSimulator> {
  const { clock = Date.now } = options;
  const settings: MandrillSettings = { badKeyStatus: 401 };
  const world: MandrillWorld = { webhooks: new MandrillWebhooks(clock), messages: new Messages(clock) };
  const [faults, requests] = [new Faults(), new RequestLog()];
  const server = fastify({ forceCloseConnections: true, bodyLimit: 26 * 1024 * 1024 });
  recordRequests(server, requests);
  injectFaults(server, faults);
  server.setErrorHandler((error, _request, reply) => sendError(reply, error));
  server.setNotFoundHandler((_request, reply) =>
    sendError(reply, new MandrillError(404, -99, 'Unknown_Method', 'Unknown method')),
  );
  server.post<{ Params: { version: string; '*': string } }>('/api/:version/*', async (request, reply) => {
    const { version, '*': path } = request.params;
    const handler = Object.hasOwn(HANDLERS, path.replace(/\.json$/, ''))
      ? HANDLERS[path.replace(/\.json$/, '')]
      : undefined;
    if (!handler || !['1.0', '1.3', '1.4'].includes(version))
      throw new MandrillError(404, -99, 'Unknown_Method', `Unknown method "${path}"`);
    const body = bodyOf(request.body);
    if (body.key !== KEY)
      throw new MandrillError(settings.badKeyStatus, -1, 'Invalid_Key', 'Invalid API key');
    return reply.type('application/json; charset=utf-8').send(JSON.stringify(await handler(world, body)));
  });
  await server.listen({ host: '127.0.0.1', port: options.port ?? 0 });
  return {
    url: `http://127.0.0.1:${(server.server.address() as AddressInfo).port}`,
    apiKey: KEY,
    settings,
    faults,
    requests,
    webhooks: world.webhooks,
    messages: world.messages,
    emit: (event, message, extra = {}) => {
      const ts = happen(world, event, message, extra);
      const made = eventOf(event, message, ts, extra);
      world.webhooks.emit(made);
      return made;
    },
    close: async () => {
      await server.close();
    },
  };
}
