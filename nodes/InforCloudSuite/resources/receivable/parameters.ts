import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { ConnectorError } from '../../../../connectors/errors';
import type { ProductLineType } from '../../../../connectors/infor/productLine';
import type { Account, AccountPart, Posting, ReceivableType } from '../../../../connectors/infor/receivables';
import { PRODUCT_LINES } from '../../../../connectors/infor/registry';
import type { EntryPart, ReceivableSettings } from '../../../../sync/receivable/types';
import { propertyOf } from '../../fields';
import { textAt } from '../../line';
import { earlierRows, flowName, unfinishedRuns } from '../../../shared/options';

const mode: INodeProperties = {
  displayName: 'Mode',
  name: 'mode',
  type: 'options',
  noDataExpression: true,
  options: [
    { name: 'Apply', value: 'apply', description: 'Post what the plan says' },
    { name: 'Plan', value: 'plan', description: 'Show what would be posted and post nothing (dry run)' },
  ],
  default: 'plan',
};

const ACCOUNT_PARTS: Array<{ name: string; value: AccountPart; description: string }> = [
  { name: 'Discount', value: 'discount', description: 'Without an account it lowers the goods' },
  { name: 'Goods', value: 'goods', description: 'The revenue' },
  { name: 'Receivable', value: 'receivable', description: 'Only where the system does not find it' },
  { name: 'Refund', value: 'refund', description: 'Without an account it lowers the goods' },
  { name: 'Rounding', value: 'rounding', description: 'Without an account it goes to the goods' },
  { name: 'Shipping', value: 'shipping', description: 'Freight' },
  { name: 'Tax', value: 'tax', description: 'The tax that the shop has charged' },
];

const accounts: INodeProperties = {
  displayName: 'Accounts',
  name: 'accounts',
  type: 'fixedCollection',
  typeOptions: { multipleValues: true },
  placeholder: 'Add Account',
  default: {},
  description: 'Where each part of an order is posted',
  options: [
    {
      displayName: 'Account',
      name: 'account',
      values: [
        {
          displayName: 'Account',
          name: 'account',
          type: 'string',
          default: '',
          placeholder: 'e.g. 3000/100',
          description: 'Its dimensions, separated by slashes',
        },
        { displayName: 'Part', name: 'part', type: 'options', options: ACCOUNT_PARTS, default: 'goods' },
        { displayName: 'Tax Code', name: 'taxCode', type: 'string', default: '' },
      ],
    },
  ],
};

const voucherText: INodeProperties = {
  displayName: 'Voucher Text',
  name: 'voucherText',
  type: 'string',
  default: '=Order {{ $json.order.id }}',
  description: 'Stands on each line of the voucher',
};

const options: INodeProperties = {
  displayName: 'Options',
  name: 'postOptions',
  type: 'collection',
  placeholder: 'Add Option',
  default: {},
  options: [
    {
      displayName: 'Customer ID Is Number',
      name: 'customerIdIsNumber',
      type: 'boolean',
      default: false,
      description: 'Whether the shop’s ID of a buyer is the number of the customer in CloudSuite',
    },
    {
      displayName: 'Date',
      name: 'date',
      type: 'options',
      options: [
        { name: 'Date of the Order', value: 'order', description: 'Credits have the date of the change' },
        {
          name: 'Date of the Run',
          value: 'run',
          description: 'For shops whose orders come after a period closes',
        },
      ],
      default: 'order',
    },
    {
      displayName: 'Email Home',
      name: 'emailHome',
      type: 'string',
      default: '',
      description: 'Where the customers’ addresses live, as in “Customer”; empty for the usual place',
    },
    earlierRows,
    flowName,
    {
      displayName: 'Orders to Post',
      name: 'post',
      type: 'options',
      options: [
        { name: 'All', value: 'all', description: 'Unpaid ones become open receivables' },
        { name: 'Paid', value: 'paid', description: 'An order waits until the shop says that it is paid' },
      ],
      default: 'all',
    },
    unfinishedRuns,
  ],
};

const offered = PRODUCT_LINES.flatMap(({ id, receivable }) =>
  'what' in receivable ? [{ id, receivable }] : [],
);

/** What the product line makes of an order, and what it has to know for it. */
const ofLines: INodeProperties[] = offered.flatMap(({ id, receivable: { what, settings } }) =>
  [
    { displayName: what, name: `${id}Notice`, type: 'notice' as const, default: '' },
    ...settings.map((field) => propertyOf(field, id)),
  ].map((property) => ({ ...property, displayOptions: { show: { productLine: [id] } } })),
);

const withAccounts = offered.filter(({ receivable }) => receivable.accounts.length > 0).map(({ id }) => id);

export const postProperties: INodeProperties[] = [
  mode,
  ...ofLines,
  { ...accounts, displayOptions: { show: { productLine: withAccounts } } },
  voucherText,
  options,
];

/** @throws ConnectorError INFOR_NOT_OFFERED, with the reason that the product line gives */
export function offeredReceivable({ name, receivable }: ProductLineType): ReceivableType {
  if ('what' in receivable) return receivable;
  throw new ConnectorError('INFOR_NOT_OFFERED', `${name} does not offer this.`, receivable.missing);
}

function accountsAt(node: IExecuteFunctions): Posting['accounts'] {
  const rows = node.getNodeParameter('accounts.account', 0, []) as IDataObject[];
  const entries = rows.map(({ part, account, taxCode }): [string, Account] => [
    String(part ?? ''),
    { account: String(account ?? '').trim(), taxCode: String(taxCode ?? '').trim() },
  ]);
  return Object.fromEntries(entries.filter(([, { account }]) => account !== ''));
}

export const postingAt = (node: IExecuteFunctions, { settings }: ReceivableType): Posting => ({
  values: Object.fromEntries(settings.map(({ name }) => [name, textAt(node, name, 0)])),
  accounts: accountsAt(node),
});

/** Parts that go where the goods go unless they have an account of their own. */
const LIKE_GOODS: EntryPart[] = ['discount', 'refund', 'rounding'];

function accountSet(
  { accounts }: Posting,
  { accounts: demanded }: ReceivableType,
): Set<EntryPart> | undefined {
  if (demanded.length === 0) return undefined;
  const own = Object.keys(accounts) as EntryPart[];
  return new Set(own.includes('goods') ? [...own, ...LIKE_GOODS] : own);
}

/** @param today YYYYMMDD */
export const receivableSettings = (
  options: IDataObject,
  type: ReceivableType,
  posting: Posting,
  today: string,
): ReceivableSettings => ({
  voucherLength: type.voucherLength,
  keeps: type.keeps,
  payments: type.wantsPayments?.(posting.values) ?? false,
  post: options.post === 'paid' ? 'paid' : 'all',
  customerIdIsNumber: options.customerIdIsNumber === true,
  today,
  date: options.date === 'run' ? 'run' : 'order',
  accounts: accountSet(posting, type),
});
