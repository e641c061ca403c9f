import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { Gateway } from '../../../../connectors/infor/gateway';
import { miError } from '../../../../connectors/infor/m3/answer';
import type { MiRecord } from '../../../../connectors/infor/m3/fields';
import { createMi, TRANSACTIONS_PER_BULK, type MiCall } from '../../../../connectors/infor/m3/mi';
import { failedItem, toNodeError } from '../../../shared/errors';
import { m3 } from '../../../../connectors/infor/m3';
import { settingsOf, type M3Settings } from '../../../../connectors/infor/m3/settings';
import { settingsAt } from '../../line';
import type { Operation, Resource } from '../../operation';
import { callAt, callProperties } from './shared';

const m3SettingsAt = (node: IExecuteFunctions, item: number): M3Settings =>
  settingsOf(settingsAt(node, item, m3));

const call: Operation = {
  value: 'call',
  name: 'Call',
  action: 'Call M3 transaction',
  description: 'Call an MI transaction once for each item',
  properties: callProperties,
  async execute(node, gateway, itemIndex) {
    const records = await createMi(gateway, m3SettingsAt(node, itemIndex)).call(callAt(node, itemIndex));
    return records.length > 0 ? records : [{ success: true }];
  },
};

/** What became of one item: records, or the reason why there are none. */
type Outcome = MiRecord[] | Error;

interface Prepared {
  item: number;
  call: MiCall;
  settings: M3Settings;
}

/** Items that M3 can take in one request: the same program in the same company. */
const groupOf = ({ call: { program, maxRecords }, settings }: Prepared): string =>
  JSON.stringify([program, maxRecords, settings.company, settings.division]);

/** One request's worth. When it fails, only its own items fail: earlier ones may have changed M3 already. */
async function sendBlock(gateway: Gateway, block: Prepared[], outcomes: Outcome[]): Promise<void> {
  const { call: first, settings } = block[0]!;
  const calls = block.map(({ call: one }) => one);
  try {
    const results = await createMi(gateway, settings).bulk(first.program, calls);
    results.forEach((result, i) => {
      const { program, transaction } = calls[i]!;
      outcomes[block[i]!.item] =
        'records' in result ? result.records : miError(program, transaction, result.error);
    });
  } catch (error) {
    for (const { item } of block) outcomes[item] = error as Error;
  }
}

/** Reads every item's input before the first request; an item that cannot be read is its own error. */
function prepare(node: IExecuteFunctions, outcomes: Outcome[]): Prepared[] {
  return node.getInputData().flatMap((_, item) => {
    try {
      return [{ item, call: callAt(node, item), settings: m3SettingsAt(node, item) }];
    } catch (error) {
      if (!node.continueOnFail()) throw toNodeError(node.getNode(), error, item);
      outcomes[item] = error as Error;
      return [];
    }
  });
}

function itemsOf(node: IExecuteFunctions, outcome: Outcome, item: number): INodeExecutionData[] {
  if (Array.isArray(outcome)) {
    const records = outcome.length > 0 ? outcome : [{ success: true }];
    return records.map((json) => ({ json, pairedItem: { item } }));
  }
  if (!node.continueOnFail()) throw toNodeError(node.getNode(), outcome, item);
  return [failedItem(node.getNode(), outcome, item)];
}

const callInBulk: Operation = {
  value: 'callInBulk',
  name: 'Call in Bulk',
  action: 'Call M3 transaction in bulk',
  description: 'Call an MI transaction for all items with as few requests as possible',
  properties: callProperties,
  execute: async () => [],
  async executeAll(node, gateway) {
    const outcomes: Outcome[] = [];
    const groups = new Map<string, Prepared[]>();
    for (const one of prepare(node, outcomes)) {
      const group = groups.get(groupOf(one)) ?? [];
      group.push(one);
      groups.set(groupOf(one), group);
    }
    for (const group of groups.values()) {
      for (let start = 0; start < group.length; start += TRANSACTIONS_PER_BULK) {
        await sendBlock(gateway, group.slice(start, start + TRANSACTIONS_PER_BULK), outcomes);
      }
    }
    return outcomes.flatMap((outcome, item) => itemsOf(node, outcome, item));
  },
};

export const m3Transaction: Resource = {
  value: 'm3Transaction',
  name: 'M3 Transaction',
  lines: ['m3'],
  operations: [call, callInBulk],
};
