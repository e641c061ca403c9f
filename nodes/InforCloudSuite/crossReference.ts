import type { INodeProperties } from 'n8n-workflow';
import { PRODUCT_LINES } from '../../connectors/infor/registry';

const field = (displayName: string, name: string, description: string): INodeProperties => ({
  displayName,
  name,
  type: 'string',
  default: '',
  description: `${description}. Empty for the usual field, “none” to keep it nowhere.`,
});

/** Where the record keeps its contact's id and preference; M3: fields of CUSEXTMI. */
export const crossReferenceFields: INodeProperties = {
  displayName: 'Cross-Reference Fields',
  name: 'crossReferenceFields',
  type: 'collection',
  placeholder: 'Add Field',
  default: {},
  options: [
    field(
      'Address Hash Field',
      'addressHashField',
      'Keeps a hash of the address on which both systems last agreed, 30 characters: it tells who changed an address',
    ),
    field('Audience ID Field', 'audienceIdField', 'Keeps the ID of the audience, 10 characters'),
    field('Contact ID Field', 'contactIdField', 'Keeps Mailchimp’s contact ID, 32 characters'),
    field(
      'Preference Field',
      'preferenceField',
      'Keeps the contact’s status, such as unsubscribed, 13 characters',
    ),
  ],
};

/** Shown only where cross-references are read. */
export const crossReferenceFieldsIfRead: INodeProperties = {
  ...crossReferenceFields,
  displayOptions: { show: { withCrossReference: [true] } },
};

const offering = (kind: 'customer' | 'supplier'): string[] =>
  PRODUCT_LINES.filter(({ objects }) => objects[kind].abilities.includes('contactLink')).map(({ id }) => id);

export const withCrossReference = (kind: 'customer' | 'supplier'): INodeProperties => ({
  displayName: 'Include Cross-Reference',
  name: 'withCrossReference',
  type: 'boolean',
  default: false,
  description:
    'Whether to read what the record keeps about its Mailchimp contact. Needed where an address changes and the contact stays.',
  displayOptions: { show: { productLine: offering(kind) } },
});
