import { createSend } from '../http/client';
import { NetworkFailure, type HttpPort } from '../http/port';
import { DEFAULT_RETRY_POLICY } from '../http/retry';
import { sharedBudget } from '../http/budget';
import { ConnectorError } from '../errors';
import { loginHashOf, type IonApi } from './ionapi';
import { readToken, tokenNetworkError, tokenRequest, type ClientAuthentication, type Token } from './token';

export interface Renewal {
  ion: IonApi;
  clientAuthentication: ClientAuthentication;
  /** '' where none was issued. */
  refreshToken: string;
  /** The token that was refused or is about to end; '' when there is none. */
  failingToken: string;
  port: HttpPort;
  sleep: (ms: number) => Promise<void>;
}

export interface Minted extends Token {
  /** ms since 1970 */
  mintedAt: number;
}

/** Requests that meet a 401 at the same moment share the token that the first of them fetched. */
const SHARED_FOR_MS = 10_000;
const POLICY = { ...DEFAULT_RETRY_POLICY, maxAttempts: 4 };

const inFlight = new Map<string, Promise<Minted>>();
const latest = new Map<string, Minted>();

async function fetchToken(renewal: Renewal, refreshToken: string): Promise<Token> {
  const { ion, clientAuthentication, port, sleep } = renewal;
  const budget = sharedBudget(`token:${ion.tokenUrl}`, { maxConnections: 2 }, sleep);
  const send = createSend({ port, budget, policy: POLICY, sleep });
  try {
    const request = tokenRequest(ion, clientAuthentication, refreshToken);
    // A second token after a lost answer is harmless.
    return readToken(await send({ method: 'POST', ...request }, 'repeatable'));
  } catch (error) {
    throw error instanceof NetworkFailure ? tokenNetworkError(error) : error;
  }
}

/** With the refresh token where there is one; when it is refused, from the beginning. */
async function mint(renewal: Renewal): Promise<Minted> {
  if (renewal.refreshToken) {
    try {
      const token = await fetchToken(renewal, renewal.refreshToken);
      // A server that gives no new refresh token means the old one to be kept (RFC 6749 §6).
      const refreshToken = token.refreshToken || renewal.refreshToken;
      return { ...token, refreshToken, mintedAt: Date.now() };
    } catch (error) {
      const isRefused = error instanceof ConnectorError && error.errorCode === 'ION_TOKEN_REFUSED';
      if (!isRefused) return Promise.reject(error);
    }
  }
  return { ...(await fetchToken(renewal, '')), mintedAt: Date.now() };
}

/**
 * A fresh token; however many ask at once in this process, one request is made.
 * @throws ConnectorError ION_TOKEN_REFUSED, ION_TENANT_UNKNOWN, ION_UNREACHABLE …
 */
export async function renewToken(renewal: Renewal): Promise<Minted> {
  const key = loginHashOf(renewal.ion) + renewal.clientAuthentication;
  const known = latest.get(key);
  const isFresh = known && Date.now() - known.mintedAt < Math.min(SHARED_FOR_MS, known.lifetime * 250);
  if (isFresh && known.accessToken !== renewal.failingToken) return known;
  const running = inFlight.get(key) ?? mint(renewal).finally(() => inFlight.delete(key));
  inFlight.set(key, running);
  const minted = await running;
  latest.set(key, minted);
  return minted;
}
