import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { summary } from '../../../../sync/ledger';
import { toText } from '../../../../sync/money';
import { totalOf } from '../../../../sync/receivable/amounts';
import type { OrderEffect, OrderInput, ReceivableEffect } from '../../../../sync/receivable/types';
import type { RecordOutcome } from '../../../../sync/types';
import { endOfRun } from '../../../../sync/unfinished';
import { runContextOf } from '../../../shared/runContext';
import { openLine, textAt } from '../../line';
import type { Operation } from '../../operation';
import { PRODUCT_LINES } from '../../../../connectors/infor/registry';
import { offeredReceivable, postingAt, postProperties, receivableSettings } from './parameters';
import { toOrderInput } from './readOrders';
import { postOrders } from './run';

const voucherJson = ({ voucher, amounts, currency, decimals, date }: ReceivableEffect): IDataObject => ({
  number: voucher,
  total: toText(totalOf(amounts), decimals),
  currency,
  date,
});

function toItem(
  { itemIndex, ...outcome }: RecordOutcome,
  input: OrderInput,
  effects: OrderEffect[],
  mode: string,
): INodeExecutionData {
  const { storeId, orderId } = input;
  const json = {
    mode,
    storeId,
    orderId,
    ...outcome,
    vouchers: effects.filter((effect) => effect.kind === 'receivable').map(voucherJson),
  };
  return { json: json as unknown as IDataObject, pairedItem: { item: itemIndex } };
}

/** n8n puts an empty item where a node had nothing to say. */
const isSaying = ({ json }: INodeExecutionData): boolean => Object.keys(json).length > 0;

const today = (): string => new Date().toISOString().slice(0, 10).replaceAll('-', '');

export const postOrder: Operation = {
  value: 'postOrder',
  name: 'Post Order',
  action: 'Post order as receivable',
  description: 'Post orders of a Mailchimp store, their refunds and cancellations, exactly once',
  lines: PRODUCT_LINES.filter(({ receivable }) => 'what' in receivable).map(({ id }) => id),
  properties: postProperties,
  execute: async () => [],
  async executeAll(node, gateway) {
    const { type, line } = openLine(node, gateway, 0);
    const receivable = offeredReceivable(type);
    const posting = postingAt(node, receivable);
    const options = node.getNodeParameter('postOptions', 0, {}) as IDataObject;
    const mode = node.getNodeParameter('mode', 0) as 'plan' | 'apply';
    const context = runContextOf(node, { mode, options, audienceId: 'orders' });
    const inputs = node
      .getInputData()
      .flatMap((item, index) =>
        isSaying(item) ? [toOrderInput(item, index, textAt(node, 'voucherText', index))] : [],
      );
    if (inputs.length === 0) return [];
    const { outcomes, plan } = await postOrders(line, line.receivables!(posting), {
      inputs,
      settings: receivableSettings(options, receivable, posting, today()),
      emailHome: String(options.emailHome ?? '').trim(),
      context,
    });
    if (context.mode === 'apply') outcomes[0]!.ledger.push(...endOfRun(outcomes, context));
    const verb = context.mode === 'plan' ? 'Planned, nothing posted' : 'Posted';
    node.addExecutionHints({
      message: `${verb}: ${summary(outcomes)}`,
      type: 'info',
      location: 'outputPane',
    });
    return outcomes.map((outcome, i) => toItem(outcome, inputs[i]!, plan.records[i]!.effects, context.mode));
  },
};
