import { sharedBudget } from '../http/budget';
import { createSend } from '../http/client';
import { NetworkFailure, type HttpPort, type HttpRequest, type HttpResponse } from '../http/port';
import { DEFAULT_RETRY_POLICY, type Safety } from '../http/retry';
import { ConnectorError, type ErrorCode } from '../errors';
import type { IonApi } from './ionapi';

/** Connections of one process to one tenant; Infor publishes no limit, so this is modest. */
const MAX_CONNECTIONS = 6;
/** The gateway itself gives up on its backend after 60 s (infor §2.9). */
const TIMEOUT_MS = 90_000;

/** The API gateway of one tenant. */
export interface Gateway {
  tenant: string;
  /**
   * @param path below the tenant, such as /M3/m3api-rest/v2/execute
   * @throws ConnectorError when no answer came; every status resolves
   */
  send(request: Omit<HttpRequest, 'url'> & { path: string }, safety: Safety): Promise<HttpResponse>;
  /**
   * Path and query below the tenant of a link that a system gave.
   * @throws ConnectorError ION_OTHER_HOST for a link to anywhere else: the token does not leave the gateway
   */
  pathOf(link: string): string;
}

export interface GatewayParts {
  ion: IonApi;
  port: HttpPort;
  sleep: (ms: number) => Promise<void>;
  /** 0 for no limit. */
  maxRequestsPerSecond: number;
}

function networkError(failure: NetworkFailure, safety: Safety): ConnectorError {
  if (failure.sent) return unavailable(failure.code, safety);
  return new ConnectorError(
    'ION_UNREACHABLE',
    `The API gateway of the .ionapi file cannot be reached (${failure.code}).`,
    'Check “iu” in the file, the network and a proxy.',
  );
}

/** A write whose answer is lost may be done, and M3's writes are not repeatable (invariant 3). */
const remedyAfter = (safety: Safety, forRead: string): string =>
  safety === 'once'
    ? 'The change may have been made: look the record up in Infor before you send it again.'
    : forRead;

const unavailable = (what: string, safety: Safety, status?: number): ConnectorError =>
  new ConnectorError(
    'ION_UNAVAILABLE',
    `The API gateway did not answer properly (${what}).`,
    remedyAfter(
      safety,
      'Run it again later. If it lasts, look at the API gateway’s monitoring in the Infor portal.',
    ),
    status,
  );

export function createGateway({ ion, port, sleep, maxRequestsPerSecond }: GatewayParts): Gateway {
  const limits = { maxConnections: MAX_CONNECTIONS, maxRequestsPerSecond };
  const budget = sharedBudget(`ion:${ion.gatewayUrl}/${ion.tenant}`, limits, sleep);
  const send = createSend({ port, budget, policy: DEFAULT_RETRY_POLICY, sleep });
  const root = `${ion.gatewayUrl}/${encodeURIComponent(ion.tenant)}`;
  return {
    tenant: ion.tenant,
    pathOf: (link) => pathBelow(root, link),
    send: async ({ path, ...request }, safety) => {
      try {
        return await send({ timeoutMs: TIMEOUT_MS, ...request, url: root + path }, safety);
      } catch (error) {
        throw error instanceof NetworkFailure ? networkError(error, safety) : error;
      }
    },
  };
}

function pathBelow(root: string, link: string): string {
  const [target, base] = [URL.canParse(link, root) ? new URL(link, root) : undefined, new URL(root)];
  const isOurs = target?.origin === base.origin && target.pathname.startsWith(`${base.pathname}/`);
  if (target && isOurs && !target.username)
    return target.pathname.slice(base.pathname.length) + target.search;
  throw new ConnectorError(
    'ION_OTHER_HOST',
    'The system names a next page outside of its API gateway; it was not asked for.',
    'Check the base address of the system in the API gateway.',
  );
}

const FORBIDDEN = 'Give the service account’s user, or the scopes of the authorized app, access to this API.';

/** Refusals after which nothing was done (infor §2.9): status → code, what happened, what to do. */
const REFUSALS: Partial<Record<number, [ErrorCode, string, string]>> = {
  401: [
    'ION_UNAUTHORIZED',
    'The API gateway refuses the token, also a fresh one.',
    'Check that the authorized app is active and has access to this API.',
  ],
  403: ['ION_FORBIDDEN', 'The API gateway does not permit this call.', FORBIDDEN],
  404: [
    'ION_TENANT_UNKNOWN',
    'The API gateway does not know this tenant, or the tenant does not have this product.',
    'Check that the .ionapi file belongs to the right environment and that the product line is the right one.',
  ],
  429: [
    'ION_THROTTLED',
    'The API gateway kept asking to slow down (quota).',
    'Set “Requests per Second” in the credential below the quota of the gateway’s policy.',
  ],
};

const timeout = (safety: Safety): ConnectorError =>
  new ConnectorError(
    'ION_TIMEOUT',
    'The system behind the API gateway did not answer in time.',
    remedyAfter(safety, 'Read fewer records at once, or raise the target timeout in the gateway’s policy.'),
    504,
  );

const unreadable = (safety: Safety): ConnectorError =>
  new ConnectorError(
    'ION_ANSWER',
    'The API gateway answered with something else than JSON.',
    remedyAfter(safety, 'A sign-in page or a proxy may stand in between; check “iu” of the .ionapi file.'),
    200,
  );

/**
 * The gateway's own word, or undefined for a success with a JSON body.
 * @param safety `once` for a write, which may have been done although no proper answer came
 */
export function gatewayError({ status, body }: HttpResponse, safety: Safety): ConnectorError | undefined {
  const refusal = REFUSALS[status];
  if (refusal) return new ConnectorError(...refusal, status);
  if (status === 504) return timeout(safety);
  if (status >= 500) return unavailable(`HTTP ${status}`, safety, status);
  const hasJson = typeof body === 'object' && body !== null;
  if (status === 200 && !hasJson) return unreadable(safety);
  if (status < 300) return undefined;
  return new ConnectorError(
    'ION_ANSWER',
    `The API gateway refused the call (HTTP ${status}).`,
    FORBIDDEN,
    status,
  );
}
