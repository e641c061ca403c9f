import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { ConnectorError } from '../../../../../connectors/errors';
import { addressLengthOf } from '../../../../../connectors/infor/m3/applyChanges';
import type { BackField, BackSettings } from '../../../../../sync/contactChangeTypes';
import { CONTACT_FIELDS, CUSTOMER_FIELDS } from './fields';

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

/** @throws ConnectorError SYNC_SETTING */
export function backSettingsAt(node: IExecuteFunctions, emailHome: string): BackSettings {
  const rows = node.getNodeParameter('backFields.field', 0, []) as IDataObject[];
  const isEntry = emailHome === 'CRS618MI';
  const fields = rows.map((row) => fieldOf(row, isEntry ? CONTACT_FIELDS : CUSTOMER_FIELDS));
  return {
    addressChanges: node.getNodeParameter('addressChanges', 0, 'update') as BackSettings['addressChanges'],
    maxAddressLength: addressLengthOf(emailHome),
    fieldHome: isEntry ? 'entry' : 'customer',
    fields,
  };
}
