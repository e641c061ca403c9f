import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { ConnectorError } from '../../../../connectors/errors';
import type { RecordQuery } from '../../../../connectors/infor/productLine';
import { readFrom } from '../../../../sync/cursor';
import type { RecordKind } from '../../../../sync/record';
import { openLine, readable } from '../../line';
import type { Operation } from '../../operation';
import { activeStatuses, isSimplified, readOptionsAt, readProperties, toJson } from './read';
import { linesWith, WORDS } from './words';

const DEFAULT_OVERLAP_MINUTES = 10;

function changedSinceAt(node: IExecuteFunctions, item: number, options: IDataObject): string | undefined {
  const given = String(node.getNodeParameter('changedSince', item, '') ?? '');
  const overlap = Math.max(0, Number(options.overlapMinutes ?? DEFAULT_OVERLAP_MINUTES));
  const from = readFrom(given, overlap);
  if (from !== undefined) return from || undefined;
  throw new ConnectorError(
    'SYNC_SETTING',
    '“Changed Since” is neither a cursor nor a date.',
    'Use the cursor of “Get Server Time”, a date such as 2026-01-31, or leave it empty for all.',
  );
}

/** Source field → value, of the option “Filters”. */
export function filterOf(options: IDataObject): Record<string, string> {
  const rows = ((options.filters as IDataObject | undefined)?.filter ?? []) as IDataObject[];
  return Object.fromEntries(
    rows
      .map(({ field, value }) => [String(field ?? '').trim(), String(value ?? '').trim()])
      .filter(([field, value]) => field !== '' || value !== ''),
  );
}

function limitAt(node: IExecuteFunctions, item: number): number | undefined {
  if (node.getNodeParameter('returnAll', item, false) as boolean) return undefined;
  const limit = Number(node.getNodeParameter('limit', item, 50));
  if (Number.isInteger(limit) && limit > 0) return limit;
  throw new ConnectorError('SYNC_SETTING', '“Limit” is not a number above 0.', 'Enter a whole number.');
}

const queryAt = (node: IExecuteFunctions, item: number, options: IDataObject): RecordQuery => ({
  ...readOptionsAt(node, item, options),
  changedSince: changedSinceAt(node, item, options),
  startAfter: String(options.startAfter ?? '').trim() || undefined,
  limit: limitAt(node, item),
  filter: filterOf(options),
});

export const filters: INodeProperties = {
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
        { displayName: 'Field', name: 'field', type: 'string', default: '', placeholder: 'e.g. CUCL' },
        { displayName: 'Value', name: 'value', type: 'string', default: '', placeholder: 'e.g. 100' },
      ],
    },
  ],
  description: 'Fields of the source that must have a value, such as the customer group CUCL of M3',
};

const optionsFor = (many: string, example: string): INodeProperties[] => [
  activeStatuses,
  filters,
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
    placeholder: `e.g. ${example}`,
    description: `Only ${many} whose number comes after this one`,
  },
];

const limits: INodeProperties[] = [
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
];

const changedSince = (kind: RecordKind): INodeProperties => {
  const lines = linesWith(kind, 'changes');
  return {
    displayName: 'Changed Since',
    name: 'changedSince',
    type: 'string',
    default: '',
    placeholder: 'e.g. 2026-01-31',
    description: `Only ${WORDS[kind].many} that changed since then: a cursor of “Get Server Time”, or a date. Empty for all.`,
    ...(lines ? { displayOptions: { show: { productLine: lines } } } : {}),
  };
};

export function getAllOperation(kind: RecordKind): Operation {
  const { many, example } = WORDS[kind];
  return {
    value: 'getAll',
    name: 'Get Many',
    action: `Get many ${many}`,
    description: `Get many ${many}: all, or those that changed`,
    lines: linesWith(kind, 'read'),
    properties: [
      ...limits,
      changedSince(kind),
      ...readProperties(kind),
      {
        displayName: 'Options',
        name: 'getAllOptions',
        type: 'collection',
        placeholder: 'Add Option',
        default: {},
        options: optionsFor(many, example),
      },
    ],
    async execute(node, gateway, item) {
      const options = node.getNodeParameter('getAllOptions', item, {}) as IDataObject;
      const query = queryAt(node, item, options);
      const ability = query.changedSince ? 'changes' : 'read';
      const { type, line } = openLine(node, gateway, item, { kind, ability });
      const simplified = isSimplified(node, item);
      const items: IDataObject[] = [];
      for await (const page of line.list(kind, readable(type, kind, query))) {
        for (const record of page) items.push(toJson(record, simplified));
      }
      return items;
    },
  };
}
