import type { INodeProperties } from 'n8n-workflow';

const forHistory = { show: { operation: ['getHistory'] } };
const forReport = { show: { operation: ['getReport'] } };

export const properties: INodeProperties[] = [
  {
    displayName:
      'The input is the rows of the ledger: put a Data Table node (operation Get, table infor_mailchimp_ledger) in front of this node',
    name: 'inputNotice',
    type: 'notice',
    default: '',
  },
  {
    displayName: 'Operation',
    name: 'operation',
    type: 'options',
    noDataExpression: true,
    options: [
      {
        name: 'Get History',
        value: 'getHistory',
        action: 'Get the history of a record',
        description: 'Tell what happened to a customer, a contact, an order or an execution',
      },
      {
        name: 'Get Report',
        value: 'getReport',
        action: 'Get the report of a period',
        description: 'Count what a period brought: writes, problems, consents that were kept',
      },
    ],
    default: 'getHistory',
  },
  {
    displayName: 'Look For',
    name: 'lookFor',
    type: 'string',
    required: true,
    displayOptions: forHistory,
    default: '',
    placeholder: 'e.g. Y30000',
    description:
      'A customer or supplier number, an e-mail address or its subscriber hash, an order, an effect key or an execution. An address is hashed at once and is not in the output.',
  },
  {
    displayName: 'Kind of Thing',
    name: 'kindOfThing',
    type: 'options',
    displayOptions: forHistory,
    options: [
      { name: 'Automatic', value: 'automatic', description: 'What the rows show it to be' },
      { name: 'Contact', value: 'contact', description: 'An e-mail address or a subscriber hash' },
      { name: 'Effect', value: 'effect', description: 'An effect key' },
      { name: 'Execution', value: 'execution', description: 'The ID of an execution in n8n' },
      { name: 'Record', value: 'record', description: 'A customer or supplier number' },
      { name: 'Source', value: 'source', description: 'An order, an event, a message or a document' },
    ],
    default: 'automatic',
  },
  {
    displayName: 'From',
    name: 'from',
    type: 'string',
    displayOptions: forReport,
    default: '',
    placeholder: 'e.g. 2026-11-02',
    description:
      'Where the period begins: a date, or a date and time, in UTC. Empty for seven days before its end.',
  },
  {
    displayName: 'To',
    name: 'to',
    type: 'string',
    displayOptions: forReport,
    default: '',
    placeholder: 'e.g. 2026-11-08',
    description:
      'Where the period ends: a date, which is part of the period as a whole, or a date and time, in UTC. Empty for now.',
  },
  {
    displayName: 'Title',
    name: 'title',
    type: 'string',
    displayOptions: forReport,
    default: 'Infor CloudSuite and Mailchimp',
    description: 'The heading of the report',
  },
];
