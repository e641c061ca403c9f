import type {
  IExecuteFunctions,
  ILoadOptionsFunctions,
  INodeListSearchResult,
  INodeProperties,
  IPollFunctions,
  IWebhookFunctions,
} from 'n8n-workflow';
import { ConnectorError } from '../../connectors/errors';
import { listStores } from '../../connectors/mailchimp/stores';
import { toNodeError } from './errors';
import { mailchimpOf } from './mailchimp';

/** The parameter “Store”. */
export const storeProperty: INodeProperties = {
  displayName: 'Store',
  name: 'store',
  type: 'resourceLocator',
  required: true,
  default: { mode: 'list', value: '' },
  modes: [
    {
      displayName: 'From List',
      name: 'list',
      type: 'list',
      typeOptions: { searchListMethod: 'searchStores', searchable: true },
    },
    { displayName: 'By ID', name: 'id', type: 'string', placeholder: 'e.g. shop' },
  ],
};

/** @throws ConnectorError SYNC_SETTING */
export function storeAt(node: IExecuteFunctions | IPollFunctions | IWebhookFunctions, item = 0): string {
  const value =
    'getInputData' in node
      ? node.getNodeParameter('store', item, '', { extractValue: true })
      : node.getNodeParameter('store', '', { extractValue: true });
  const id = String(value ?? '').trim();
  if (id) return id;
  throw new ConnectorError('SYNC_SETTING', 'No store is chosen.', 'Choose one under “Store” in the node.');
}

export async function searchStores(
  this: ILoadOptionsFunctions,
  filter?: string,
): Promise<INodeListSearchResult> {
  try {
    const stores = await listStores(await mailchimpOf(this));
    const wanted = (filter ?? '').toLowerCase();
    const results = stores
      .filter(({ name }) => name.toLowerCase().includes(wanted))
      .map(({ id, name }) => ({ name: name || id, value: id }));
    return { results };
  } catch (error) {
    throw toNodeError(this.getNode(), error);
  }
}
