import type { INodeProperties } from 'n8n-workflow';
import { PRODUCT_LINES } from '../../connectors/infor/registry';
import { RECORD_KINDS } from '../../sync/record';
import { propertyOf } from './fields';
import { OPTIONS } from './line';
import { shownForLines } from './operation';

/** An expression is allowed, so that a template can name the product line in one place. */
export const productLine: INodeProperties = {
  displayName: 'Product Line',
  name: 'productLine',
  type: 'options',
  options: PRODUCT_LINES.map(({ id, name }) => ({ name, value: id })).sort((a, b) =>
    a.name.localeCompare(b.name),
  ),
  default: 'm3',
  description: 'The CloudSuite behind the API gateway',
};

const usual: INodeProperties[] = PRODUCT_LINES.flatMap(({ id, settings }) =>
  settings.filter(({ rare }) => !rare).map((field) => ({ ...propertyOf(field, id), ...shownForLines([id]) })),
);

const rare: INodeProperties[] = PRODUCT_LINES.flatMap(({ id, settings }) =>
  settings
    .filter((field) => field.rare)
    .map((field) => ({
      ...propertyOf(field, id),
      displayOptions: { show: { '/productLine': [id] } },
    })),
).sort((a, b) => a.displayName.localeCompare(b.displayName));

const linesWithNames = PRODUCT_LINES.filter(({ objects }) =>
  Object.values(objects).some(({ fieldNames }) => Object.keys(fieldNames).length > 0),
).map(({ id }) => id);

/** Where tenants name their fields themselves. */
const fieldNames: INodeProperties = {
  displayName: 'Field Names',
  name: 'fieldNames',
  type: 'fixedCollection',
  typeOptions: { multipleValues: true },
  placeholder: 'Add Field',
  default: {},
  description: 'Names that your system gives to fields of this object, where they differ from the usual ones',
  displayOptions: { show: { productLine: linesWithNames, resource: [...RECORD_KINDS] } },
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
            loadOptionsMethod: 'getFieldNames',
            loadOptionsDependsOn: ['productLine', 'resource', 'operation'],
          },
          default: '',
          description:
            'Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
        },
        { displayName: 'Name in Your System', name: 'source', type: 'string', default: '' },
      ],
    },
  ],
};

export const lineSettings: INodeProperties[] = [
  ...usual,
  ...(linesWithNames.length > 0 ? [fieldNames] : []),
  {
    displayName: 'Product Line Options',
    name: OPTIONS,
    type: 'collection',
    placeholder: 'Add Option',
    default: {},
    options: rare,
  },
];
