import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { Mailchimp } from '../../../connectors/mailchimp/api';
import { ConnectorError } from '../../../connectors/errors';
import { readCollection, readOne, type Json } from '../../../connectors/mailchimp/collections';
import { getOrder, listOrders } from '../../../connectors/mailchimp/stores';
import { audienceAt } from '../../shared/audience';
import { failedItem, toNodeError } from '../../shared/errors';
import { orderItems } from '../../shared/orderItems';
import { storeAt } from '../../shared/store';
import type { ReadResource } from './resources';

const DAY_MS = 24 * 60 * 60 * 1000;

const textAt = (node: IExecuteFunctions, name: string, item: number): string =>
  String(node.getNodeParameter(name, item, '') ?? '').trim();

function partAt(node: IExecuteFunctions, name: string, item: number): string {
  if (name === 'store') return storeAt(node, item);
  if (name === 'audience') return audienceAt(node, item);
  const id = textAt(node, name, item);
  if (id) return id;
  throw new ConnectorError('SYNC_SETTING', `No ${name} is named.`, `Enter the ID of the ${name}.`);
}

const pathAt = (node: IExecuteFunctions, { path }: ReadResource, item: number): string =>
  path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(partAt(node, name, item)));

const isSimple = (node: IExecuteFunctions, item: number): boolean =>
  node.getNodeParameter('simplify', item, true) !== false;

function limitAt(node: IExecuteFunctions, item: number): number | undefined {
  if (node.getNodeParameter('returnAll', item, false) === true) return undefined;
  return Math.max(1, Number(node.getNodeParameter('limit', item, 50)) || 50);
}

function queryAt(node: IExecuteFunctions, { filters }: ReadResource, item: number): Record<string, string> {
  const given = node.getNodeParameter('readFilters', item, {}) as IDataObject;
  return Object.fromEntries(
    filters
      .map(({ name, query, choices }): [string, string] => [
        query,
        String(given[name] ?? choices?.default ?? '').trim(),
      ])
      .filter(([, value]) => value !== ''),
  );
}

function notFound({ one }: ReadResource): ConnectorError {
  return new ConnectorError(
    'MAILCHIMP_NOT_FOUND',
    `Mailchimp has no such ${one}.`,
    'Check the ID, and the store it belongs to.',
    404,
  );
}

const wantedId = (node: IExecuteFunctions, item: number): string => {
  const id = textAt(node, 'recordId', item);
  if (id) return id;
  throw new ConnectorError('SYNC_SETTING', 'No ID is given.', 'Enter the ID of the record.');
};

const isRecent = (order: Json, since: number): boolean =>
  [order.processed_at_foreign, order.updated_at_foreign, order.cancelled_at_foreign].some(
    (time) => Date.parse(String(time ?? '')) >= since,
  );

/** Orders come as the trigger gives them, so that both feed one workflow. */
async function readOrders(
  node: IExecuteFunctions,
  mailchimp: Mailchimp,
  resource: ReadResource,
  item: number,
): Promise<IDataObject[]> {
  const storeId = storeAt(node, item);
  const options = node.getNodeParameter('orderOptions', item, {}) as IDataObject;
  const allFields = !isSimple(node, item);
  const days = Number(options.changedDays ?? 0) || 0;
  const many = async (): Promise<Json[]> => {
    const limit = limitAt(node, item);
    const { rows } = await listOrders(mailchimp, storeId, {
      query: queryAt(node, resource, item),
      allFields,
      ...(days > 0 || limit === undefined ? {} : { limit }),
    });
    const recent = days > 0 ? rows.filter((row) => isRecent(row, Date.now() - days * DAY_MS)) : rows;
    return recent.slice(0, limit);
  };
  const isOne = node.getNodeParameter('operation', item) === 'get';
  const found = isOne ? [await getOrder(mailchimp, storeId, wantedId(node, item), allFields)] : await many();
  const orders = found.map((order) => {
    if (!order) throw notFound(resource);
    return { order, event: null };
  });
  return orderItems(mailchimp, storeId, orders, {
    readContact: options.readContact !== false,
    numberField: String(options.customerNumberField ?? 'CUSTNO')
      .trim()
      .toUpperCase(),
  });
}

async function readRecords(
  node: IExecuteFunctions,
  mailchimp: Mailchimp,
  resource: ReadResource,
  item: number,
): Promise<IDataObject[]> {
  if (resource.value === 'order') return readOrders(node, mailchimp, resource, item);
  const path = pathAt(node, resource, item);
  const fields = isSimple(node, item) ? resource.simple : undefined;
  if (node.getNodeParameter('operation', item) === 'get') {
    const id = encodeURIComponent(wantedId(node, item));
    const row = await readOne(mailchimp, `${path}/${id}`, fields);
    if (!row) throw notFound(resource);
    return [row as IDataObject];
  }
  const limit = limitAt(node, item);
  const { rows } = await readCollection(mailchimp, {
    ...{ path, key: resource.key, query: queryAt(node, resource, item) },
    ...(fields ? { fields } : {}),
    ...(limit === undefined ? {} : { limit }),
  });
  return rows as IDataObject[];
}

/** Get and Get Many of everything that is only read, item by item. */
export async function runReads(
  node: IExecuteFunctions,
  mailchimp: Mailchimp,
  resource: ReadResource,
): Promise<INodeExecutionData[]> {
  const output: INodeExecutionData[] = [];
  for (let item = 0; item < node.getInputData().length; item++) {
    try {
      const records = await readRecords(node, mailchimp, resource, item);
      for (const json of records) output.push({ json, pairedItem: { item } });
    } catch (error) {
      if (!node.continueOnFail()) throw toNodeError(node.getNode(), error, item);
      output.push(failedItem(node.getNode(), error, item));
    }
  }
  return output;
}
