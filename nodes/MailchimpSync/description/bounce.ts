import type { INodeProperties } from 'n8n-workflow';
import { forBounced } from './shownFor';

/** Parameters of Contact → Mark as Bounced. */
export const bounceProperties: INodeProperties[] = [
  {
    displayName: 'Email Address',
    name: 'bouncedEmail',
    type: 'string',
    required: true,
    displayOptions: forBounced,
    default: '={{ $json.email }}',
    description: 'Who opted out stays as they are; the status of anybody else becomes cleaned',
  },
  {
    displayName: 'Options',
    name: 'bounceOptions',
    type: 'collection',
    placeholder: 'Add Option',
    displayOptions: forBounced,
    default: {},
    options: [
      {
        displayName: 'Customer Number Field',
        name: 'customerNumberField',
        type: 'string',
        default: 'CUSTNO',
        description: 'Tag of the merge field that keeps the customer numbers of a contact',
      },
      {
        displayName: 'Flow Name',
        name: 'flow',
        type: 'string',
        default: '={{ $workflow.name }}',
        description: 'Name of this flow in the ledger rows',
      },
    ],
  },
];
