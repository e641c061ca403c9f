import type { INodeProperties } from 'n8n-workflow';
import { forBounced } from './shownFor';
import { customerNumberField, flowName } from '../../shared/options';

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
    options: [customerNumberField, flowName],
  },
];
