import type { INodeProperties, IWebhookDescription } from 'n8n-workflow';
import { audienceProperty } from '../shared/audience';
import { authenticationProperty } from '../shared/authentication';
import { customerNumberField } from '../shared/options';

/** Mailchimp asks the address by GET before it takes a webhook; HEAD is answered the same. */
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
  authenticationProperty,
  audienceProperty,
  {
    displayName: 'Events',
    name: 'events',
    type: 'multiOptions',
    required: true,
    default: ['cleaned', 'profile', 'subscribe', 'unsubscribe', 'upemail'],
    options: [
      { name: 'Campaign Sent', value: 'campaign', description: 'A campaign was sent or cancelled' },
      {
        name: 'Contact Cleaned',
        value: 'cleaned',
        description: 'Mails to the address bounced for good, or were reported as spam',
      },
      { name: 'Email Address Changed', value: 'upemail' },
      { name: 'Profile Updated', value: 'profile' },
      {
        name: 'SMS Subscribed',
        value: 'sms_subscribe',
        description: 'The contact may have no email address',
      },
      {
        name: 'SMS Unsubscribed',
        value: 'sms_unsubscribe',
        description: 'The contact may have no email address',
      },
      { name: 'Subscribed', value: 'subscribe' },
      {
        name: 'Unsubscribed',
        value: 'unsubscribe',
        description: 'Also when a contact was archived or deleted',
      },
    ],
  },
  {
    displayName: 'Sources',
    name: 'sources',
    type: 'multiOptions',
    required: true,
    default: ['admin', 'user'],
    description: 'Who made the change',
    options: [
      {
        name: 'Admin',
        value: 'admin',
        description: 'Somebody of your company, in Mailchimp',
      },
      {
        name: 'API',
        value: 'api',
        description:
          'Other integrations, and the changes of this package itself: those start runs that find nothing to do',
      },
      { name: 'User', value: 'user', description: 'The contact' },
    ],
  },
  {
    displayName: 'Read the Contact',
    name: 'readContact',
    type: 'boolean',
    default: true,
    description:
      'Whether to read the contact as it is now, so that the order in which events arrive does not matter',
  },
  {
    displayName: 'Options',
    name: 'options',
    type: 'collection',
    placeholder: 'Add Option',
    default: {},
    options: [customerNumberField],
  },
];
