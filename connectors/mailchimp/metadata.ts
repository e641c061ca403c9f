import { createHash } from 'crypto';
import { ConnectorError } from '../errors';
import { NetworkFailure, type HttpPort, type HttpResponse } from '../http/port';
import { networkError } from './problem';

export const LOGIN_URL = 'https://login.mailchimp.com';

/** Where an OAuth token's account lives. */
export interface AccountPlace {
  /** Address of the Marketing API without a slash at its end, such as https://us21.api.mailchimp.com/3.0. */
  root: string;
  /** Tells accounts apart. */
  account: string;
}

const OWN_HOST = /^https:\/\/[a-z]+\d+\.api\.mailchimp\.com$/;

/** Two addresses without a server of their own, such as `data:x`, would have the same origin. */
const originOf = (url: string): string | undefined =>
  /^https?:/i.test(url) && URL.canParse(url) ? new URL(url).origin : undefined;

/** The token goes to Mailchimp's own hosts only, or to the server that the user named. */
function isTrusted(endpoint: string, loginUrl: string): boolean {
  if (OWN_HOST.test(endpoint)) return true;
  const named = loginUrl === LOGIN_URL ? undefined : originOf(loginUrl);
  return named !== undefined && originOf(endpoint) === named;
}

const notConnected = (): ConnectorError =>
  new ConnectorError(
    'MAILCHIMP_NOT_CONNECTED',
    'Mailchimp does not accept the connection of this credential.',
    'Open the credential and connect it again. Somebody may have removed the connection in Mailchimp.',
  );

/** An answer that says nothing about the token, such as a proxy's page: connecting again would not help. */
function unclearError({ status, body }: HttpResponse): ConnectorError | undefined {
  const what = 'Mailchimp did not tell where the account is.';
  if (status === 429) return new ConnectorError('MAILCHIMP_THROTTLED', what, 'Run it again later.', status);
  if (status >= 500) return new ConnectorError('MAILCHIMP_UNAVAILABLE', what, 'Run it again later.', status);
  if (typeof body === 'object' && body !== null) return undefined;
  const remedy = 'Check the “Login URL” of the credential and what stands between n8n and Mailchimp.';
  return new ConnectorError('MAILCHIMP_ANSWER', what, remedy, status);
}

/**
 * GET /oauth2/metadata with `Authorization: OAuth <token>`. It answers 200 for a bad token too: then `api_endpoint` is
 * missing (mailchimp-events §2).
 * @throws ConnectorError MAILCHIMP_NOT_CONNECTED, MAILCHIMP_OTHER_HOST; others where the login cannot be asked
 */
export async function placeOf(port: HttpPort, loginUrl: string, token: string): Promise<AccountPlace> {
  const headers = { Authorization: `OAuth ${token}` };
  const response = await port({ method: 'GET', url: `${loginUrl}/oauth2/metadata`, headers }).catch(
    (error: unknown) =>
      Promise.reject(error instanceof NetworkFailure ? networkError(error) : (error as Error)),
  );
  const unclear = unclearError(response);
  if (unclear) throw unclear;
  const { api_endpoint: given, user_id: user } = response.body as Record<string, unknown>;
  if (typeof given !== 'string') throw notConnected();
  const endpoint = given.replace(/\/+$/, '');
  if (!isTrusted(endpoint, loginUrl)) {
    throw new ConnectorError(
      'MAILCHIMP_OTHER_HOST',
      'Mailchimp’s login names a server that is not Mailchimp’s; the token is not sent there.',
      'Check the “Login URL” of the credential and the network between n8n and Mailchimp.',
    );
  }
  return { root: `${endpoint}/3.0`, account: `${endpoint} ${String(user ?? '')}` };
}

const MAX_KNOWN = 100;
/** By hash of token and login: where a token's account lives never changes. */
const known = new Map<string, AccountPlace>();

/**
 * `placeOf`, asked once for each token of this process.
 * @param port adds nothing: n8n would write a token that is not of the type Bearer into the URL
 * @param tokenData what n8n keeps of the connection
 */
export async function knownPlaceOf(
  port: HttpPort,
  loginUrl: string,
  tokenData: unknown,
): Promise<AccountPlace> {
  const { access_token: token } = (tokenData ?? {}) as Record<string, unknown>;
  if (typeof token !== 'string' || token === '') throw notConnected();
  const key = createHash('sha256').update(`${loginUrl} ${token}`).digest('hex');
  const place = known.get(key) ?? (await placeOf(port, loginUrl, token));
  if (known.size >= MAX_KNOWN) known.clear();
  known.set(key, place);
  return place;
}
