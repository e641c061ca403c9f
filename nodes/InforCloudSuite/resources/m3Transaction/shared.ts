import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { ConnectorError } from '../../../../connectors/errors';
import type { MiCall } from '../../../../connectors/infor/m3/mi';

const locator = (displayName: string, name: string, method: string, example: string): INodeProperties => ({
  displayName,
  name,
  type: 'resourceLocator',
  required: true,
  default: { mode: 'list', value: '' },
  modes: [
    {
      displayName: 'From List',
      name: 'list',
      type: 'list',
      typeOptions: { searchListMethod: method, searchable: true },
    },
    { displayName: 'By Name', name: 'name', type: 'string', placeholder: `e.g. ${example}` },
  ],
});

export const callProperties: INodeProperties[] = [
  locator('Program', 'program', 'searchPrograms', 'CRS610MI'),
  locator('Transaction', 'transaction', 'searchTransactions', 'GetBasicData'),
  {
    displayName: 'Input Fields',
    name: 'fields',
    type: 'json',
    default: '{}',
    placeholder: 'e.g. { "CUNO": "Y30000" }',
    description: 'Field names and values of the transaction as a JSON object',
  },
  {
    displayName: 'Options',
    name: 'callOptions',
    type: 'collection',
    placeholder: 'Add Option',
    default: {},
    options: [
      {
        displayName: 'Max Records',
        name: 'maxRecords',
        type: 'number',
        typeOptions: { minValue: 0 },
        default: 0,
        description: 'Of a list transaction; 0 for all',
      },
      {
        displayName: 'Output Fields',
        name: 'columns',
        type: 'string',
        default: '',
        placeholder: 'e.g. CUNO,CUNM',
        description: 'Separated by commas; all when empty',
      },
    ],
  },
];

function fieldsAt(node: IExecuteFunctions, itemIndex: number): Record<string, string> {
  const given = node.getNodeParameter('fields', itemIndex, '{}');
  try {
    const parsed: unknown = typeof given === 'string' ? JSON.parse(given || '{}') : given;
    if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)) {
      const entries = Object.entries(parsed).filter(([, value]) => value !== undefined && value !== null);
      return Object.fromEntries(entries.map(([name, value]) => [name.toUpperCase(), String(value)]));
    }
  } catch {
    // Reported below, without the parser's words: they quote the input.
  }
  throw new ConnectorError(
    'M3_FIELD',
    '“Input Fields” is not a JSON object.',
    'Write it as { "CUNO": "Y30000" }.',
  );
}

const nameAt = (node: IExecuteFunctions, parameter: string, itemIndex: number): string =>
  String(node.getNodeParameter(parameter, itemIndex, '', { extractValue: true }) ?? '').trim();

/** @throws ConnectorError M3_FIELD when the input is incomplete */
export function callAt(node: IExecuteFunctions, itemIndex: number): MiCall {
  const program = nameAt(node, 'program', itemIndex).toUpperCase();
  const transaction = nameAt(node, 'transaction', itemIndex);
  if (!program || !transaction) {
    throw new ConnectorError(
      'M3_FIELD',
      'No program or no transaction is chosen.',
      'Choose both in the node.',
    );
  }
  const options = node.getNodeParameter('callOptions', itemIndex, {}) as IDataObject;
  const columns = String(options.columns ?? '')
    .split(',')
    .map((column) => column.trim().toUpperCase())
    .filter((column) => column !== '');
  return {
    program,
    transaction,
    record: fieldsAt(node, itemIndex),
    columns: columns.length > 0 ? columns : undefined,
    maxRecords: Number(options.maxRecords ?? 0),
  };
}
