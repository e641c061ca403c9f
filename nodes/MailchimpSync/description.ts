import type { INodeProperties } from 'n8n-workflow';

const forSync = { show: { resource: ['contact'], operation: ['sync'] } };

const resourceAndOperation: INodeProperties[] = [
  {
    displayName: 'Resource',
    name: 'resource',
    type: 'options',
    noDataExpression: true,
    options: [{ name: 'Contact', value: 'contact' }],
    default: 'contact',
  },
  {
    displayName: 'Operation',
    name: 'operation',
    type: 'options',
    noDataExpression: true,
    displayOptions: { show: { resource: ['contact'] } },
    options: [
      {
        name: 'Sync',
        value: 'sync',
        action: 'Sync contacts',
        description:
          'Bring customers from Infor CloudSuite into an audience, without ever changing a consent',
      },
    ],
    default: 'sync',
  },
];

const main: INodeProperties[] = [
  {
    displayName: 'Mode',
    name: 'mode',
    type: 'options',
    noDataExpression: true,
    displayOptions: forSync,
    options: [
      { name: 'Apply', value: 'apply', description: 'Write what the plan says' },
      { name: 'Plan', value: 'plan', description: 'Show what would be written and write nothing (dry run)' },
    ],
    default: 'plan',
  },
  {
    displayName: 'Audience',
    name: 'audience',
    type: 'resourceLocator',
    required: true,
    displayOptions: forSync,
    default: { mode: 'list', value: '' },
    modes: [
      {
        displayName: 'From List',
        name: 'list',
        type: 'list',
        typeOptions: { searchListMethod: 'searchAudiences', searchable: true },
      },
      {
        displayName: 'By ID',
        name: 'id',
        type: 'string',
        placeholder: 'e.g. 1a2b3c4d5e',
        hint: 'In Mailchimp: Audience → Settings → Audience name and defaults → Audience ID',
      },
    ],
  },
  {
    displayName: 'Merge Fields',
    name: 'mergeFields',
    type: 'resourceMapper',
    noDataExpression: true,
    displayOptions: forSync,
    default: { mappingMode: 'defineBelow', value: null },
    typeOptions: {
      loadOptionsDependsOn: ['audience.value'],
      resourceMapper: {
        resourceMapperMethod: 'getMergeFields',
        mode: 'add',
        fieldWords: { singular: 'merge field', plural: 'merge fields' },
        addAllFields: false,
        multiKeyMatch: false,
        supportAutoMap: true,
      },
    },
  },
  {
    displayName: 'Create Missing Merge Fields',
    name: 'newMergeFields',
    type: 'fixedCollection',
    displayOptions: forSync,
    typeOptions: { multipleValues: true },
    placeholder: 'Add Merge Field',
    description: 'Fields that are added to the audience when it lacks them, with the value that they take',
    default: {},
    options: [
      {
        displayName: 'Merge Field',
        name: 'field',
        values: [
          {
            displayName: 'Name',
            name: 'name',
            type: 'string',
            default: '',
            placeholder: 'e.g. Credit Limit',
            description: 'The name that people see in Mailchimp; the tag when empty',
          },
          {
            displayName: 'Tag',
            name: 'tag',
            type: 'string',
            default: '',
            required: true,
            placeholder: 'e.g. CREDIT',
            description: 'Up to 10 letters and digits',
          },
          {
            displayName: 'Type',
            name: 'type',
            type: 'options',
            options: [
              { name: 'Address', value: 'address' },
              { name: 'Birthday', value: 'birthday' },
              { name: 'Date', value: 'date' },
              { name: 'Number', value: 'number' },
              { name: 'Phone', value: 'phone' },
              { name: 'Text', value: 'text' },
              { name: 'URL', value: 'url' },
            ],
            default: 'text',
          },
          {
            displayName: 'Value',
            name: 'value',
            type: 'string',
            default: '',
            placeholder: 'e.g. {{ $json.name }}',
          },
        ],
      },
    ],
  },
  {
    displayName: 'Status of New Contacts',
    name: 'newContactStatus',
    type: 'options',
    displayOptions: forSync,
    options: [
      {
        name: 'Pending',
        value: 'pending',
        description: 'Mailchimp sends each new contact a mail that asks for confirmation',
      },
      {
        name: 'Subscribed',
        value: 'subscribed',
        description: 'Only for people who have agreed to your newsletter',
      },
      {
        name: 'Transactional',
        value: 'transactional',
        description: 'Known to the audience, but gets no newsletter',
      },
    ],
    default: 'subscribed',
    description:
      'Used only for addresses that the audience has never seen. A known contact never gets a status.',
  },
  {
    displayName: 'Tags to Add',
    name: 'tagsToAdd',
    type: 'string',
    displayOptions: forSync,
    default: '',
    placeholder: 'e.g. Customer, Wholesale',
    description: 'Separated by commas',
  },
];

const options: INodeProperties = {
  displayName: 'Options',
  name: 'options',
  type: 'collection',
  placeholder: 'Add Option',
  displayOptions: forSync,
  default: {},
  options: [
    {
      displayName: 'Addresses',
      name: 'addresses',
      type: 'options',
      options: [
        { name: 'All', value: 'all', description: 'One contact for each address of a customer' },
        {
          name: 'First',
          value: 'first',
          description: 'One contact a customer, with its first well-formed address',
        },
      ],
      default: 'first',
    },
    {
      displayName: 'Customer Number Field',
      name: 'customerNumberField',
      type: 'string',
      default: 'CUSTNO',
      description:
        'Tag of the merge field that keeps the customer numbers of a contact. It is created when missing. Leave it empty to keep none.',
    },
    {
      displayName: 'Empty Values',
      name: 'emptyValues',
      type: 'options',
      options: [
        {
          name: 'Clear',
          value: 'clear',
          description: 'An empty value in CloudSuite empties the merge field',
        },
        { name: 'Keep', value: 'keep', description: 'An empty value in CloudSuite changes nothing' },
      ],
      default: 'keep',
    },
    {
      displayName: 'Flow Name',
      name: 'flow',
      type: 'string',
      default: '={{ $workflow.name }}',
      description: 'Name of this flow in the ledger rows',
    },
    {
      displayName: 'Inactive Customers',
      name: 'inactiveParties',
      type: 'options',
      options: [
        {
          name: 'Archive',
          value: 'archive',
          description: 'Archive the contact once all its customers are inactive',
        },
        { name: 'Keep', value: 'keep', description: 'Keep the contact and its fields up to date' },
      ],
      default: 'keep',
    },
    {
      displayName: 'Maximum Archived Contacts',
      name: 'maxContacts',
      type: 'number',
      typeOptions: { minValue: 0 },
      default: 50,
      description:
        'A run that would archive more than this, and more than the share below, stops before it writes',
    },
    {
      displayName: 'Maximum Archived Share (%)',
      name: 'maxSharePercent',
      type: 'number',
      typeOptions: { minValue: 0, maxValue: 100, numberPrecision: 1 },
      default: 2,
      description: 'Share of the audience that one run may archive',
    },
    {
      displayName: 'Opted-Out Contacts',
      name: 'optedOutContacts',
      type: 'options',
      options: [
        { name: 'Leave Untouched', value: 'leave' },
        { name: 'Update Fields', value: 'updateFields', description: 'Fields and tags, never the status' },
      ],
      default: 'leave',
      description:
        'What happens to contacts that are unsubscribed or cleaned. Archived ones are always left untouched.',
    },
    {
      displayName: 'Tags to Remove',
      name: 'tagsToRemove',
      type: 'string',
      default: '',
      placeholder: 'e.g. Prospect',
      description: 'Separated by commas',
    },
  ],
};

export const properties: INodeProperties[] = [...resourceAndOperation, ...main, options];
