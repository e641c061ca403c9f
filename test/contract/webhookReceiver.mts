import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import client from '@mailchimp/mailchimp_marketing';
import { startMailchimpSimulator, type MailchimpSimulator } from '../../sandbox/mailchimp/simulator.mts';

export interface Received {
  method: string;
  /** With its query. */
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
}

/** Whatever a webhook's URL may answer with; `never` keeps the caller waiting. */
export type Answer = number | 'never' | { redirectTo: string };

export interface Receiver {
  url: string;
  all: Received[];
  posts(): Received[];
  /** `type` of each event that came in, in order. */
  types(): string[];
  /** The events' pairs, decoded by the platform and not by us. */
  forms(): URLSearchParams[];
  get: Answer;
  post: Answer | ((post: Received) => Answer);
  close(): Promise<void>;
}

/** A place on a local socket for Mailchimp to call. */
export async function startReceiver(): Promise<Receiver> {
  const all: Received[] = [];
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const { method = '', url: path = '', headers } = request;
      const one = { method, path, headers, body: Buffer.concat(parts).toString() };
      all.push(one);
      const chosen = method === 'GET' ? receiver.get : receiver.post;
      const answer = typeof chosen === 'function' ? chosen(one) : chosen;
      if (answer === 'never') return;
      const redirect = typeof answer === 'object';
      response.writeHead(redirect ? 302 : answer, redirect ? { location: answer.redirectTo } : {}).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const posts = (): Received[] => all.filter(({ method }) => method === 'POST');
  const forms = (): URLSearchParams[] => posts().map(({ body }) => new URLSearchParams(body));
  const receiver: Receiver = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    all,
    posts,
    forms,
    types: () => forms().map((form) => form.get('type') ?? ''),
    get: 200,
    post: 200,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return receiver;
}

type Reply = Promise<Record<string, unknown>>;
type Body = Record<string, unknown>;

/** The official client's webhook calls, which its type file here does not name. */
export const hooksApi = client.lists as unknown as {
  createListWebhook(list: string, body: Body): Reply;
  getListWebhooks(list: string): Reply;
  getListWebhook(list: string, id: string): Reply;
  updateListWebhook(list: string, id: string, body: Body): Reply;
  deleteListWebhook(list: string, id: string): Reply;
};

export const ALL_EVENTS = {
  subscribe: true,
  unsubscribe: true,
  profile: true,
  cleaned: true,
  upemail: true,
  campaign: true,
  sms_subscribe: true,
  sms_unsubscribe: true,
};
export const ALL_SOURCES = { user: true, admin: true, api: true };
/** A clock that stands still, at a time whose every part has two digits or a leading zero. */
export const START = Date.UTC(2026, 0, 2, 3, 4, 5);

export interface Scene {
  mailchimp: MailchimpSimulator;
  list: string;
  receiver: Receiver;
  /** With every event and source unless the body says other. */
  addHook(body?: Body): Reply;
  close(): Promise<void>;
}

/** An account with one audience and the official client pointed at it. */
export async function startScene(clock: () => number = () => START): Promise<Scene> {
  const mailchimp = await startMailchimpSimulator({ clock });
  const receiver = await startReceiver();
  const list = mailchimp.audiences.create({ name: 'Customers' }).id;
  client.setConfig({ apiKey: mailchimp.apiKey, server: 'us21' });
  client.basePath = `${mailchimp.url}/3.0`;
  return {
    mailchimp,
    list,
    receiver,
    addHook: (body = {}) =>
      hooksApi.createListWebhook(list, {
        url: `${receiver.url}/hook?secret=s`,
        events: ALL_EVENTS,
        sources: ALL_SOURCES,
        ...body,
      }),
    close: async () => {
      await receiver.close();
      await mailchimp.close();
    },
  };
}

/** The problem document of a refused call. */
export async function refusal(call: Promise<unknown>): Promise<Record<string, unknown>> {
  const error: unknown = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  const text = (error as { response?: { text?: string } } | undefined)?.response?.text;
  return JSON.parse(text ?? '{}') as Record<string, unknown>;
}
