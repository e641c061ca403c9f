import type { INodeProperties } from 'n8n-workflow';

const show = { resource: ['message'] };

/** The resource Message: mails that went out by Mailchimp Transactional. */
export const messageProperties: INodeProperties[] = [
  {
    displayName: 'Operation',
    name: 'operation',
    type: 'options',
    noDataExpression: true,
    displayOptions: { show },
    options: [
      {
        name: 'Get',
        value: 'get',
        action: 'Get message',
        description: 'Get what became of a mail, as the Mailchimp Transactional Trigger tells it',
      },
    ],
    default: 'get',
  },
  {
    displayName: 'Message ID',
    name: 'messageId',
    type: 'string',
    required: true,
    displayOptions: { show },
    default: '',
    description: 'As the trigger and the answer to a sent mail name it',
  },
];
