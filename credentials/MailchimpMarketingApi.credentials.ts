import type {
  ICredentialDataDecryptedObject,
  ICredentialTestRequest,
  ICredentialType,
  Icon,
  IHttpRequestOptions,
  INodeProperties,
} from 'n8n-workflow';
import { apiRoot } from '../connectors/mailchimp/login';

/** HTTP Basic with any user name and the key as password (mailchimp-marketing §1). */
export class MailchimpMarketingApi implements ICredentialType {
  name = 'mailchimpMarketingApi';

  displayName = 'Mailchimp Marketing API';

  icon: Icon = { light: 'file:../icons/mailchimpSync.svg', dark: 'file:../icons/mailchimpSync.dark.svg' };

  documentationUrl =
    'https://github.com/n8n-nodes-infor-mailchimp/n8n-nodes-infor-mailchimp/blob/main/docs/credentials.md#mailchimp';

  properties: INodeProperties[] = [
    {
      displayName: 'API Key',
      name: 'apiKey',
      type: 'string',
      typeOptions: { password: true },
      default: '',
      required: true,
      placeholder: 'e.g. 0123456789abcdef0123456789abcdef-us21',
      description: 'The whole key, with the data center after its last hyphen',
    },
    {
      displayName: 'Base URL',
      name: 'baseUrl',
      type: 'string',
      default: '',
      placeholder: 'e.g. https://proxy.example.com',
      description: 'Only for a proxy or a test server. Leave it empty to use the data center of the key.',
    },
  ];

  /** @throws ConnectorError MAILCHIMP_KEY_FORMAT, which the credential test shows as it is */
  authenticate = async (
    credentials: ICredentialDataDecryptedObject,
    options: IHttpRequestOptions,
  ): Promise<IHttpRequestOptions> => {
    const apiKey = String(credentials.apiKey ?? '').trim();
    apiRoot({ apiKey, baseUrl: String(credentials.baseUrl ?? '') });
    return { ...options, auth: { username: 'n8n', password: apiKey } };
  };

  test: ICredentialTestRequest = {
    request: {
      baseURL:
        '={{ ($credentials.baseUrl || "").trim().replace(/\\/+$/, "").replace(/\\/3\\.0$/, "") || "https://" + ($credentials.apiKey || "").trim().split("-").pop() + ".api.mailchimp.com" }}/3.0',
      url: '/ping',
    },
    rules: [
      {
        type: 'responseCode',
        properties: {
          value: 401,
          message: 'Mailchimp refuses the API key. Check that it is active and complete.',
        },
      },
      {
        type: 'responseCode',
        properties: {
          value: 403,
          message: 'The API key belongs to another data center, or the account is suspended.',
        },
      },
    ],
  };
}
