import {
  NodeConnectionTypes,
  type IHookFunctions,
  type INodeType,
  type INodeTypeDescription,
  type IWebhookFunctions,
  type IWebhookResponseData,
} from 'n8n-workflow';
import type { Transactional } from '../../connectors/mailchimp/transactional';
import { toNodeError } from '../shared/errors';
import { TRANSACTIONAL_CREDENTIAL, transactionalOf } from '../shared/transactional';
import { properties, webhooks } from './description';
import { receive } from './receive';
import { isRegistered, register, unregister } from './registration';

async function withAccount<T>(
  context: IHookFunctions,
  work: (context: IHookFunctions, account: Transactional) => Promise<T>,
): Promise<T> {
  try {
    return await work(context, await transactionalOf(context));
  } catch (error) {
    throw toNodeError(context.getNode(), error);
  }
}

export class MailchimpTransactionalTrigger implements INodeType {
  description: INodeTypeDescription = {
    displayName: 'Mailchimp Transactional Trigger',
    name: 'mailchimpTransactionalTrigger',
    icon: {
      light: 'file:../../icons/mailchimpSyncTrigger.svg',
      dark: 'file:../../icons/mailchimpSyncTrigger.dark.svg',
    },
    group: ['trigger'],
    version: 1,
    subtitle: '={{ $parameter["events"].join(", ") }}',
    description:
      'Starts when mails sent by Mailchimp Transactional (Mandrill) are sent, bounce or are opened',
    defaults: { name: 'Mailchimp Transactional Trigger' },
    inputs: [],
    outputs: [NodeConnectionTypes.Main],
    credentials: [{ name: TRANSACTIONAL_CREDENTIAL, required: true }],
    webhooks,
    properties,
  };

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
