import type { INodeCredentialDescription, INodeProperties, IWebhookDescription } from 'n8n-workflow';

interface Route {
  httpMethod: 'GET' | 'POST';
  path: string;
  responseCode?: string;
}

const onReceived = ({ httpMethod, path, responseCode }: Route): IWebhookDescription => ({
  name: 'default',
  httpMethod,
  path,
  responseMode: 'onReceived',
  responseData: 'noData',
  ...(responseCode ? { responseCode } : {}),
});

/** What ION's “IMS via API Gateway” asks of an application (infor §8.2), and one path for an API connection point. */
export const webhooks: IWebhookDescription[] = [
  onReceived({ httpMethod: 'POST', path: 'bod' }),
  onReceived({ httpMethod: 'GET', path: 'service/ping' }),
  onReceived({ httpMethod: 'GET', path: 'service/protocol' }),
  onReceived({ httpMethod: 'GET', path: 'service/versions' }),
  ...['v2', 'v3'].flatMap((version) => [
    onReceived({ httpMethod: 'POST', path: `service/${version}/discovery` }),
    onReceived({
      httpMethod: 'POST',
      path: `service/${version}/multipartMessage`,
      responseCode: '={{ 201 }}',
    }),
  ]),
];

export const credentials: INodeCredentialDescription[] = [
  {
    name: 'httpHeaderAuth',
    required: true,
    displayOptions: { show: { authentication: ['headerAuth'] } },
  },
  {
    name: 'httpBasicAuth',
    required: true,
    displayOptions: { show: { authentication: ['basicAuth'] } },
  },
];

export const properties: INodeProperties[] = [
  {
    displayName:
      'Register the address of this webhook up to “/service” in the API gateway, with the same authentication, and name it in ION Desk (IMS via API Gateway). An API connection point posts to the address that ends in “/bod”.',
    name: 'notice',
    type: 'notice',
    default: '',
  },
  {
    displayName: 'Authentication',
    name: 'authentication',
    type: 'options',
    options: [
      { name: 'Basic Auth', value: 'basicAuth' },
      { name: 'Header Auth', value: 'headerAuth' },
    ],
    default: 'basicAuth',
    description: 'What a post has to show; without it nothing is read',
  },
  {
    displayName: 'Nouns',
    name: 'nouns',
    type: 'string',
    default: 'CustomerPartyMaster',
    placeholder: 'e.g. CustomerPartyMaster, SupplierPartyMaster',
    description:
      'Documents that start the workflow, separated by commas; empty for all. Others are taken and dropped.',
  },
  {
    displayName: 'Verbs',
    name: 'verbs',
    type: 'multiOptions',
    options: [
      { name: 'Acknowledge', value: 'Acknowledge' },
      { name: 'Confirm', value: 'Confirm' },
      { name: 'Process', value: 'Process' },
      { name: 'Sync', value: 'Sync' },
    ],
    default: ['Sync'],
  },
  {
    displayName: 'Options',
    name: 'options',
    type: 'collection',
    placeholder: 'Add Option',
    default: {},
    options: [
      {
        displayName: 'Drop Older Versions',
        name: 'dropStale',
        type: 'boolean',
        default: true,
        description:
          'Whether to drop a record that is older than one that came before: ION does not keep the order',
      },
      {
        displayName: 'Include Document',
        name: 'includeDocument',
        type: 'boolean',
        default: false,
        description: 'Whether to put out the whole document beside the record',
      },
      {
        displayName: 'Tenant',
        name: 'tenant',
        type: 'string',
        default: '',
        placeholder: 'e.g. ACME_PRD',
        description: 'Only documents of this tenant are taken (header X-TenantId)',
      },
    ],
  },
];
