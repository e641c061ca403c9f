import {
  NodeConnectionTypes,
  type INodeType,
  type INodeTypeDescription,
  type IWebhookFunctions,
  type IWebhookResponseData,
} from 'n8n-workflow';
import { credentials, properties, webhooks } from './description';
import { receive } from './receive';

export class InforBodTrigger implements INodeType {
  description: INodeTypeDescription = {
    displayName: 'Infor BOD Trigger',
    name: 'inforBodTrigger',
    icon: { light: 'file:../../icons/infor.svg', dark: 'file:../../icons/infor.dark.svg' },
    group: ['trigger'],
    version: 1,
    subtitle: '={{ $parameter["nouns"] }}',
    description: 'Starts when ION pushes a business object document (BOD)',
    defaults: { name: 'Infor BOD Trigger' },
    inputs: [],
    outputs: [NodeConnectionTypes.Main],
    credentials,
    webhooks,
    properties,
  };

  webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
    return receive(this);
  }
}
