import type { IDataObject } from 'n8n-workflow';
import type { ProductLineType, RawOperation } from '../../../../connectors/infor/productLine';
import { PRODUCT_LINES } from '../../../../connectors/infor/registry';
import { propertyOf } from '../../fields';
import { settingsAt, textAt } from '../../line';
import type { Operation, Resource } from '../../operation';

const operationOf = (type: ProductLineType, raw: RawOperation): Operation => ({
  value: raw.value,
  name: raw.name,
  action: raw.action,
  description: raw.description,
  properties: raw.fields.map((field) => propertyOf(field, type.id)),
  async execute(node, gateway, item) {
    const values = Object.fromEntries(raw.fields.map(({ name }) => [name, textAt(node, name, item)]));
    const records = await raw.run(gateway, settingsAt(node, item, type), values);
    return (records.length > 0 ? records : [{ success: true }]) as IDataObject[];
  },
});

/** Calls of the product lines' own protocols, for what the records do not cover. */
export const rawResources: Resource[] = PRODUCT_LINES.flatMap((type) =>
  type.raw.map(({ value, name, operations }) => ({
    value,
    name,
    lines: [type.id],
    operations: operations.map((operation) => operationOf(type, operation)),
  })),
);
