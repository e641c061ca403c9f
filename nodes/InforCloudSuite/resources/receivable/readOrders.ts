import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { readMember } from '../../../../sync/member';
import { readOrder } from '../../../../sync/order';
import type { OrderInput } from '../../../../sync/receivable/types';

const numbersOf = (value: unknown): string[] =>
  (Array.isArray(value) ? value : [])
    .map((number) => String(number).trim())
    .filter((number) => number !== '');

/** An item of the order trigger or of Order → Get Many; a bare order of the Mailchimp API is fine too. */
export function toOrderInput({ json }: INodeExecutionData, itemIndex: number, text: string): OrderInput {
  const source = (json.order ?? json) as IDataObject;
  const storeId = String(json.storeId ?? source.store_id ?? '');
  const read = readOrder(source, storeId);
  return {
    itemIndex,
    ...('order' in read ? { order: read.order } : { order: undefined, problem: read.problem }),
    orderId: String(source.id ?? ''),
    storeId,
    member: readMember(json.member),
    numbers: numbersOf(json.customerNumbers),
    text,
    attempts: Number(json.attempts ?? 0) || 0,
    retryOf: String(json.retryOf ?? ''),
  };
}
