import type { INodeProperties } from 'n8n-workflow';
import { forSync } from './shownFor';

export const newMergeFields: INodeProperties = {
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
};
