import type { INodeProperties } from 'n8n-workflow';
import { forEnsure, forSync } from './shownFor';

const definition: INodeProperties[] = [
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
];

const value: INodeProperties = {
  displayName: 'Value',
  name: 'value',
  type: 'string',
  default: '',
  placeholder: 'e.g. {{ $json.name }}',
};

const base: Omit<INodeProperties, 'options'> = {
  displayName: 'Create Missing Merge Fields',
  name: 'newMergeFields',
  type: 'fixedCollection',
  typeOptions: { multipleValues: true },
  placeholder: 'Add Merge Field',
  default: {},
};

const fieldOf = (values: INodeProperties[]) => [{ displayName: 'Merge Field', name: 'field', values }];

/** Of Contact → Sync. */
export const newMergeFields: INodeProperties = {
  ...base,
  displayOptions: forSync,
  description: 'Fields that are added to the audience when it lacks them, with the value that they take',
  options: fieldOf([...definition, value]),
};

/** Of Segment → Ensure. */
export const segmentMergeFields: INodeProperties = {
  ...base,
  displayOptions: forEnsure,
  description: 'Fields that are added to the audience when it lacks them, so that conditions can name them',
  options: fieldOf(definition),
};
