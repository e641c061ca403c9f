import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { ConnectorError } from '../../connectors/errors';
import type { ReferenceSettings } from '../../connectors/infor/m3/references';

const DEFAULTS = {
  addressHashField: 'A130',
  audienceIdField: 'A230',
  contactIdField: 'A121',
  file: 'OCUSMA',
  fixedKeys: '',
  keyField: 'PK01',
  preferenceField: 'A030',
};

function field(displayName: string, name: keyof typeof DEFAULTS, description: string): INodeProperties {
  const usual = DEFAULTS[name];
  return { displayName, name, type: 'string', default: usual, description };
}

/** Where the customer keeps its contact's id and preference (M3: CUSEXTMI). */
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
      'Keeps a hash of the address on which both systems last agreed: 30 characters. It tells who changed an address.',
    ),
    field('Audience ID Field', 'audienceIdField', 'Keeps the ID of the audience: 10 characters'),
    field('Contact ID Field', 'contactIdField', 'Keeps Mailchimp’s contact ID: 32 characters'),
    field('File', 'file', 'FILE of the custom fields in CUSEXTMI'),
    field(
      'Fixed Keys',
      'fixedKeys',
      'Further keys that are the same for every customer, such as PK02=MAIL, PK03=1',
    ),
    field('Key Field', 'keyField', 'Key of CUSEXTMI that holds the customer number'),
    field(
      'Preference Field',
      'preferenceField',
      'Keeps the contact’s status, such as unsubscribed: 13 characters',
    ),
  ],
};

const refuse = (what: string): ConnectorError =>
  new ConnectorError('SYNC_SETTING', what, 'Correct it under “Cross-Reference Fields”.');

function keysOf(text: string): Record<string, string> {
  const pairs = text
    .split(',')
    .map((pair) => pair.trim())
    .filter((pair) => pair !== '');
  return Object.fromEntries(
    pairs.map((pair): [string, string] => {
      const match = /^(PK0[1-8])\s*=\s*(.*)$/.exec(pair);
      if (!match) throw refuse(`“${pair}” is no key of the form PK02=VALUE.`);
      return [match[1]!, match[2]!];
    }),
  );
}

/** @throws ConnectorError SYNC_SETTING */
export function referencesAt(node: IExecuteFunctions, itemIndex: number): ReferenceSettings {
  const given = node.getNodeParameter('crossReferenceFields', itemIndex, {}) as IDataObject;
  const texts = Object.fromEntries(
    Object.entries({ ...DEFAULTS, ...given }).map(([name, value]) => [name, String(value ?? '').trim()]),
  ) as typeof DEFAULTS;
  if (!texts.contactIdField) throw refuse('There is no field for the contact ID.');
  if (!texts.file || !/^PK0[1-8]$/.test(texts.keyField)) throw refuse('The file or its key is not complete.');
  return {
    table: { file: texts.file, keyField: texts.keyField, fixedKeys: keysOf(texts.fixedKeys) },
    fields: {
      addressHash: texts.addressHashField,
      audienceId: texts.audienceIdField,
      contactId: texts.contactIdField,
      preference: texts.preferenceField,
    },
  };
}
