import type { INodeProperties } from 'n8n-workflow';
import { ConnectorError } from '../../../../connectors/errors';
import { writeCarefully } from '../../../../connectors/infor/careful';
import { openLine, textAt } from '../../line';
import type { Operation } from '../../operation';
import { byNumber, changeAt, fieldRows, toItem, UNAVAILABLE } from './change';
import { linesWith, WORDS } from './words';

type PartyKind = 'customer' | 'supplier';

const numberOf = (kind: PartyKind): INodeProperties => ({
  displayName: `${WORDS[kind].name} Number`,
  name: 'number',
  type: 'string',
  required: true,
  default: '',
  placeholder: `e.g. ${WORDS[kind].example}`,
});

/** All items in as few requests as the system allows. */
export const getCustomFields = (kind: PartyKind): Operation => ({
  value: 'getCustomFields',
  name: 'Get Custom Fields',
  action: `Get custom fields of ${WORDS[kind].many}`,
  description: 'Get the fields that your company has added to the record',
  lines: linesWith(kind, 'customFields'),
  properties: [numberOf(kind)],
  execute: async () => [],
  async executeAll(node, gateway) {
    const { line } = openLine(node, gateway, 0, { kind, ability: 'customFields' });
    const numbers = node.getInputData().map((_, item) => textAt(node, 'number', item));
    if (numbers.includes(''))
      throw new ConnectorError('SYNC_SETTING', 'A number is missing.', 'Enter the number of the record.');
    const rows = await line.homes(kind).customFields.read([...new Set(numbers)]);
    return numbers.map((number, item) => ({
      json: { number, fields: rows.get(number) ?? {} },
      pairedItem: { item },
    }));
  },
});

export const setCustomFields = (kind: PartyKind): Operation => ({
  value: 'setCustomFields',
  name: 'Set Custom Fields',
  action: `Set custom fields of ${WORDS[kind].many}`,
  description: 'Set fields that your company has added to the record, only those that differ',
  lines: linesWith(kind, 'customFields'),
  properties: [
    numberOf(kind),
    fieldRows('customFields', {
      displayName: 'Field Name',
      name: 'field',
      type: 'string',
      default: '',
      placeholder: 'e.g. A030',
      description: 'As your system names it; M3: a field of CUSEXTMI',
    }),
  ],
  execute: async () => [],
  async executeAll(node, gateway) {
    const { line } = openLine(node, gateway, 0, { kind, ability: 'customFields' });
    const changes = node.getInputData().map((_, item) => changeAt(node, item, 'customFields'));
    const results = await writeCarefully(line.homes(kind).customFields, byNumber(changes));
    return changes.map((change) => toItem(change, results.get(change.number) ?? UNAVAILABLE));
  },
});
