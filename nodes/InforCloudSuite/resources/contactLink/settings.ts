import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { ConnectorError } from '../../../../connectors/errors';
import type { AddressHome } from '../../../../connectors/infor/homes';
import type { ProductLineType } from '../../../../connectors/infor/productLine';
import type { BackField, BackSettings } from '../../../../sync/contactChangeTypes';

function fieldOf({ tag, field }: IDataObject, lengths: Record<string, number>): BackField {
  const name = String(field ?? '').trim();
  const merge = String(tag ?? '').trim();
  const maxLength = lengths[name];
  if (maxLength !== undefined && merge !== '') return { tag: merge, field: name, maxLength };
  throw new ConnectorError(
    'SYNC_SETTING',
    `“Fields From Contact” cannot bring ${merge || 'an unnamed merge field'} to ${name || 'an unnamed field'}.`,
    `Give a merge tag and one of these fields: ${Object.keys(lengths).join(', ')}.`,
  );
}

/** Where a contact's fields go, without the field that holds the address: that one has rules of its own. */
export function contactFieldsOf(
  { objects }: ProductLineType,
  kind: 'customer' | 'supplier',
  { fieldsGoTo, entryFields, field }: AddressHome,
): Record<string, number> {
  const lengths = fieldsGoTo === 'entry' ? (entryFields ?? {}) : objects[kind].updatable;
  return Object.fromEntries(Object.entries(lengths).filter(([name]) => name !== field));
}

/** @throws ConnectorError SYNC_SETTING */
export function backSettingsAt(
  node: IExecuteFunctions,
  { maxLength, fieldsGoTo }: AddressHome,
  lengths: Record<string, number>,
): BackSettings {
  const rows = node.getNodeParameter('backFields.field', 0, []) as IDataObject[];
  return {
    addressChanges: node.getNodeParameter('addressChanges', 0, 'update') as BackSettings['addressChanges'],
    maxAddressLength: maxLength,
    fieldHome: fieldsGoTo,
    fields: rows.map((row) => fieldOf(row, lengths)),
  };
}
