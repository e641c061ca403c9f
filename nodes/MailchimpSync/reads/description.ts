import type { INodeProperties } from 'n8n-workflow';
import { storeProperty } from '../../shared/store';
import { READS, type ReadResource } from './resources';
import { customerNumberField } from '../../shared/options';

const names = (fits: (read: ReadResource) => boolean): string[] =>
  READS.filter(fits).map(({ value }) => value);

const shown = (resource: string[], operation = ['get', 'getAll']) => ({ show: { resource, operation } });

const get = (one: string) => ({
  name: 'Get',
  value: 'get',
  action: `Get ${one}`,
  description: `Get one ${one} by its ID`,
});

const getMany = (many: string) => ({
  name: 'Get Many',
  value: 'getAll',
  action: `Get many ${many}`,
  description: `Get many ${many}, 1,000 an answer`,
});

const getCurrent = {
  name: 'Get Current',
  value: 'getCurrent',
  action: 'Get current orders',
  description: 'Get the orders of the input as they are now, each once',
};

const ensure = {
  name: 'Ensure',
  value: 'ensure',
  action: 'Ensure segments',
  description:
    'Create saved segments, or bring their conditions up to date, with a preview of who is in them',
};

const operationsOf = ({ value, one, many }: ReadResource) => {
  if (value === 'order') return [get(one), getCurrent, getMany(many)];
  return value === 'segment' ? [ensure, get(one), getMany(many)] : [get(one), getMany(many)];
};

const operations: INodeProperties[] = READS.map((read) => ({
  displayName: 'Operation',
  name: 'operation',
  type: 'options',
  noDataExpression: true,
  displayOptions: { show: { resource: [read.value] } },
  options: operationsOf(read),
  default: 'getAll',
}));

const inside = (parent: string, displayName: string): INodeProperties => ({
  displayName,
  name: parent,
  type: 'string',
  required: true,
  default: '',
  displayOptions: shown(names(({ path }) => path.includes(`{${parent}}`))),
});

const filters: INodeProperties[] = READS.filter((read) => read.filters.length > 0).map((read) => ({
  displayName: 'Filters',
  name: 'readFilters',
  type: 'collection',
  placeholder: 'Add Filter',
  default: {},
  displayOptions: shown([read.value], ['getAll']),
  options: read.filters.map(({ name, label, type, description, choices }) => ({
    ...{ displayName: label, name, type, description },
    ...(choices ?? { default: '' }),
  })),
}));

const all = names(() => true);

/** Parameters of everything that is only read. */
export const readProperties: INodeProperties[] = [
  ...operations,
  { ...storeProperty, displayOptions: shown(names(({ path }) => path.includes('{store}'))) },
  inside('order', 'Order ID'),
  inside('product', 'Product ID'),
  {
    displayName: 'ID',
    name: 'recordId',
    type: 'string',
    required: true,
    default: '',
    displayOptions: shown(all, ['get']),
    description: 'ID of the record',
  },
  {
    displayName: 'Return All',
    name: 'returnAll',
    type: 'boolean',
    default: false,
    displayOptions: shown(all, ['getAll']),
    description: 'Whether to return all results or only up to a given limit',
  },
  {
    displayName: 'Limit',
    name: 'limit',
    type: 'number',
    typeOptions: { minValue: 1 },
    default: 50,
    displayOptions: { show: { resource: all, operation: ['getAll'], returnAll: [false] } },
    description: 'Max number of results to return',
  },
  {
    displayName: 'Simplify',
    name: 'simplify',
    type: 'boolean',
    default: true,
    displayOptions: shown(all),
    description: 'Whether to return a simplified version of the response instead of the raw data',
  },
  ...filters,
  {
    displayName: 'Options',
    name: 'orderOptions',
    type: 'collection',
    placeholder: 'Add Option',
    default: {},
    displayOptions: shown(['order'], ['get', 'getAll', 'getCurrent']),
    options: [
      {
        displayName: 'Changed in Last (Days)',
        name: 'changedDays',
        type: 'number',
        typeOptions: { minValue: 0 },
        default: 0,
        description:
          'Only orders whose own times are that recent (Get Many); 0 for all. Mailchimp has no such filter, so all of them are read.',
      },
      customerNumberField,
      {
        displayName: 'Read the Contact',
        name: 'readContact',
        type: 'boolean',
        default: true,
        description: 'Whether to read the buyer’s contact, whose customer numbers tell who bought',
      },
    ],
  },
];
