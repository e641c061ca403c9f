import type { INodeProperties } from 'n8n-workflow';
import type { Operation, Resource } from './operation';

const productLine: INodeProperties = {
  displayName: 'Product Line',
  name: 'productLine',
  type: 'options',
  noDataExpression: true,
  options: [{ name: 'M3', value: 'm3' }],
  default: 'm3',
};

const context: INodeProperties[] = [
  {
    displayName: 'Company',
    name: 'company',
    type: 'string',
    default: '',
    placeholder: 'e.g. 100',
    description: 'Leave it empty to use the default company of the M3 user',
  },
  {
    displayName: 'Division',
    name: 'division',
    type: 'string',
    default: '',
    placeholder: 'e.g. AAA',
    description: 'Leave it empty to use the default division of the M3 user',
  },
];

function resourceProperty(resources: Resource[]): INodeProperties {
  const [{ value: first }] = resources;
  return {
    displayName: 'Resource',
    name: 'resource',
    type: 'options',
    noDataExpression: true,
    options: resources.map(({ name, value }) => ({ name, value })),
    default: first,
  };
}

function operationProperty({ value: resource, operations }: Resource): INodeProperties {
  const usual = (operations.find(({ value }) => value === 'get') ?? operations[0]!).value;
  return {
    displayName: 'Operation',
    name: 'operation',
    type: 'options',
    noDataExpression: true,
    displayOptions: { show: { resource: [resource] } },
    options: operations.map(({ name, value, action, description }) => ({ name, value, action, description })),
    default: usual,
  };
}

/** A property shared by operations is shown for all of them at once, so that its value stays when one switches. */
function shownFor(property: INodeProperties, resource: Resource, operation: Operation): INodeProperties {
  const show = { resource: [resource.value], operation: [operation.value], ...property.displayOptions?.show };
  return { ...property, displayOptions: { ...property.displayOptions, show } };
}

/** The node's whole parameter list, put together from its resources. */
export const propertiesOf = (resources: Resource[]): INodeProperties[] => [
  productLine,
  resourceProperty(resources),
  ...resources.map(operationProperty),
  ...resources.flatMap((resource) =>
    resource.operations.flatMap((operation) =>
      operation.properties.map((property) => shownFor(property, resource, operation)),
    ),
  ),
  ...context,
];
