import { ConnectorError } from '../errors';
import { NetworkFailure, type HttpResponse } from '../http/port';
import type { IonApi } from './ionapi';

/** Where the client's id and secret go: Infor's servers are seen to take either (infor §2.1); the user can choose. */
export type ClientAuthentication = 'body' | 'header';

export interface TokenRequest {
  url: string;
  /** x-www-form-urlencoded; a service account's key holds `#`, its secret `+ / =`. */
  body: string;
  headers: Record<string, string>;
}

export interface Token {
  accessToken: string;
  /** '' where the app does not issue refresh tokens. */
  refreshToken: string;
  /** Seconds. */
  lifetime: number;
}

const DEFAULT_LIFETIME = 7200;
const LONGEST_MARGIN_MS = 60_000;

function grantOf(ion: IonApi, refreshToken: string): Record<string, string> {
  if (refreshToken) return { grant_type: 'refresh_token', refresh_token: refreshToken };
  if (!ion.serviceAccount) return { grant_type: 'client_credentials' };
  const { accessKey, secretKey } = ion.serviceAccount;
  return { grant_type: 'password', username: accessKey, password: secretKey };
}

/** @param refreshToken '' asks with the service account or the client's own credentials */
export function tokenRequest(ion: IonApi, style: ClientAuthentication, refreshToken = ''): TokenRequest {
  const form: Record<string, string> = grantOf(ion, refreshToken);
  if (ion.scopes.length > 0 && !refreshToken) form.scope = ion.scopes.join(' ');
  const headers: Record<string, string> = {
    'Content-Type': 'application/x-www-form-urlencoded',
    Accept: 'application/json',
  };
  if (style === 'header') {
    headers.Authorization = `Basic ${Buffer.from(`${ion.clientId}:${ion.clientSecret}`).toString('base64')}`;
  } else {
    form.client_id = ion.clientId;
    form.client_secret = ion.clientSecret;
  }
  return { url: ion.tokenUrl, body: new URLSearchParams(form).toString(), headers };
}

const refusal = (what: string, remedy: string, status: number): ConnectorError =>
  new ConnectorError('ION_TOKEN_REFUSED', what, remedy, status);

function tokenError({ status, body }: HttpResponse): ConnectorError {
  const error =
    typeof body === 'object' && body !== null ? String((body as { error?: unknown }).error ?? '') : '';
  if (error === 'invalid_grant') {
    return refusal(
      'Infor refuses the service account of the .ionapi file (invalid_grant).',
      'The service account may be expired or deleted. Create a new one for the app, download the file again and paste it.',
      status,
    );
  }
  if (error === 'invalid_client') {
    return refusal(
      'Infor refuses the client of the .ionapi file (invalid_client).',
      'The app may be deleted or its secret renewed. Download the credentials again; if they are new, try the other Client Authentication.',
      status,
    );
  }
  if (status === 404) {
    return new ConnectorError(
      'ION_TENANT_UNKNOWN',
      'The authorization server does not know the tenant of the .ionapi file.',
      'Check that the file belongs to this environment and that the tenant still exists.',
      status,
    );
  }
  if (status === 429) return throttled(status);
  if (status >= 500) return unavailable(`HTTP ${status}`, status);
  if (status === 200) {
    return new ConnectorError(
      'ION_TOKEN_ANSWER',
      'The authorization server answered without an access token.',
      'Check “pu” and “ot” of the .ionapi file; they may lead to a sign-in page.',
      status,
    );
  }
  return refusal(
    `Infor refuses to issue a token (HTTP ${status}${/^[\w-]{1,40}$/.test(error) ? `, ${error}` : ''}).`,
    'Check that the app is a Backend Service whose grant type fits the file.',
    status,
  );
}

const throttled = (status: number): ConnectorError =>
  new ConnectorError(
    'ION_THROTTLED',
    'The authorization server asks to slow down.',
    'Run it again later.',
    status,
  );

const unavailable = (what: string, status?: number): ConnectorError =>
  new ConnectorError(
    'ION_UNAVAILABLE',
    `The authorization server did not answer properly (${what}).`,
    'Run it again later; the Infor portal tells about outages.',
    status,
  );

/** @throws ConnectorError for every answer that holds no token */
export function readToken(response: HttpResponse): Token {
  const body = (typeof response.body === 'object' && response.body !== null ? response.body : {}) as Record<
    string,
    unknown
  >;
  if (response.status !== 200 || typeof body.access_token !== 'string' || !body.access_token)
    throw tokenError(response);
  const lifetime = Number(body.expires_in);
  return {
    accessToken: body.access_token,
    refreshToken: typeof body.refresh_token === 'string' ? body.refresh_token : '',
    lifetime: Number.isFinite(lifetime) && lifetime > 0 ? lifetime : DEFAULT_LIFETIME,
  };
}

export function tokenNetworkError(failure: NetworkFailure): ConnectorError {
  if (failure.sent) return unavailable(failure.code);
  return new ConnectorError(
    'ION_UNREACHABLE',
    `The authorization server of the .ionapi file cannot be reached (${failure.code}).`,
    'Check “pu” in the file, the network and a proxy.',
  );
}

/**
 * When to renew a token, in ms since 1970: a minute before its end, or a quarter of a short life, so that a token of
 * two minutes is renewed after one and a half.
 */
export const refreshAt = (token: Token, now: number): number => {
  const life = token.lifetime * 1000;
  return now + life - Math.min(LONGEST_MARGIN_MS, life / 4);
};
