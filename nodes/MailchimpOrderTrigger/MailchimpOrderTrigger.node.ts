import {
  NodeConnectionTypes,
  type INodeExecutionData,
  type INodeType,
  type INodeTypeDescription,
  type IPollFunctions,
  type IWebhookFunctions,
  type IWebhookResponseData,
} from 'n8n-workflow';
import { toNodeError } from '../shared/errors';
import { searchStores } from '../shared/store';
import { credentials, properties, webhooks } from './description';
import { notify } from './notify';
import { poll } from './poll';

export class MailchimpOrderTrigger implements INodeType {
  description: INodeTypeDescription = {
    displayName: 'Mailchimp Order Trigger',
    name: 'mailchimpOrderTrigger',
    icon: {
      light: 'file:../../icons/mailchimpSyncTrigger.svg',
      dark: 'file:../../icons/mailchimpSyncTrigger.dark.svg',
    },
    group: ['trigger'],
    version: 1,
    subtitle: '={{ $parameter["notifications"] === "none" ? "poll" : "poll and notifications" }}',
    description: 'Starts when orders of a Mailchimp store are new, changed, cancelled or refunded',
    defaults: { name: 'Mailchimp Order Trigger' },
    polling: true,
    inputs: [],
    outputs: [NodeConnectionTypes.Main],
    credentials,
    webhooks,
    properties,
  };

  methods = { listSearch: { searchStores } };

  async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
    try {
      const items = await poll(this);
      return items && [items];
    } catch (error) {
      throw toNodeError(this.getNode(), error);
    }
  }

  webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
    return notify(this);
  }
}
