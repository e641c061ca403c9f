import { openLine } from '../../line';
import type { Operation, Resource } from '../../operation';

const getServerTime: Operation = {
  value: 'getServerTime',
  name: 'Get Server Time',
  action: 'Get server time',
  description: 'Get the system’s own time as a cursor for “Changed Since”; take it before the read',
  properties: [],
  async execute(node, gateway, itemIndex) {
    const { line } = openLine(node, gateway, itemIndex);
    return [{ cursor: await line.serverCursor() }];
  },
};

export const system: Resource = { value: 'system', name: 'System', operations: [getServerTime] };
