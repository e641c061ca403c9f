import type { INodeProperties } from 'n8n-workflow';

export const backFields: INodeProperties = {
  displayName: 'Fields From Contact',
  name: 'backFields',
  type: 'fixedCollection',
  typeOptions: { multipleValues: true },
  placeholder: 'Add Field',
  default: {},
  description:
    'Merge fields that people edit in Mailchimp and that flow back. Name them as “Fields Owned by Contacts” in the sync to Mailchimp too. With contact persons as the email home they go to the contact person.',
  options: [
    {
      displayName: 'Field',
      name: 'field',
      values: [
        {
          displayName: 'CloudSuite Field Name or ID',
          name: 'field',
          type: 'options',
          typeOptions: {
            loadOptionsMethod: 'getContactFields',
            loadOptionsDependsOn: ['productLine', 'resource', 'emailHome'],
          },
          default: '',
          description:
            'Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
        },
        {
          displayName: 'Merge Tag',
          name: 'tag',
          type: 'string',
          default: '',
          placeholder: 'e.g. PHONE or ADDRESS.city',
        },
      ],
    },
  ],
};
