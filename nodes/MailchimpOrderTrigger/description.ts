import type { INodeCredentialDescription, INodeProperties, IWebhookDescription } from 'n8n-workflow';
import { authenticationProperty, mailchimpCredentials } from '../shared/authentication';
import { storeProperty } from '../shared/store';
import { customerNumberField } from '../shared/options';

export const DEFAULT_LOOK_BACK_HOURS = 24;

/**
 * Where the shop posts; an order counts as new or changed only after Mailchimp was asked. Without notifications there is
 * no webhook: n8n would wait for a post where somebody fetches a test event.
 */
export const webhooks: IWebhookDescription[] = [
  {
    name: 'default',
    httpMethod: '={{ $parameter["notifications"] === "none" ? "" : "POST" }}',
    path: 'order',
    responseMode: 'onReceived',
    responseData: 'noData',
  },
];

export const credentials: INodeCredentialDescription[] = [
  ...mailchimpCredentials,
  {
    name: 'httpHeaderAuth',
    required: true,
    displayOptions: { show: { notifications: ['token', 'signature'] } },
  },
];

export const properties: INodeProperties[] = [
  authenticationProperty,
  storeProperty,
  {
    displayName: 'Start With',
    name: 'startWith',
    type: 'options',
    options: [
      { name: 'Everything', value: 'everything', description: 'The first poll gives all orders there are' },
      { name: 'What Changes From Now On', value: 'now' },
    ],
    default: 'now',
    description: 'What the first poll after publishing gives',
  },
  {
    displayName: 'Notifications',
    name: 'notifications',
    type: 'options',
    options: [
      { name: 'None', value: 'none', description: 'Only polls find orders' },
      {
        name: 'With Signature',
        value: 'signature',
        description:
          'The header that the credential names holds the HMAC-SHA256 of the body under the credential’s value, as WooCommerce and Shopify send it',
      },
      {
        name: 'With Token',
        value: 'token',
        description: 'The header that the credential names holds the credential’s value',
      },
    ],
    default: 'none',
    description:
      'Whether the shop may post the ID of an order to the webhook of this node, so that the order does not wait for the next poll. Mailchimp itself tells nobody about orders.',
  },
  {
    displayName: 'Read the Contact',
    name: 'readContact',
    type: 'boolean',
    default: true,
    description: 'Whether to read the buyer’s contact, whose customer numbers tell who bought',
  },
  {
    displayName: 'Options',
    name: 'options',
    type: 'collection',
    placeholder: 'Add Option',
    default: {},
    options: [
      customerNumberField,
      {
        displayName: 'Look Back (Hours)',
        name: 'lookBackHours',
        type: 'number',
        typeOptions: { minValue: 0 },
        default: DEFAULT_LOOK_BACK_HOURS,
        description:
          'How far the first poll after a restart of n8n goes back as long as no order has come yet: n8n keeps what a poll remembers only once it has given something',
      },
      {
        displayName: 'Order ID Field',
        name: 'orderIdField',
        type: 'string',
        default: '',
        placeholder: 'e.g. data.order.number',
        description: 'Where a notification names the order; empty for the usual fields',
      },
    ],
  },
];
