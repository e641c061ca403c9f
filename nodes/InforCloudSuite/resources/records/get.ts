import type { IDataObject } from 'n8n-workflow';
import { ConnectorError } from '../../../../connectors/errors';
import type { RecordKind } from '../../../../sync/record';
import { openLine, readable, textAt } from '../../line';
import type { Operation } from '../../operation';
import { activeStatuses, isSimplified, readOptionsAt, readProperties, toJson } from './read';
import { linesWith, WORDS } from './words';

export function getOperation(kind: RecordKind): Operation {
  const { name, one, example } = WORDS[kind];
  return {
    value: 'get',
    name: 'Get',
    action: `Get ${one}`,
    description: `Get one ${one} by its number`,
    lines: linesWith(kind, 'read'),
    properties: [
      {
        displayName: `${name} Number`,
        name: 'number',
        type: 'string',
        required: true,
        default: '',
        placeholder: `e.g. ${example}`,
      },
      ...readProperties(kind),
      {
        displayName: 'Options',
        name: 'getOptions',
        type: 'collection',
        placeholder: 'Add Option',
        default: {},
        options: [activeStatuses],
      },
    ],
    async execute(node, gateway, item) {
      const number = textAt(node, 'number', item);
      if (number === '')
        throw new ConnectorError('SYNC_SETTING', `No ${one} is named.`, 'Enter its number in the node.');
      const options = node.getNodeParameter('getOptions', item, {}) as IDataObject;
      const { type, line } = openLine(node, gateway, item, { kind, ability: 'read' });
      const record = await line.get(kind, number, readable(type, kind, readOptionsAt(node, item, options)));
      if (record) return [toJson(record, isSimplified(node, item))];
      throw new ConnectorError(
        'INFOR_NOT_FOUND',
        `There is no ${one} ${number}.`,
        'Check the number and the company.',
      );
    },
  };
}
