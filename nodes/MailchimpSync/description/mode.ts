import type { INodeProperties } from 'n8n-workflow';

/** The parameter “Mode” of every operation that plans before it writes. */
export const modeProperty: INodeProperties = {
  displayName: 'Mode',
  name: 'mode',
  type: 'options',
  noDataExpression: true,
  options: [
    { name: 'Apply', value: 'apply', description: 'Write what the plan says' },
    { name: 'Plan', value: 'plan', description: 'Show what would be written and write nothing (dry run)' },
  ],
  default: 'plan',
};
