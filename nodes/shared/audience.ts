import type {
  IExecuteFunctions,
  IHookFunctions,
  ILoadOptionsFunctions,
  INodeListSearchResult,
  INodeProperties,
  IWebhookFunctions,
} from 'n8n-workflow';
import { ConnectorError } from '../../connectors/errors';
import { listAudiences } from '../../connectors/mailchimp/audiences';
import { toNodeError } from './errors';
import { mailchimpOf } from './mailchimp';

/** The parameter “Audience” of every Mailchimp node. */
export const audienceProperty: INodeProperties = {
  displayName: 'Audience',
  name: 'audience',
  type: 'resourceLocator',
  required: true,
  default: { mode: 'list', value: '' },
  modes: [
    {
      displayName: 'From List',
      name: 'list',
      type: 'list',
      typeOptions: { searchListMethod: 'searchAudiences', searchable: true },
    },
    {
      displayName: 'By ID',
      name: 'id',
      type: 'string',
      placeholder: 'e.g. 1a2b3c4d5e',
      hint: 'In Mailchimp: Audience → Settings → Audience name and defaults → Audience ID',
    },
  ],
};

/** @throws ConnectorError SYNC_SETTING */
export function audienceAt(node: IExecuteFunctions | IHookFunctions | IWebhookFunctions, item = 0): string {
  const value =
    'getInputData' in node
      ? node.getNodeParameter('audience', item, '', { extractValue: true })
      : node.getNodeParameter('audience', '', { extractValue: true });
  const id = String(value ?? '').trim();
  if (id) return id;
  throw new ConnectorError(
    'SYNC_SETTING',
    'No audience is chosen.',
    'Choose one under “Audience” in the node.',
  );
}

export async function searchAudiences(
  this: ILoadOptionsFunctions,
  filter?: string,
): Promise<INodeListSearchResult> {
  try {
    const audiences = await listAudiences(await mailchimpOf(this));
    const wanted = (filter ?? '').toLowerCase();
    const results = audiences
      .filter(({ name }) => name.toLowerCase().includes(wanted))
      .map(({ id, name }) => ({ name, value: id }));
    return { results };
  } catch (error) {
    throw toNodeError(this.getNode(), error);
  }
}
