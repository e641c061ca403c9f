import { createHash } from 'crypto';
import { ConnectorError } from '../errors';
import { NetworkFailure, type HttpPort } from '../http/port';
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

const originOf = (url: string): string => (URL.canParse(url) ? new URL(url).origin : '');

/** The token goes to Mailchimp's own hosts only, or to the server that the user named. */
const isTrusted = (endpoint: string, loginUrl: string): boolean =>
  OWN_HOST.test(endpoint) || (loginUrl !== LOGIN_URL && originOf(endpoint) === originOf(loginUrl));

const notConnected = (): ConnectorError =>
  new ConnectorError(
    'MAILCHIMP_NOT_CONNECTED',
    'Mailchimp does not accept the connection of this credential.',
    'Open the credential and connect it again. Somebody may have removed the connection in Mailchimp.',
  );

/**
 * GET /oauth2/metadata with `Authorization: OAuth <token>`. It answers 200 for a bad token too: then `api_endpoint` is
 * missing (mailchimp-events §2).
 * @throws ConnectorError MAILCHIMP_NOT_CONNECTED, MAILCHIMP_OTHER_HOST
 */
export async function placeOf(port: HttpPort, loginUrl: string, token: string): Promise<AccountPlace> {
  const headers = { Authorization: `OAuth ${token}` };
  const response = await port({ method: 'GET', url: `${loginUrl}/oauth2/metadata`, headers }).catch(
    (error: unknown) =>
      Promise.reject(error instanceof NetworkFailure ? networkError(error) : (error as Error)),
  );
  const { api_endpoint: given, user_id: user } = (response.body ?? {}) as Record<string, unknown>;
  if (response.status >= 500) {
    throw new ConnectorError(
      'MAILCHIMP_UNAVAILABLE',
      'Mailchimp did not tell where the account is.',
      'Run it again later.',
      response.status,
    );
  }
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
