import type { IDataObject, IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { ConnectorError } from '../../../../connectors/errors';
import { reasonText } from '../../../../sync/reasons';
import type { EffectResult } from '../../../../sync/types';
import { textAt } from '../../line';

/** What one item wants of one record. */
export interface Change {
  item: number;
  number: string;
  fields: Record<string, string>;
}

/** Field and value, as often as needed. @param choose how a field is chosen */
export const fieldRows = (name: string, choose: INodeProperties): INodeProperties => ({
  displayName: 'Fields',
  name,
  type: 'fixedCollection',
  typeOptions: { multipleValues: true },
  placeholder: 'Add Field',
  default: {},
  options: [
    {
      displayName: 'Field',
      name: 'field',
      values: [choose, { displayName: 'Value', name: 'value', type: 'string', default: '' }],
    },
  ],
});

/** @throws ConnectorError SYNC_SETTING when a number or every field is missing */
export function changeAt(node: IExecuteFunctions, item: number, rowsName: string): Change {
  const number = textAt(node, 'number', item);
  const rows = node.getNodeParameter(`${rowsName}.field`, item, []) as IDataObject[];
  const pairs = rows.map(({ field, value }): [string, string] => [
    String(field ?? '').trim(),
    String(value ?? '').trim(),
  ]);
  if (number !== '' && pairs.length > 0 && pairs.every(([field]) => field !== ''))
    return { item, number, fields: Object.fromEntries(pairs) };
  throw new ConnectorError(
    'SYNC_SETTING',
    'A number or a field is missing.',
    'Enter the number of the record and at least one field with its value.',
  );
}

/** The same record in several items becomes one change, the later item's values counting. */
export function byNumber(changes: Change[]): Map<string, { fields: Record<string, string> }> {
  const wanted = new Map<string, { fields: Record<string, string> }>();
  for (const { number, fields } of changes)
    wanted.set(number, { fields: { ...wanted.get(number)?.fields, ...fields } });
  return wanted;
}

export const UNAVAILABLE: EffectResult = { applied: false, reason: 'infor-unavailable', subject: '' };

export function toItem({ item, number }: Change, result: EffectResult): INodeExecutionData {
  if (result.applied) return { json: { outcome: 'done', number }, pairedItem: { item } };
  const explanation = `${reasonText(result.reason)}${result.subject ? ` (${result.subject})` : ''}`;
  return { json: { outcome: 'attention', number, reason: result.reason, explanation }, pairedItem: { item } };
}
