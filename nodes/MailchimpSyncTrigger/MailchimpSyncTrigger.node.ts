import {
  NodeConnectionTypes,
  type IHookFunctions,
  type INodeType,
  type INodeTypeDescription,
  type IWebhookFunctions,
  type IWebhookResponseData,
} from 'n8n-workflow';
import type { Mailchimp } from '../../connectors/mailchimp/api';
import { searchAudiences } from '../shared/audience';
import { mailchimpCredentials } from '../shared/authentication';
import { toNodeError } from '../shared/errors';
import { mailchimpOf } from '../shared/mailchimp';
import { properties, webhooks } from './description';
import { receive } from './receive';
import { isRegistered, register, unregister } from './registration';

async function withAccount<T>(
  context: IHookFunctions,
  work: (context: IHookFunctions, mailchimp: Mailchimp) => Promise<T>,
): Promise<T> {
  try {
    return await work(context, await mailchimpOf(context));
  } catch (error) {
    throw toNodeError(context.getNode(), error);
  }
}

export class MailchimpSyncTrigger implements INodeType {
  description: INodeTypeDescription = {
    displayName: 'Mailchimp Sync Trigger',
    name: 'mailchimpSyncTrigger',
    icon: {
      light: 'file:../../icons/mailchimpSyncTrigger.svg',
      dark: 'file:../../icons/mailchimpSyncTrigger.dark.svg',
    },
    group: ['trigger'],
    version: 1,
    subtitle: '={{ $parameter["events"].join(", ") }}',
    description: 'Starts when a contact of a Mailchimp audience unsubscribes, returns, changes or bounces',
    defaults: { name: 'Mailchimp Sync Trigger' },
    inputs: [],
    outputs: [NodeConnectionTypes.Main],
    credentials: mailchimpCredentials,
    webhooks,
    properties,
  };

  methods = { listSearch: { searchAudiences } };

  webhookMethods = {
    default: {
      checkExists(this: IHookFunctions): Promise<boolean> {
        return withAccount(this, isRegistered);
      },
      async create(this: IHookFunctions): Promise<boolean> {
        await withAccount(this, register);
        return true;
      },
      async delete(this: IHookFunctions): Promise<boolean> {
        await withAccount(this, unregister);
        return true;
      },
    },
  };

  async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
    if (this.getWebhookName() !== 'setup') return receive(this);
    this.getResponseObject().status(200).end();
    return { noWebhookResponse: true };
  }
}
