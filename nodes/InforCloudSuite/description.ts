import type { INodeProperties } from 'n8n-workflow';
import { shownForLines, type Operation, type Resource } from './operation';
import { lineSettings, productLine } from './settings';

const byName = <T extends { name: string }>(list: T[]): T[] =>
  [...list].sort((a, b) => a.name.localeCompare(b.name));

function resourceProperty(resources: Resource[]): INodeProperties {
  return {
    displayName: 'Resource',
    name: 'resource',
    type: 'options',
    noDataExpression: true,
    options: byName(resources).map(({ name, value, lines }) => ({ name, value, ...shownForLines(lines) })),
    default: 'customer',
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
    options: byName(operations).map(({ name, value, action, description, lines }) => ({
      ...{ name, value, action, description },
      ...shownForLines(lines),
    })),
    default: usual,
  };
}

/** A property shared by operations is shown for all of them at once, so that its value stays when one switches. */
function shownFor(property: INodeProperties, resource: Resource, operation: Operation): INodeProperties {
  const show = { resource: [resource.value], operation: [operation.value], ...property.displayOptions?.show };
  return { ...property, displayOptions: { ...property.displayOptions, show } };
}

/** The node's whole parameter list, put together from its resources and the product lines. */
export const propertiesOf = (resources: Resource[]): INodeProperties[] => [
  productLine,
  resourceProperty(resources),
  ...resources.map(operationProperty),
  ...resources.flatMap((resource) =>
    resource.operations.flatMap((operation) =>
      operation.properties.map((property) => shownFor(property, resource, operation)),
    ),
  ),
  ...lineSettings,
];
