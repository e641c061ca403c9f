import { createHash } from 'crypto';
import { sharedBudget } from '../http/budget';
import { createSend } from '../http/client';
import {
  NetworkFailure,
  type HttpMethod,
  type HttpPort,
  type HttpRequest,
  type HttpResponse,
} from '../http/port';
import { DEFAULT_RETRY_POLICY, type RetryPolicy, type Safety } from '../http/retry';
import { accountError, networkError } from './problem';

/** Mailchimp allows 10 to an account, over all its integrations (mailchimp-marketing §3); one is left for others. */
const MAX_CONNECTIONS = 9;

const POLICY: RetryPolicy = { ...DEFAULT_RETRY_POLICY, bare403IsThrottle: true };

export interface Call {
  method: HttpMethod;
  /** Below /3.0, such as /lists/abc. */
  path: string;
  query?: HttpRequest['query'];
  body?: unknown;
  /** Default `repeatable`, as nearly every call of this package is. */
  safety?: Safety;
}

/** One Mailchimp account. */
export interface Mailchimp {
  /**
   * Repeats by itself what is repeatable: where doing it twice equals doing it once. Resolves with any status.
   * @throws ConnectorError when no answer came after all attempts
   */
  send(call: Call): Promise<HttpResponse>;
  /** The body of a success. @throws ConnectorError for every other answer */
  read(call: Call): Promise<Record<string, unknown>>;
  /** Fetches a result archive from where a batch points to: another host, which must not see the key. */
  download(url: string): Promise<HttpResponse>;
  sleep(ms: number): Promise<void>;
}

export interface MailchimpParts {
  /** Address of the Marketing API without a slash at its end. */
  root: string;
  /** Tells accounts apart: all users of one share its connections. */
  account: string;
  /** Adds the credential. */
  port: HttpPort;
  /** Adds nothing. */
  plainPort: HttpPort;
  sleep: (ms: number) => Promise<void>;
}

export function createMailchimp(parts: MailchimpParts): Mailchimp {
  const account = createHash('sha256').update(parts.account).digest('hex').slice(0, 16);
  const { root, sleep } = parts;
  const budget = sharedBudget(`mailchimp:${account}`, { maxConnections: MAX_CONNECTIONS }, sleep);
  const sendApi = createSend({ port: parts.port, budget, policy: POLICY, sleep });
  const sendPlain = createSend({ port: parts.plainPort, budget, policy: DEFAULT_RETRY_POLICY, sleep });

  const guarded = async (answer: Promise<HttpResponse>): Promise<HttpResponse> => {
    try {
      return await answer;
    } catch (error) {
      throw error instanceof NetworkFailure ? networkError(error) : error;
    }
  };
  const send = (call: Call): Promise<HttpResponse> =>
    guarded(
      sendApi(
        { method: call.method, url: root + call.path, query: call.query, body: call.body },
        call.safety ?? 'repeatable',
      ),
    );

  return {
    send,
    sleep,
    read: async (call) => {
      const response = await send(call);
      const error = accountError(response);
      if (error) throw error;
      return response.body as Record<string, unknown>;
    },
    download: (url) => guarded(sendPlain({ method: 'GET', url, responseType: 'binary' }, 'repeatable')),
  };
}
