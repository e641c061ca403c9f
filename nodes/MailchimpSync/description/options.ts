import type { INodeProperties } from 'n8n-workflow';
import { forSync } from './shownFor';
import { earlierRows, flowName, unfinishedRuns } from '../../shared/options';

export const options: INodeProperties = {
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
      displayName: 'Fields Owned by Contacts',
      name: 'memberOwnedFields',
      type: 'string',
      default: '',
      placeholder: 'e.g. FNAME, LNAME',
      description:
        'Tags of merge fields that people edit themselves, separated by commas. They are filled where they are empty and never written over.',
    },
    earlierRows,
    flowName,
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
      displayName: 'Tags of Shared Contacts',
      name: 'sharedTags',
      type: 'options',
      options: [
        {
          name: 'Of All Their Customers',
          value: 'all',
          description: 'What one customer adds no other takes away',
        },
        {
          name: 'Of the Customer They Show',
          value: 'shown',
          description:
            'Tags agree with the merge fields: for tags of which a contact has one, such as a status',
        },
      ],
      default: 'all',
      description: 'Whose tags a contact has that several customers share',
    },
    {
      displayName: 'Tags to Remove',
      name: 'tagsToRemove',
      type: 'string',
      default: '',
      placeholder: 'e.g. Prospect, Account: *',
      description:
        'Separated by commas. One that ends with * stands for all tags that begin so, except those to add.',
    },
    unfinishedRuns,
    {
      displayName: 'Unknown Contacts',
      name: 'unknownContacts',
      type: 'options',
      options: [
        { name: 'Create', value: 'create', description: 'They join with the status for new contacts' },
        {
          name: 'Leave Out',
          value: 'leave',
          description: 'Only contacts that the audience knows are written, nobody joins it',
        },
      ],
      default: 'create',
      description: 'What happens to customers whose address the audience does not know',
    },
  ],
};
