import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { ConnectorError } from '../../../connectors/errors';
import type { Transactional } from '../../../connectors/mailchimp/transactional';
import { currentEvent } from '../../../sync/transactional/current';
import { failedItem, toNodeError } from '../../shared/errors';

async function readMessage(account: Transactional, id: string): Promise<IDataObject> {
  if (id === '') throw new ConnectorError('SYNC_SETTING', 'No ID is given.', 'Enter the ID of the message.');
  const info = await account.getMessage(id);
  const event = info && currentEvent(info);
  if (event) return { ...event, source: `message ${event.messageId}` } as unknown as IDataObject;
  throw new ConnectorError(
    'MAILCHIMP_NOT_FOUND',
    info ? 'The message is still to be sent.' : 'Mailchimp Transactional has no such message.',
    'Check the ID. Mailchimp keeps what became of a message for a limited time.',
    404,
  );
}

/** Message → Get: what is so of messages now, in items as the Mailchimp Transactional Trigger gives them. */
export async function readMessages(
  node: IExecuteFunctions,
  account: Transactional,
): Promise<INodeExecutionData[]> {
  const output: INodeExecutionData[] = [];
  for (let item = 0; item < node.getInputData().length; item++) {
    const id = String(node.getNodeParameter('messageId', item, '') ?? '').trim();
    try {
      output.push({ json: await readMessage(account, id), pairedItem: { item } });
    } catch (error) {
      if (!node.continueOnFail()) throw toNodeError(node.getNode(), error, item);
      output.push(failedItem(node.getNode(), error, item));
    }
  }
  return output;
}
