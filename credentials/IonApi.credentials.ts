import {
  sleep,
  type ICredentialDataDecryptedObject,
  type ICredentialTestRequest,
  type ICredentialType,
  type Icon,
  type IHttpRequestHelper,
  type IHttpRequestOptions,
  type IN8nHttpFullResponse,
  type INodeProperties,
} from 'n8n-workflow';
import { ConnectorError } from '../connectors/errors';
import { networkCodeOf } from '../connectors/http/cause';
import { NetworkFailure, type HttpPort } from '../connectors/http/port';
import { parseIonApi, loginHashOf } from '../connectors/infor/ionapi';
import { renewToken } from '../connectors/infor/renewal';
import { refreshAt, type ClientAuthentication } from '../connectors/infor/token';

const TOKEN_TIMEOUT_MS = 30_000;

/** The token endpoint takes a form, and its refusals are read, not thrown. */
const tokenPort =
  ({ helpers }: IHttpRequestHelper): HttpPort =>
  async ({ method, url, headers, body }) => {
    try {
      const response = (await helpers.httpRequest({
        method,
        url,
        headers,
        body: body as string,
        json: false,
        returnFullResponse: true,
        ignoreHttpStatusErrors: true,
        disableFollowRedirect: true,
        timeout: TOKEN_TIMEOUT_MS,
      })) as IN8nHttpFullResponse;
      return {
        status: response.statusCode,
        headers: response.headers as Record<string, string>,
        body: parsed(response.body),
      };
    } catch (error) {
      throw new NetworkFailure(networkCodeOf(error) ?? 'ECONNRESET');
    }
  };

function parsed(body: unknown): unknown {
  if (typeof body !== 'string') return body ?? '';
  try {
    return JSON.parse(body) as unknown;
  } catch {
    return body;
  }
}

/** Picks a value out of the file without failing where the file is no JSON: the token request reports that better. */
const fromFile = (key: string, otherwise: string): string =>
  `{{ ((($credentials.ionApiSecretFile || "").match(/"${key}"\\s*:\\s*"([^"]+)"/) || [])[1] || "${otherwise}").split("\\\\/").join("/").replace(/\\/+$/, "") }}`;

export class IonApi implements ICredentialType {
  name = 'ionApi';

  displayName = 'Infor ION API';

  icon: Icon = { light: 'file:../icons/infor.svg', dark: 'file:../icons/infor.dark.svg' };

  documentationUrl =
    'https://github.com/n8n-nodes-infor-mailchimp/n8n-nodes-infor-mailchimp/blob/main/docs/credentials.md#infor-ion-api';

  properties: INodeProperties[] = [
    {
      displayName: '.ionapi File',
      name: 'ionApiSecretFile',
      type: 'string',
      typeOptions: { password: true },
      default: '',
      required: true,
      placeholder: 'e.g. {"ti":"ACME_PRD","ci":"…","saak":"…"}',
      description:
        'The whole content of the .ionapi file of an Authorized App of type Backend Service, as downloaded from the Infor portal',
    },
    {
      displayName: 'Client Authentication',
      name: 'clientAuthentication',
      type: 'options',
      options: [
        { name: 'Body', value: 'body' },
        { name: 'Header', value: 'header' },
      ],
      default: 'body',
      description:
        'How the app identifies itself to the authorization server. Change it only if the token is refused.',
    },
    {
      displayName: 'Requests per Second',
      name: 'maxRequestsPerSecond',
      type: 'number',
      default: 0,
      description:
        'The most that this n8n sends to the tenant; 0 for no limit. Use it to stay below a quota of the API gateway.',
    },
    {
      displayName: 'Access Token',
      name: 'accessToken',
      type: 'hidden',
      typeOptions: { expirable: true, password: true },
      default: '',
    },
    {
      displayName: 'Refresh Token',
      name: 'refreshToken',
      type: 'hidden',
      typeOptions: { password: true },
      default: '',
    },
    { displayName: 'Refresh At', name: 'refreshAt', type: 'hidden', default: '' },
    { displayName: 'Login Hash', name: 'loginHash', type: 'hidden', default: '' },
  ];

  /**
   * n8n calls it when there is no token, after a 401, in the credential test, and when our nodes ask for an early
   * renewal. What it returns is stored encrypted with the credential, so that all workers share it.
   * @throws ConnectorError for a file that cannot be used or a token that is refused
   */
  async preAuthentication(this: IHttpRequestHelper, credentials: ICredentialDataDecryptedObject) {
    const ion = parseIonApi(String(credentials.ionApiSecretFile ?? ''));
    const loginHash = loginHashOf(ion);
    const sameLogin = credentials.loginHash === loginHash;
    const token = await renewToken({
      ion,
      clientAuthentication: (credentials.clientAuthentication || 'body') as ClientAuthentication,
      refreshToken: sameLogin ? String(credentials.refreshToken ?? '') : '',
      failingToken: String(credentials.accessToken ?? ''),
      port: tokenPort(this),
      sleep,
    });
    return {
      accessToken: token.accessToken,
      refreshToken: token.refreshToken,
      refreshAt: String(refreshAt(token, token.mintedAt)),
      loginHash,
    };
  }

  /** @throws ConnectorError ION_OTHER_HOST: the token is for the gateway of the file and leaves to nobody else */
  authenticate = async (
    credentials: ICredentialDataDecryptedObject,
    options: IHttpRequestOptions,
  ): Promise<IHttpRequestOptions> => {
    const { gatewayUrl } = parseIonApi(String(credentials.ionApiSecretFile ?? ''));
    // The HTTP Request node still names the address as the old request library did.
    const { uri } = options as { uri?: string };
    const target = new URL(options.url ?? uri ?? '', options.baseURL || undefined);
    if (target.origin !== new URL(gatewayUrl).origin) {
      throw new ConnectorError(
        'ION_OTHER_HOST',
        'The request goes to another host than the API gateway of the .ionapi file.',
        'Use an address that begins with the value of “iu” in the file.',
      );
    }
    return {
      ...options,
      headers: { ...options.headers, Authorization: `Bearer ${String(credentials.accessToken)}` },
    };
  };

  /** Any answer of M3 proves that the gateway took the token, also M3's own 400 (infor §3.4). */
  test: ICredentialTestRequest = {
    request: {
      baseURL: `=${fromFile('iu', 'http://ionapi.invalid')}`,
      url: `=/${fromFile('ti', 'tenant')}/M3/m3api-rest/v2/execute/GENERAL/GetServerTime`,
      ignoreHttpStatusErrors: { ignore: true, except: [401, 403, 404, 429, 500, 502, 503, 504] },
    },
    rules: [
      {
        type: 'responseCode',
        properties: { value: 401, message: 'The API gateway refuses the token of this app.' },
      },
      {
        type: 'responseCode',
        properties: { value: 403, message: 'The app or its service account has no right to the M3 API.' },
      },
      {
        type: 'responseCode',
        properties: {
          value: 404,
          message: 'The API gateway does not know this tenant, or the tenant has no M3.',
        },
      },
    ],
  };
}
