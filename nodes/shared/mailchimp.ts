import { sleep, type IDataObject, type IHttpRequestOptions, type IN8nHttpFullResponse } from 'n8n-workflow';
import { networkCodeOf } from '../../connectors/http/cause';
import { NetworkFailure, type HttpPort } from '../../connectors/http/port';
import { createMailchimp, type Mailchimp } from '../../connectors/mailchimp/api';
import { createPort, type NodeFunctions } from './port';

export const MAILCHIMP_CREDENTIAL = 'mailchimpMarketingApi';

const DOWNLOAD_TIMEOUT_MS = 120_000;

/** Fetches batch results, which lie on another host that must not see the key. */
function createPlainPort(context: NodeFunctions): HttpPort {
  return async ({ method, url }) => {
    const options: IHttpRequestOptions = {
      method,
      url,
      encoding: 'arraybuffer',
      returnFullResponse: true,
      ignoreHttpStatusErrors: true,
      timeout: DOWNLOAD_TIMEOUT_MS,
    };
    try {
      const response = (await context.helpers.httpRequest(options)) as IN8nHttpFullResponse;
      return {
        status: response.statusCode,
        headers: response.headers as Record<string, string>,
        body: response.body,
      };
    } catch (error) {
      const failure = new NetworkFailure(networkCodeOf(error) ?? 'ECONNRESET');
      throw failure;
    }
  };
}

/** The account that the node's credential names. @throws ConnectorError MAILCHIMP_KEY_FORMAT */
export async function mailchimpOf(context: NodeFunctions): Promise<Mailchimp> {
  const credentials = await context.getCredentials<IDataObject>(MAILCHIMP_CREDENTIAL);
  return createMailchimp({
    login: { apiKey: String(credentials.apiKey ?? ''), baseUrl: String(credentials.baseUrl ?? '') },
    port: createPort(context, MAILCHIMP_CREDENTIAL),
    plainPort: createPlainPort(context),
    sleep,
  });
}
