import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { ConnectorError } from '../../../../connectors/errors';
import type { Party } from '../../../../sync/party';
import { crossReferenceFields } from '../../crossReference';

export const emailHome: INodeProperties = {
  displayName: 'Email Home',
  name: 'emailHome',
  type: 'options',
  options: [
    {
      name: 'Contact Persons (CRS618)',
      value: 'CRS618MI',
      description: 'The addresses of the customer’s contact persons',
    },
    { name: 'Customer Record (CRS610)', value: 'MAIL', description: 'The field MAIL of the customer' },
    {
      name: 'Email Repository (CRS111)',
      value: 'CRS111MI',
      description: 'The customer’s entry in the e-mail repository',
    },
  ],
  default: 'MAIL',
  description: 'Where your company keeps the e-mail addresses of its customers',
};

export const commonOptions: INodeProperties[] = [
  {
    displayName: 'Active Status Codes',
    name: 'activeStatuses',
    type: 'string',
    default: '20',
    description: 'Customer statuses that mean active, separated by commas',
  },
  {
    displayName: 'Contact Reference Type',
    name: 'contactReferenceType',
    type: 'string',
    default: '',
    description:
      'Type of the reference by which a contact person belongs to a customer (CRS618, field ERTP). Empty for any, also a supplier of the same number.',
  },
  {
    displayName: 'Email Type',
    name: 'emailType',
    type: 'string',
    default: '04',
    description: 'Type of the customers’ entries in the e-mail repository (CRS111, field EMTP)',
  },
];

export const withCrossReference: INodeProperties = {
  displayName: 'Include Cross-Reference',
  name: 'withCrossReference',
  type: 'boolean',
  default: false,
  description:
    'Whether to read what the customer keeps about its Mailchimp contact. Needed where an address changes and the contact stays.',
};

/** Shown only where cross-references are read. */
export const crossReferenceFieldsIfRead: INodeProperties = {
  ...crossReferenceFields,
  displayOptions: { show: { withCrossReference: [true] } },
};

export const simplify: INodeProperties = {
  displayName: 'Simplify',
  name: 'simplify',
  type: 'boolean',
  default: true,
  description: 'Whether to return a simplified version of the response instead of the raw data',
};

export const withFinancials: INodeProperties = {
  displayName: 'Include Financial Status',
  name: 'withFinancials',
  type: 'boolean',
  default: false,
  description: 'Whether to read what the financial status needs (customer stop, overdue amount)',
};

/** @throws ConnectorError SYNC_SETTING when it is empty: then every customer would count as inactive */
export function activeStatusesOf(options: IDataObject): string[] {
  const codes = String(options.activeStatuses ?? '20')
    .split(',')
    .map((code) => code.trim())
    .filter((code) => code !== '');
  if (codes.length > 0) return codes;
  throw new ConnectorError(
    'SYNC_SETTING',
    '“Active Status Codes” is empty.',
    'Enter the customer statuses that mean active, such as 20, or remove the option.',
  );
}

/** Simplified: the party without the source's own fields. */
export function toJson(party: Party, simplified: boolean): IDataObject {
  const { raw, ...simple } = party;
  return (simplified ? simple : { ...simple, raw }) as unknown as IDataObject;
}
