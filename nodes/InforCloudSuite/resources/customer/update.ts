import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { ConnectorError } from '../../../../connectors/errors';
import { productLine } from '../../../../connectors/infor/registry';
import { reasonText } from '../../../../sync/reasons';
import type { EffectResult } from '../../../../sync/types';
import { productLineAt, settingsAt, type Operation } from '../../operation';
import { CUSTOMER_FIELDS } from './contactChanges/fields';

const LENGTHS: Record<string, number> = { ...CUSTOMER_FIELDS, MAIL: 50 };

interface Change {
  item: number;
  number: string;
  fields: Record<string, string>;
  /** A value that does not fit is never cut. */
  tooLong: string[];
}

function changeAt(node: IExecuteFunctions, item: number): Change {
  const number = String(node.getNodeParameter('number', item) ?? '').trim();
  const rows = node.getNodeParameter('updateFields.field', item, []) as IDataObject[];
  const pairs = rows.map(({ field, value }): [string, string] => [
    String(field ?? '').trim(),
    String(value ?? '').trim(),
  ]);
  const unknown = pairs.find(([name]) => LENGTHS[name] === undefined);
  if (!number || pairs.length === 0 || unknown) {
    throw new ConnectorError(
      'SYNC_SETTING',
      unknown
        ? `A customer cannot get the field “${unknown[0]}” here.`
        : 'A customer number or a field is missing.',
      `Choose one of ${Object.keys(LENGTHS).join(', ')}; for others use the resource M3 Transaction.`,
    );
  }
  const tooLong = pairs.filter(([name, value]) => value.length > LENGTHS[name]!).map(([name]) => name);
  return { item, number, fields: Object.fromEntries(pairs), tooLong };
}

const resultOf = ({ tooLong }: Change, written: EffectResult | undefined): EffectResult =>
  tooLong.length > 0
    ? { applied: false, reason: 'value-too-long', subject: tooLong.join(', ') }
    : (written ?? { applied: false, reason: 'infor-unavailable', subject: '' });

function toItem(change: Change, result: EffectResult): INodeExecutionData {
  const { item, number } = change;
  if (result.applied) return { json: { outcome: 'done', number }, pairedItem: { item } };
  const explanation = `${reasonText(result.reason)}${result.subject ? ` (${result.subject})` : ''}`;
  return { json: { outcome: 'attention', number, reason: result.reason, explanation }, pairedItem: { item } };
}

export const update: Operation = {
  value: 'update',
  name: 'Update',
  action: 'Update customer',
  description: 'Change fields of a customer, only those that differ, and never over somebody else’s change',
  properties: [
    {
      displayName: 'Customer Number',
      name: 'number',
      type: 'string',
      required: true,
      default: '',
      placeholder: 'e.g. Y30000',
    },
    {
      displayName: 'Fields',
      name: 'updateFields',
      type: 'fixedCollection',
      typeOptions: { multipleValues: true },
      placeholder: 'Add Field',
      default: {},
      options: [
        {
          displayName: 'Field',
          name: 'field',
          values: [
            {
              displayName: 'CloudSuite Field',
              name: 'field',
              type: 'options',
              options: Object.keys(LENGTHS)
                .sort()
                .map((name) => ({ name, value: name })),
              default: 'PHNO',
            },
            { displayName: 'Value', name: 'value', type: 'string', default: '' },
          ],
        },
      ],
    },
  ],
  execute: async () => [],
  async executeAll(node, gateway) {
    const changes = node.getInputData().map((_, item) => changeAt(node, item));
    const line = productLine(productLineAt(node, 0), gateway, settingsAt(node, 0));
    // The same customer in several items becomes one change, the later item's values counting.
    const wanted = new Map<string, Record<string, string>>();
    for (const { number, fields, tooLong } of changes) {
      if (tooLong.length === 0) wanted.set(number, { ...wanted.get(number), ...fields });
    }
    const results = wanted.size > 0 ? await line.updateCustomers(wanted) : new Map<string, EffectResult>();
    return changes.map((change) => toItem(change, resultOf(change, results.get(change.number))));
  },
};
