import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { ConnectorError } from '../../../../connectors/errors';
import type { PartyQuery } from '../../../../connectors/infor/productLine';
import { productLine } from '../../../../connectors/infor/registry';
import { readFrom } from '../../../../sync/cursor';
import { productLineAt, settingsAt, type Operation } from '../../operation';
import {
  activeStatusesOf,
  commonOptions,
  emailHome,
  simplify,
  toJson,
  withCrossReference,
  withFinancials,
  crossReferenceFieldsIfRead,
} from './shared';

const DEFAULT_OVERLAP_MINUTES = 10;

function changedSinceOf(
  node: IExecuteFunctions,
  itemIndex: number,
  options: IDataObject,
): string | undefined {
  const given = String(node.getNodeParameter('changedSince', itemIndex, '') ?? '');
  const overlap = Math.max(0, Number(options.overlapMinutes ?? DEFAULT_OVERLAP_MINUTES));
  const from = readFrom(given, overlap);
  if (from !== undefined) return from || undefined;
  throw new ConnectorError(
    'SYNC_SETTING',
    '“Changed Since” is neither a cursor nor a date.',
    'Use the cursor of “Get Server Time”, a date such as 2026-01-31, or leave it empty for all customers.',
  );
}

function filterOf(options: IDataObject): Record<string, string> {
  const rows = ((options.filters as IDataObject | undefined)?.filter ?? []) as IDataObject[];
  return Object.fromEntries(
    rows
      .map(({ field, value }) => [
        String(field ?? '')
          .trim()
          .toUpperCase(),
        String(value ?? '').trim(),
      ])
      .filter(([field, value]) => field !== '' || value !== ''),
  );
}

function limitAt(node: IExecuteFunctions, itemIndex: number): number | undefined {
  if (node.getNodeParameter('returnAll', itemIndex, false) as boolean) return undefined;
  const limit = Number(node.getNodeParameter('limit', itemIndex, 50));
  if (Number.isInteger(limit) && limit > 0) return limit;
  throw new ConnectorError('SYNC_SETTING', '“Limit” is not a number above 0.', 'Enter a whole number.');
}

function queryOf(node: IExecuteFunctions, itemIndex: number, options: IDataObject): PartyQuery {
  return {
    changedSince: changedSinceOf(node, itemIndex, options),
    startAfter: String(options.startAfter ?? '').trim() || undefined,
    limit: limitAt(node, itemIndex),
    filter: filterOf(options),
    emailHome: node.getNodeParameter('emailHome', itemIndex) as string,
    withFinancials: node.getNodeParameter('withFinancials', itemIndex, false) as boolean,
    withCrossReference: node.getNodeParameter('withCrossReference', itemIndex, false) as boolean,
    activeStatuses: activeStatusesOf(options),
  };
}

export const getAll: Operation = {
  value: 'getAll',
  name: 'Get Many',
  action: 'Get many customers',
  description: 'Get all customers, or those that changed',
  properties: [
    {
      displayName: 'Return All',
      name: 'returnAll',
      type: 'boolean',
      default: false,
      description: 'Whether to return all results or only up to a given limit',
    },
    {
      displayName: 'Limit',
      name: 'limit',
      type: 'number',
      typeOptions: { minValue: 1 },
      default: 50,
      description: 'Max number of results to return',
      displayOptions: { show: { returnAll: [false] } },
    },
    {
      displayName: 'Changed Since',
      name: 'changedSince',
      type: 'string',
      default: '',
      placeholder: 'e.g. 2026-01-31',
      description:
        'Only customers that changed since then: a cursor of “Get Server Time”, or a date. Empty for all.',
    },
    emailHome,
    withFinancials,
    withCrossReference,
    crossReferenceFieldsIfRead,
    simplify,
    {
      displayName: 'Options',
      name: 'getAllOptions',
      type: 'collection',
      placeholder: 'Add Option',
      default: {},
      options: [
        ...commonOptions,
        {
          displayName: 'Filters',
          name: 'filters',
          type: 'fixedCollection',
          typeOptions: { multipleValues: true },
          default: {},
          options: [
            {
              displayName: 'Filter',
              name: 'filter',
              values: [
                {
                  displayName: 'Field',
                  name: 'field',
                  type: 'string',
                  default: '',
                  placeholder: 'e.g. CUCL',
                },
                { displayName: 'Value', name: 'value', type: 'string', default: '', placeholder: 'e.g. 100' },
              ],
            },
          ],
          description:
            'Fields of CRS610MI/LstByNumber that must have a value, such as the customer group CUCL',
        },
        {
          displayName: 'Overlap (Minutes)',
          name: 'overlapMinutes',
          type: 'number',
          typeOptions: { minValue: 0 },
          default: DEFAULT_OVERLAP_MINUTES,
          description:
            'How far before “Changed Since” the read begins, so that nothing is missed. It costs reads, never writes.',
        },
        {
          displayName: 'Start After',
          name: 'startAfter',
          type: 'string',
          default: '',
          placeholder: 'e.g. Y30000',
          description: 'Only customers whose number comes after this one',
        },
      ],
    },
  ],
  async execute(node, gateway, itemIndex) {
    const options = node.getNodeParameter('getAllOptions', itemIndex, {}) as IDataObject;
    const line = productLine(productLineAt(node, itemIndex), gateway, settingsAt(node, itemIndex, options));
    const simplified = node.getNodeParameter('simplify', itemIndex, true) as boolean;
    const items: IDataObject[] = [];
    for await (const page of line.listCustomers(queryOf(node, itemIndex, options))) {
      for (const party of page) items.push(toJson(party, simplified));
    }
    return items;
  },
};
