import type { INodeProperties } from 'n8n-workflow';
import { audienceProperty } from '../../shared/audience';
import { authenticationProperty } from '../../shared/authentication';
import { newMergeFields } from './newMergeFields';
import { options } from './options';
import { READS } from '../reads/resources';
import { readProperties } from '../reads/description';
import { bounceProperties } from './bounce';
import { contactReads } from './contacts';
import { messageProperties } from './messages';
import { modeProperty } from './mode';
import { segmentProperties } from './segments';
import { forAll, forSync } from './shownFor';

const resourceAndOperation: INodeProperties[] = [
  {
    displayName: 'Resource',
    name: 'resource',
    type: 'options',
    noDataExpression: true,
    options: [
      { name: 'Contact', value: 'contact' },
      { name: 'Message', value: 'message' },
      ...READS.map(({ name, value }) => ({ name, value })),
    ].sort((a, b) => a.name.localeCompare(b.name)),
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
        name: 'Get',
        value: 'get',
        action: 'Get contact',
        description: 'Get a contact and its customer numbers',
      },
      {
        name: 'Get Many',
        value: 'getAll',
        action: 'Get many contacts',
        description: 'Get many contacts, or those that changed, with their customer numbers',
      },
      {
        name: 'Mark as Bounced',
        value: 'markBounced',
        action: 'Mark contacts as bounced',
        description: 'Let Mailchimp send nothing more to addresses that do not exist',
      },
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
  { ...modeProperty, displayOptions: forSync },
  { ...audienceProperty, displayOptions: forAll },
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
  newMergeFields,
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

export const properties: INodeProperties[] = [
  { ...authenticationProperty, displayOptions: { hide: { resource: ['message'] } } },
  ...resourceAndOperation,
  ...main,
  options,
  ...contactReads,
  ...bounceProperties,
  ...segmentProperties,
  ...messageProperties,
  ...readProperties,
];
