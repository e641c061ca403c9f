import type { INodeExecutionData } from 'n8n-workflow';
import { miError, type MiResult } from '../../../../connectors/infor/m3/answer';
import { createMi, type MiCall } from '../../../../connectors/infor/m3/mi';
import { errorJson, toNodeError } from '../../../shared/errors';
import { settingsAt, type Operation, type Resource } from '../../operation';
import { callAt, callProperties } from './shared';

const call: Operation = {
  value: 'call',
  name: 'Call',
  action: 'Call M3 transaction',
  description: 'Call an MI transaction once for each item',
  properties: callProperties,
  async execute(node, gateway, itemIndex) {
    const records = await createMi(gateway, settingsAt(node, itemIndex)).call(callAt(node, itemIndex));
    return records.length > 0 ? records : [{ success: true }];
  },
};

const itemsOf = (result: MiResult, item: number): INodeExecutionData[] => {
  if ('error' in result) return [{ json: { success: false, ...result.error }, pairedItem: { item } }];
  const records = result.records.length > 0 ? result.records : [{ success: true }];
  return records.map((json) => ({ json, pairedItem: { item } }));
};

/** Items that call the same program go together; each keeps its own outcome. */
function byProgram(calls: MiCall[]): Map<string, number[]> {
  const groups = new Map<string, number[]>();
  calls.forEach(({ program }, index) => groups.set(program, [...(groups.get(program) ?? []), index]));
  return groups;
}

const callInBulk: Operation = {
  value: 'callInBulk',
  name: 'Call in Bulk',
  action: 'Call M3 transaction in bulk',
  description: 'Call an MI transaction for all items with as few requests as possible',
  properties: callProperties,
  execute: async () => [],
  async executeAll(node, gateway) {
    const calls = node.getInputData().map((_, index) => callAt(node, index));
    const results: MiResult[] = [];
    const mi = createMi(gateway, settingsAt(node, 0));
    for (const [program, indices] of byProgram(calls)) {
      const answers = await mi.bulk(
        program,
        indices.map((index) => calls[index]!),
      );
      indices.forEach((index, i) => (results[index] = answers[i]!));
    }
    return results.flatMap((result, index) => {
      if ('records' in result) return itemsOf(result, index);
      const error = miError(calls[index]!.program, calls[index]!.transaction, result.error);
      if (!node.continueOnFail()) throw toNodeError(node.getNode(), error, index);
      return [{ json: errorJson(error), pairedItem: { item: index } }];
    });
  },
};

export const m3Transaction: Resource = {
  value: 'm3Transaction',
  name: 'M3 Transaction',
  operations: [call, callInBulk],
};
