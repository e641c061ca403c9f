import type { INodeProperties } from 'n8n-workflow';

/** Options that several nodes have under one name. */

export const customerNumberField: INodeProperties = {
  displayName: 'Customer Number Field',
  name: 'customerNumberField',
  type: 'string',
  default: 'CUSTNO',
  description: 'Tag of the merge field that keeps the customer numbers of a contact',
};

export const earlierRows: INodeProperties = {
  displayName: 'Earlier Rows',
  name: 'earlierRows',
  type: 'json',
  default: '[]',
  description:
    'Failed and quarantined rows of the ledger. Their attempts go on being counted, and what was tried five times is left alone.',
};

export const unfinishedRuns: INodeProperties = {
  displayName: 'Unfinished Runs',
  name: 'unfinishedRuns',
  type: 'json',
  default: '[]',
  description:
    'Rows of the ledger, among them those of runs that began to write and did not end. Each record of this run that they can have written gets a row that says so.',
};

export const flowName: INodeProperties = {
  displayName: 'Flow Name',
  name: 'flow',
  type: 'string',
  default: '={{ $workflow.name }}',
  description: 'Name of this flow in the ledger rows',
};
