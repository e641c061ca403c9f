import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import type { ProductLineType } from '../../../../connectors/infor/productLine';
import { eventFromItem } from '../../../../sync/transactional/event';
import type { MailInput, MailLog } from '../../../../sync/transactional/mailLog';
import { earlierRows, flowName } from '../../../shared/options';

/** The field of each part; '' keeps it nowhere. */
export type LogFields = Record<keyof MailLog, string>;

const fieldOption = (displayName: string, name: string, description: string) => ({
  displayName,
  name,
  type: 'string' as const,
  default: '',
  description: `${description}, 30 characters. Empty for the usual field, “none” to keep it nowhere.`,
});

export function logFieldsAt(node: IExecuteFunctions, { mailLogFields }: ProductLineType): LogFields {
  const given = node.getNodeParameter('logFields', 0, {}) as IDataObject;
  const fieldOf = (part: keyof MailLog): string => {
    const field = String(given[`${part}Field`] ?? '').trim() || mailLogFields[part];
    return field.toLowerCase() === 'none' ? '' : field;
  };
  return { sent: fieldOf('sent'), state: fieldOf('state'), order: fieldOf('order') };
}

const textIn = (metadata: Record<string, unknown>, name: string): string => {
  const value = Object.hasOwn(metadata, name) ? metadata[name] : undefined;
  return typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
};

const listed = (value: unknown): string[] =>
  (Array.isArray(value) ? value : [])
    .map((number) => String(number).trim())
    .filter((number) => number !== '');

export function mailInputs(node: IExecuteFunctions, options: IDataObject): MailInput[] {
  const name = (option: string, usual: string): string => String(options[option] ?? '').trim() || usual;
  return node.getInputData().flatMap(({ json }, itemIndex): MailInput[] => {
    if (Object.keys(json).length === 0) return [];
    const event = eventFromItem(json);
    const own = event ? textIn(event.metadata, name('customerKey', 'customer_number')) : '';
    return [
      {
        itemIndex,
        event,
        numbers: own ? [own] : listed(json.customerNumbers),
        orderId: event ? textIn(event.metadata, name('orderKey', 'order_id')) : '',
        attempts: Number(json.attempts ?? 0) || 0,
        retryOf: String(json.retryOf ?? ''),
      },
    ];
  });
}

export const logProperties: INodeProperties[] = [
  {
    displayName: 'Log Fields',
    name: 'logFields',
    type: 'collection',
    placeholder: 'Add Field',
    default: {},
    options: [
      fieldOption('Order Field', 'orderField', 'Keeps the order that the mail was about'),
      fieldOption('Sent Field', 'sentField', 'Keeps when the mail was sent, and the start of its ID'),
      fieldOption('State Field', 'stateField', 'Keeps what became of it, such as a bounce'),
    ],
  },
  {
    displayName: 'Options',
    name: 'logOptions',
    type: 'collection',
    placeholder: 'Add Option',
    default: {},
    options: [
      {
        displayName: 'Customer Number Metadata',
        name: 'customerKey',
        type: 'string',
        default: 'customer_number',
        description:
          'Metadata of the message that holds the customer’s number. Without it the message is for all customers with the address.',
      },
      earlierRows,
      flowName,
      {
        displayName: 'Order ID Metadata',
        name: 'orderKey',
        type: 'string',
        default: 'order_id',
        description: 'Metadata of the message that holds the order',
      },
    ],
  },
];
