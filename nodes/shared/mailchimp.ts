import {
  sleep,
  type IAdditionalCredentialOptions,
  type IDataObject,
  type IHttpRequestOptions,
  type IN8nHttpFullResponse,
} from 'n8n-workflow';
import { networkCodeOf } from '../../connectors/http/cause';
import { NetworkFailure, type HttpPort } from '../../connectors/http/port';
import { createMailchimp, type Mailchimp } from '../../connectors/mailchimp/api';
import { apiRoot } from '../../connectors/mailchimp/login';
import { knownPlaceOf, LOGIN_URL } from '../../connectors/mailchimp/metadata';
import { BY_KEY, BY_LOGIN } from './authentication';
import { createPort, readBody, type NodeFunctions } from './port';

const DOWNLOAD_TIMEOUT_MS = 120_000;

/** Adds no credential: for batch results, which lie on another host that must not see the key, and for the login. */
function createPlainPort(context: NodeFunctions): HttpPort {
  return async ({ method, url, headers, responseType }) => {
    const options: IHttpRequestOptions = {
      method,
      url,
      headers,
      encoding: responseType === 'binary' ? 'arraybuffer' : 'text',
      returnFullResponse: true,
      // A token must not follow a redirect; the object store may send us on.
      disableFollowRedirect: headers !== undefined,
      ignoreHttpStatusErrors: true,
      timeout: DOWNLOAD_TIMEOUT_MS,
    };
    try {
      const response = (await context.helpers.httpRequest(options)) as IN8nHttpFullResponse;
      return {
        status: response.statusCode,
        headers: response.headers as Record<string, string>,
        body: responseType === 'binary' ? response.body : readBody(response.body),
      };
    } catch (error) {
      const failure = new NetworkFailure(networkCodeOf(error) ?? 'ECONNRESET');
      throw failure;
    }
  };
}

async function byKey(context: NodeFunctions): Promise<Mailchimp> {
  const credentials = await context.getCredentials<IDataObject>(BY_KEY);
  const login = { apiKey: String(credentials.apiKey ?? ''), baseUrl: String(credentials.baseUrl ?? '') };
  return createMailchimp({
    root: apiRoot(login),
    account: login.apiKey.trim(),
    port: createPort(context, BY_KEY),
    plainPort: createPlainPort(context),
    sleep,
  });
}

/** Nothing can refresh a token of Mailchimp's: n8n must not try. */
const SIGNED: IAdditionalCredentialOptions = { oauth2: { tokenType: 'Bearer', skipTokenRefresh: true } };

async function byOAuth(context: NodeFunctions): Promise<Mailchimp> {
  const credentials = await context.getCredentials<IDataObject>(BY_LOGIN);
  const loginUrl =
    String(credentials.loginUrl ?? '')
      .trim()
      .replace(/\/+$/, '') || LOGIN_URL;
  const plainPort = createPlainPort(context);
  const place = await knownPlaceOf(plainPort, loginUrl, credentials.oauthTokenData);
  return createMailchimp({
    ...place,
    port: createPort(context, BY_LOGIN, async () => SIGNED),
    plainPort,
    sleep,
  });
}

/**
 * The account that the node's credential names.
 * @throws ConnectorError MAILCHIMP_KEY_FORMAT, MAILCHIMP_NOT_CONNECTED, MAILCHIMP_OTHER_HOST
 */
export const mailchimpOf = (context: NodeFunctions): Promise<Mailchimp> =>
  context.getNode().parameters.authentication === 'oAuth2' ? byOAuth(context) : byKey(context);
