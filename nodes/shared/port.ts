import type {
  IAdditionalCredentialOptions,
  IExecuteFunctions,
  IHookFunctions,
  IHttpRequestOptions,
  ILoadOptionsFunctions,
  IN8nHttpFullResponse,
  IPollFunctions,
  IWebhookFunctions,
} from 'n8n-workflow';
import { ConnectorError } from '../../connectors/errors';
import { causesOf, networkCodeOf } from '../../connectors/http/cause';
import {
  NetworkFailure,
  type HttpPort,
  type HttpRequest,
  type HttpResponse,
} from '../../connectors/http/port';

export type NodeFunctions =
  | IExecuteFunctions
  | IHookFunctions
  | ILoadOptionsFunctions
  | IPollFunctions
  | IWebhookFunctions;

const DEFAULT_TIMEOUT_MS = 120_000;

/** Parses JSON whatever the Content-Type says; what is not JSON stays text. */
export function readBody(body: unknown): unknown {
  if (typeof body !== 'string') return body ?? '';
  try {
    return JSON.parse(body) as unknown;
  } catch {
    return body;
  }
}

const headersOf = (request: HttpRequest): Record<string, string> => ({
  Accept: 'application/json',
  ...(request.body === undefined ? {} : { 'Content-Type': 'application/json' }),
  ...request.headers,
});

function toOptions(request: HttpRequest): IHttpRequestOptions {
  return {
    method: request.method,
    url: request.url,
    qs: request.query,
    headers: headersOf(request),
    body: request.body as IHttpRequestOptions['body'],
    timeout: request.timeoutMs ?? DEFAULT_TIMEOUT_MS,
    returnFullResponse: true,
    // 401 stays an exception so that n8n drops the token, fetches a new one and sends once more.
    ignoreHttpStatusErrors: { ignore: true, except: [401] },
    disableFollowRedirect: true,
    encoding: request.responseType === 'binary' ? 'arraybuffer' : 'text',
    json: false,
  };
}

const toResponse = (response: IN8nHttpFullResponse, request: HttpRequest): HttpResponse => ({
  status: response.statusCode,
  headers: Object.fromEntries(
    Object.entries(response.headers).map(([name, value]) => [name.toLowerCase(), String(value)]),
  ),
  body: request.responseType === 'binary' ? response.body : readBody(response.body),
});

function fromThrown(error: unknown, request: HttpRequest): HttpResponse {
  const chain = causesOf(error);
  const own = chain.find((link) => link instanceof ConnectorError);
  if (own) throw own;
  const answered = chain.find((link) => link.response?.status !== undefined);
  if (answered?.response?.status !== undefined) {
    const { status, data, headers } = answered.response;
    return toResponse(
      { statusCode: status, body: data, headers: headers ?? {} } as IN8nHttpFullResponse,
      request,
    );
  }
  const code = networkCodeOf(error);
  throw code ? new NetworkFailure(code) : error;
}

/**
 * n8n's authenticated HTTP helper as our port.
 * @param refresh asked before each request; gives the option that makes n8n renew a token early (reference: n8n
 * `httpRequestWithAuthentication`, third argument `credentialsDecrypted`)
 */
export function createPort(
  context: NodeFunctions,
  credentialType: string,
  refresh: () => Promise<IAdditionalCredentialOptions | undefined> = async () => undefined,
): HttpPort {
  return async (request) => {
    try {
      const response = (await context.helpers.httpRequestWithAuthentication.call(
        context,
        credentialType,
        toOptions(request),
        await refresh(),
      )) as IN8nHttpFullResponse;
      return toResponse(response, request);
    } catch (error) {
      return fromThrown(error, request);
    }
  };
}
