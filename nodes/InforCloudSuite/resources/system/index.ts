import { productLine } from '../../../../connectors/infor/registry';
import { productLineAt, settingsAt, type Operation, type Resource } from '../../operation';

const getServerTime: Operation = {
  value: 'getServerTime',
  name: 'Get Server Time',
  action: 'Get server time',
  description: 'Get the system’s own time as a cursor for “Changed Since”; take it before the read',
  properties: [],
  async execute(node, gateway, itemIndex) {
    const line = productLine(productLineAt(node, itemIndex), gateway, settingsAt(node, itemIndex));
    return [{ cursor: await line.serverCursor() }];
  },
};

export const system: Resource = { value: 'system', name: 'System', operations: [getServerTime] };
