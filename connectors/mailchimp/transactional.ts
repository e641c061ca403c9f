import { createHash } from 'crypto';
import { ConnectorError } from '../errors';
import { sharedBudget } from '../http/budget';
import { createSend } from '../http/client';
import { NetworkFailure, type HttpPort, type HttpResponse } from '../http/port';
import { DEFAULT_RETRY_POLICY, type Safety } from '../http/retry';
import { networkError } from './problem';

/** Address of the API; the version is the newest that the official client knows of (mailchimp-events §4.1). */
export const TRANSACTIONAL_URL = 'https://mandrillapp.com/api/1.4';

const MAX_CONNECTIONS = 4;

type Json = Record<string, unknown>;

export interface TransactionalHook {
  id: number;
  url: string;
  events: string[];
  /** Signs what is sent to the hook. */
  authKey: string;
}

/** One account of Mailchimp Transactional. */
export interface Transactional {
  listHooks(): Promise<TransactionalHook[]>;
  /** Mailchimp first asks the address by HEAD. Undefined when there is none. */
  getHook(id: number): Promise<TransactionalHook | undefined>;
  /** @throws ConnectorError MAILCHIMP_WEBHOOK_REFUSED */
  addHook(url: string, events: string[]): Promise<TransactionalHook>;
  /** @throws ConnectorError MAILCHIMP_WEBHOOK_REFUSED */
  changeHook(id: number, url: string, events: string[]): Promise<TransactionalHook>;
  /** What became of a message (/messages/info); undefined where Mailchimp does not know it, or no longer. */
  getMessage(id: string): Promise<Record<string, unknown> | undefined>;
  /** One that is gone already is fine. */
  deleteHook(id: number): Promise<void>;
}

export interface TransactionalParts {
  /** Without a slash at its end. */
  root: string;
  /** Tells accounts apart. */
  account: string;
  /** Adds the key to the body. */
  port: HttpPort;
  sleep: (ms: number) => Promise<void>;
}

const record = (value: unknown): Json => (typeof value === 'object' && value !== null ? (value as Json) : {});

function toHook(value: unknown): TransactionalHook {
  const { id, url, events, auth_key: authKey } = record(value);
  return {
    id: Number(id),
    url: String(url ?? ''),
    events: Array.isArray(events) ? events.map(String) : [],
    authKey: typeof authKey === 'string' ? authKey : '',
  };
}

const nameOf = ({ body }: HttpResponse): string => String(record(body).name ?? '');

/** Older releases answer a bad key with 500, so the name decides. */
function problemOf(response: HttpResponse): ConnectorError {
  const { status } = response;
  const name = nameOf(response);
  if (name === 'Invalid_Key' || status === 401) {
    return new ConnectorError(
      'MAILCHIMP_KEY_REFUSED',
      'Mailchimp Transactional refuses the API key.',
      'Check that the key is active, and that it is one of Transactional (Mandrill), not of Marketing.',
      status,
    );
  }
  if (status === 429) {
    return new ConnectorError(
      'MAILCHIMP_THROTTLED',
      'Mailchimp Transactional kept asking to slow down.',
      'Run it again later.',
      status,
    );
  }
  if (name === 'ValidationError' || (status >= 400 && status < 500)) {
    return new ConnectorError(
      'MAILCHIMP_REQUEST',
      `Mailchimp Transactional refused the request (HTTP ${status}${name ? `, ${name}` : ''}).`,
      'Check the node’s settings.',
      status,
    );
  }
  return new ConnectorError(
    'MAILCHIMP_UNAVAILABLE',
    `Mailchimp Transactional did not answer, or not completely (HTTP ${status}).`,
    'Run it again later; repeating is safe.',
    status,
  );
}

const refusedHook = (): ConnectorError =>
  new ConnectorError(
    'MAILCHIMP_WEBHOOK_REFUSED',
    'Mailchimp Transactional did not accept the webhook address of this node.',
    'Mailchimp must reach your n8n from the internet. Check WEBHOOK_URL and the proxy in front of n8n.',
    400,
  );

const isGone = (response: HttpResponse): boolean => nameOf(response) === 'Unknown_Webhook';
const isGood = ({ status, body }: HttpResponse): boolean => status === 200 && typeof body === 'object';

export function createTransactional({ root, account, port, sleep }: TransactionalParts): Transactional {
  const name = createHash('sha256').update(account).digest('hex').slice(0, 16);
  const budget = sharedBudget(`transactional:${name}`, { maxConnections: MAX_CONNECTIONS }, sleep);
  const send = createSend({ port, budget, policy: DEFAULT_RETRY_POLICY, sleep });

  const call = async (path: string, body: Json, safety: Safety = 'repeatable'): Promise<HttpResponse> => {
    try {
      return await send({ method: 'POST', url: `${root}${path}`, body }, safety);
    } catch (error) {
      throw error instanceof NetworkFailure ? networkError(error) : error;
    }
  };
  const hookFrom = (response: HttpResponse): TransactionalHook => {
    if (isGood(response)) return toHook(response.body);
    throw nameOf(response) === 'ValidationError' ? refusedHook() : problemOf(response);
  };
  const listHooks = async (): Promise<TransactionalHook[]> => {
    const response = await call('/webhooks/list', {});
    if (isGood(response) && Array.isArray(response.body)) return response.body.map(toHook);
    throw problemOf(response);
  };

  return {
    listHooks,
    getHook: async (id) => {
      const response = await call('/webhooks/info', { id });
      if (isGood(response)) return toHook(response.body);
      if (isGone(response)) return undefined;
      throw problemOf(response);
    },
    getMessage: async (id) => {
      const response = await call('/messages/info', { id });
      if (isGood(response)) return record(response.body);
      if (nameOf(response) === 'Unknown_Message') return undefined;
      throw problemOf(response);
    },
    // Not repeated: a second one would double every event. After a lost answer the caller looks for its URL.
    addHook: async (url, events) => hookFrom(await call('/webhooks/add', { url, events }, 'once')),
    changeHook: async (id, url, events) => hookFrom(await call('/webhooks/update', { id, url, events })),
    deleteHook: async (id) => {
      const response = await call('/webhooks/delete', { id });
      if (!isGood(response) && !isGone(response)) throw problemOf(response);
    },
  };
}
