import { sharedBudget } from '../http/budget';
import { createSend } from '../http/client';
import { NetworkFailure, type HttpPort, type HttpRequest, type HttpResponse } from '../http/port';
import { DEFAULT_RETRY_POLICY, type Safety } from '../http/retry';
import { ConnectorError } from '../errors';
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
}

export interface GatewayParts {
  ion: IonApi;
  port: HttpPort;
  sleep: (ms: number) => Promise<void>;
  /** 0 for no limit. */
  maxRequestsPerSecond: number;
}

function networkError(failure: NetworkFailure): ConnectorError {
  if (failure.sent) return unavailable(failure.code);
  return new ConnectorError(
    'ION_UNREACHABLE',
    `The API gateway of the .ionapi file cannot be reached (${failure.code}).`,
    'Check “iu” in the file, the network and a proxy.',
  );
}

const unavailable = (what: string, status?: number): ConnectorError =>
  new ConnectorError(
    'ION_UNAVAILABLE',
    `The API gateway did not answer properly (${what}).`,
    'Run it again later. If it lasts, look at the API gateway’s monitoring in the Infor portal.',
    status,
  );

export function createGateway({ ion, port, sleep, maxRequestsPerSecond }: GatewayParts): Gateway {
  const limits = { maxConnections: MAX_CONNECTIONS, maxRequestsPerSecond };
  const budget = sharedBudget(`ion:${ion.gatewayUrl}/${ion.tenant}`, limits, sleep);
  const send = createSend({ port, budget, policy: DEFAULT_RETRY_POLICY, sleep });
  const root = `${ion.gatewayUrl}/${encodeURIComponent(ion.tenant)}`;
  return {
    tenant: ion.tenant,
    send: async ({ path, ...request }, safety) => {
      try {
        return await send({ timeoutMs: TIMEOUT_MS, ...request, url: root + path }, safety);
      } catch (error) {
        throw error instanceof NetworkFailure ? networkError(error) : error;
      }
    },
  };
}

const FORBIDDEN = 'Give the service account’s user, or the scopes of the authorized app, access to this API.';

/** The gateway's own refusals (infor §2.9). Undefined for a success with a JSON body. */
export function gatewayError(response: HttpResponse): ConnectorError | undefined {
  const { status } = response;
  const hasJson = typeof response.body === 'object' && response.body !== null;
  switch (status) {
    case 401:
      return new ConnectorError(
        'ION_UNAUTHORIZED',
        'The API gateway refuses the token, also a fresh one.',
        'Check that the authorized app is active and has access to this API.',
        status,
      );
    case 403:
      return new ConnectorError(
        'ION_FORBIDDEN',
        'The API gateway does not permit this call.',
        FORBIDDEN,
        status,
      );
    case 404:
      return new ConnectorError(
        'ION_TENANT_UNKNOWN',
        'The API gateway does not know this tenant, or the tenant does not have this product.',
        'Check that the .ionapi file belongs to the right environment and that the product line is the right one.',
        status,
      );
    case 429:
      return new ConnectorError(
        'ION_THROTTLED',
        'The API gateway kept asking to slow down (quota).',
        'Set “Requests per Second” in the credential below the quota of the gateway’s policy.',
        status,
      );
    case 504:
      return new ConnectorError(
        'ION_TIMEOUT',
        'The system behind the API gateway did not answer in time, several times.',
        'Read fewer records at once, or raise the target timeout in the gateway’s policy.',
        status,
      );
    default:
      if (status >= 500) return unavailable(`HTTP ${status}`, status);
      return status === 200 && !hasJson ? unreadable(status) : refused(status);
  }
}

const unreadable = (status: number): ConnectorError =>
  new ConnectorError(
    'ION_ANSWER',
    'The API gateway answered with something else than JSON, several times.',
    'A sign-in page or a proxy may stand in between; check “iu” of the .ionapi file.',
    status,
  );

const refused = (status: number): ConnectorError | undefined =>
  status < 300
    ? undefined
    : new ConnectorError(
        'ION_ANSWER',
        `The API gateway refused the call (HTTP ${status}).`,
        FORBIDDEN,
        status,
      );
