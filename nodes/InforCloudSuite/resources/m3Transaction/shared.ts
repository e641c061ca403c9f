import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { ConnectorError } from '../../../../connectors/errors';
import type { MiCall } from '../../../../connectors/infor/m3/mi';
import { searchMethod } from '../../fields';

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
  locator('Program', 'program', searchMethod('m3', 'programs'), 'CRS610MI'),
  locator('Transaction', 'transaction', searchMethod('m3', 'transactions'), 'GetBasicData'),
  {
    displayName: 'Specify Input',
    name: 'specifyInput',
    type: 'options',
    options: [
      { name: 'Using Fields Below', value: 'fields' },
      { name: 'Using JSON', value: 'json' },
    ],
    default: 'fields',
    description: 'How to give the transaction its input',
  },
  {
    displayName: 'Input Fields',
    name: 'inputFields',
    type: 'fixedCollection',
    typeOptions: { multipleValues: true },
    placeholder: 'Add Field',
    default: {},
    displayOptions: { show: { specifyInput: ['fields'] } },
    options: [
      {
        displayName: 'Field',
        name: 'field',
        values: [
          {
            displayName: 'Field Name or ID',
            name: 'name',
            type: 'options',
            typeOptions: {
              loadOptionsMethod: 'getInputFields',
              loadOptionsDependsOn: ['program.value', 'transaction.value'],
            },
            default: '',
            description:
              'Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
          },
          { displayName: 'Value', name: 'value', type: 'string', default: '' },
        ],
      },
    ],
  },
  {
    displayName: 'Input Fields (JSON)',
    name: 'fields',
    type: 'json',
    default: '{}',
    placeholder: 'e.g. { "CUNO": "Y30000" }',
    description: 'Field names and values of the transaction as a JSON object',
    displayOptions: { show: { specifyInput: ['json'] } },
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

/** @throws ConnectorError M3_FIELD for a value that is a list or an object: M3's fields are texts (infor §3.3) */
function textOf(name: string, value: unknown): string {
  if (typeof value !== 'object') return String(value);
  throw new ConnectorError(
    'M3_FIELD',
    `The value of the input field “${name}” is a list or an object.`,
    'Give each field one text or number.',
  );
}

function jsonFieldsAt(node: IExecuteFunctions, itemIndex: number): Record<string, unknown> {
  const given = node.getNodeParameter('fields', itemIndex, '{}');
  try {
    const parsed: unknown = typeof given === 'string' ? JSON.parse(given || '{}') : given;
    if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed))
      return parsed as Record<string, unknown>;
  } catch {
    // Reported below, without the parser's words: they quote the input.
  }
  throw new ConnectorError(
    'M3_FIELD',
    '“Input Fields” is not a JSON object.',
    'Write it as { "CUNO": "Y30000" }.',
  );
}

function listedFieldsAt(node: IExecuteFunctions, itemIndex: number): Record<string, unknown> {
  const rows = node.getNodeParameter('inputFields.field', itemIndex, []) as IDataObject[];
  return Object.fromEntries(rows.filter(({ name }) => name).map(({ name, value }) => [String(name), value]));
}

function recordAt(node: IExecuteFunctions, itemIndex: number): Record<string, string> {
  const isJson = node.getNodeParameter('specifyInput', itemIndex, 'fields') === 'json';
  const given = isJson ? jsonFieldsAt(node, itemIndex) : listedFieldsAt(node, itemIndex);
  const entries = Object.entries(given).filter(([, value]) => value !== undefined && value !== null);
  return Object.fromEntries(entries.map(([name, value]) => [name.toUpperCase(), textOf(name, value)]));
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
    record: recordAt(node, itemIndex),
    columns: columns.length > 0 ? columns : undefined,
    maxRecords: Number(options.maxRecords ?? 0),
  };
}
