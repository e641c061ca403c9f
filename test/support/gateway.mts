import { setTimeout as pause } from 'node:timers/promises';
import { createGateway, type Gateway } from '../../connectors/infor/gateway.ts';
import { parseIonApi } from '../../connectors/infor/ionapi.ts';
import { renewToken } from '../../connectors/infor/renewal.ts';
import { NetworkFailure, type HttpPort, type HttpRequest } from '../../connectors/http/port.ts';

const codeOf = (error: unknown): string => {
  const { cause, name } = error as { cause?: { code?: string }; name?: string };
  return cause?.code ?? (name === 'TimeoutError' ? 'ETIMEDOUT' : 'ECONNRESET');
};

const queryOf = ({ query = {} }: HttpRequest): string => {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== undefined) search.set(name, String(value));
  const text = search.toString();
  return text ? `?${text}` : '';
};

function readBody(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

/** A plain HTTP client: JSON in and out, no retry, no redirect. */
export const plainPort: HttpPort = async (request) => {
  const { method, url, headers, body, timeoutMs = 20_000 } = request;
  const isText = typeof body === 'string';
  try {
    const response = await fetch(url + queryOf(request), {
      method,
      redirect: 'manual',
      headers: {
        accept: 'application/json',
        ...(body === undefined || isText ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: isText ? body : JSON.stringify(body) }),
      signal: AbortSignal.timeout(timeoutMs),
    });
    const text = await response.text();
    return { status: response.status, headers: Object.fromEntries(response.headers), body: readBody(text) };
  } catch (error) {
    throw new NetworkFailure(codeOf(error));
  }
};

/** What n8n's credential does: a token for each request, and once a new one after a 401. */
function withToken(ionapi: string): HttpPort {
  const ion = parseIonApi(ionapi);
  let token = '';
  const renew = async (): Promise<void> => {
    const minted = await renewToken({
      ion,
      clientAuthentication: 'body',
      refreshToken: '',
      failingToken: token,
      port: plainPort,
      sleep: (ms) => pause(Math.min(ms, 20)),
    });
    token = minted.accessToken;
  };
  const send: HttpPort = (request) =>
    plainPort({ ...request, headers: { ...request.headers, Authorization: `Bearer ${token}` } });
  return async (request) => {
    if (token === '') await renew();
    const response = await send(request);
    if (response.status !== 401) return response;
    await renew();
    return send(request);
  };
}

/** The gateway of an .ionapi file without n8n; waits between attempts are short. */
export const gatewayFor = (ionapi: string): Gateway =>
  createGateway({
    ion: parseIonApi(ionapi),
    port: withToken(ionapi),
    sleep: (ms) => pause(Math.min(ms, 20)),
    maxRequestsPerSecond: 0,
  });
