import type { INodeProperties, IWebhookDescription } from 'n8n-workflow';

/** Mailchimp asks the address by HEAD before it takes a webhook; who looks at it in a browser sees the same. */
export const webhooks: IWebhookDescription[] = [
  { name: 'setup', httpMethod: 'GET', responseMode: 'onReceived', path: 'webhook' },
  { name: 'setup', httpMethod: 'HEAD', responseMode: 'onReceived', path: 'webhook' },
  {
    name: 'default',
    httpMethod: 'POST',
    responseMode: 'onReceived',
    responseData: 'noData',
    path: 'webhook',
  },
];

export const properties: INodeProperties[] = [
  {
    displayName: 'Events',
    name: 'events',
    type: 'multiOptions',
    required: true,
    default: ['hard_bounce', 'reject', 'send', 'soft_bounce', 'spam', 'unsub'],
    options: [
      { name: 'Clicked', value: 'click' },
      { name: 'Deferred', value: 'deferral', description: 'The receiver asked to come later' },
      { name: 'Delivered', value: 'delivered' },
      { name: 'Hard Bounced', value: 'hard_bounce', description: 'The address does not exist' },
      { name: 'Opened', value: 'open' },
      { name: 'Rejected', value: 'reject', description: 'Mailchimp did not send the message' },
      { name: 'Reported as Spam', value: 'spam' },
      { name: 'Sent', value: 'send' },
      { name: 'Soft Bounced', value: 'soft_bounce', description: 'Such as a full mailbox' },
      { name: 'Unsubscribed', value: 'unsub' },
    ],
  },
  {
    displayName: 'Options',
    name: 'options',
    type: 'collection',
    placeholder: 'Add Option',
    default: {},
    options: [
      {
        displayName: 'Public URL',
        name: 'publicUrl',
        type: 'string',
        default: '',
        placeholder: 'e.g. https://hooks.example.com/n8n/webhook/…/webhook',
        description:
          'Address of this webhook as Mailchimp reaches it, where a proxy makes it another one than n8n knows. Mailchimp signs the address, so it has to be exact.',
      },
    ],
  },
];
