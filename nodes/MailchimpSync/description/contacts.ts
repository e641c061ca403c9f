import type { INodeProperties } from 'n8n-workflow';
import { forGet, forGetAll, forReads } from './shownFor';
import { customerNumberField } from '../../shared/options';

/** Parameters of Contact → Get and Get Many. */
export const contactReads: INodeProperties[] = [
  {
    displayName: 'Contact',
    name: 'contact',
    type: 'string',
    required: true,
    displayOptions: forGet,
    default: '',
    placeholder: 'e.g. anna@customer.example',
    description: 'Its address, its subscriber hash or its contact ID',
  },
  {
    displayName: 'Changed Since',
    name: 'changedSince',
    type: 'string',
    displayOptions: forGetAll,
    default: '',
    placeholder: 'e.g. 2026-01-31',
    description:
      'Only contacts that changed since then: the cursor of an earlier run, or a date. Empty for all.',
  },
  {
    displayName: 'Options',
    name: 'contactOptions',
    type: 'collection',
    placeholder: 'Add Option',
    displayOptions: forReads,
    default: {},
    options: [
      customerNumberField,
      {
        displayName: 'Only Contacts of Customers',
        name: 'onlyWithCustomer',
        type: 'boolean',
        default: false,
        description: 'Whether to leave out contacts without a customer number (Get Many)',
      },
      {
        displayName: 'Overlap (Minutes)',
        name: 'overlapMinutes',
        type: 'number',
        typeOptions: { minValue: 0 },
        default: 60,
        description:
          'How far before “Changed Since” the read begins (Get Many). It costs reads, never writes.',
      },
    ],
  },
];
