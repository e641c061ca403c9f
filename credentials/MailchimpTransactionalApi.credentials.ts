import type {
  ICredentialDataDecryptedObject,
  ICredentialTestRequest,
  ICredentialType,
  Icon,
  IHttpRequestOptions,
  INodeProperties,
} from 'n8n-workflow';

/** The key stands in the JSON body of each call (mailchimp-events §4.1). */
export class MailchimpTransactionalApi implements ICredentialType {
  name = 'mailchimpTransactionalApi';

  displayName = 'Mailchimp Transactional API';

  icon: Icon = { light: 'file:../icons/mailchimpSync.svg', dark: 'file:../icons/mailchimpSync.dark.svg' };

  documentationUrl =
    'https://github.com/n8n-nodes-infor-mailchimp/n8n-nodes-infor-mailchimp/blob/main/docs/credentials.md#mailchimp-transactional';

  properties: INodeProperties[] = [
    {
      displayName: 'API Key',
      name: 'apiKey',
      type: 'string',
      typeOptions: { password: true },
      default: '',
      required: true,
      description: 'A key of Mailchimp Transactional (Mandrill), not of Mailchimp Marketing',
    },
    {
      displayName: 'Base URL',
      name: 'baseUrl',
      type: 'string',
      default: '',
      placeholder: 'e.g. https://proxy.example.com/api/1.4',
      description: 'Only for a proxy or a test server; leave it empty otherwise',
    },
  ];

  authenticate = async (
    credentials: ICredentialDataDecryptedObject,
    options: IHttpRequestOptions,
  ): Promise<IHttpRequestOptions> => ({
    ...options,
    body: { ...(options.body as object), key: String(credentials.apiKey ?? '').trim() },
  });

  test: ICredentialTestRequest = {
    request: {
      baseURL:
        '={{ ($credentials.baseUrl || "").trim().replace(/\\/+$/, "") || "https://mandrillapp.com/api/1.4" }}',
      url: '/users/ping2',
      method: 'POST',
      body: {},
    },
    rules: [
      {
        type: 'responseCode',
        properties: { value: 401, message: 'Mailchimp Transactional refuses the API key.' },
      },
      {
        type: 'responseCode',
        properties: { value: 500, message: 'Mailchimp Transactional refuses the API key.' },
      },
    ],
  };
}
