import { sleep, type IDataObject } from 'n8n-workflow';
import {
  createTransactional,
  TRANSACTIONAL_URL,
  type Transactional,
} from '../../connectors/mailchimp/transactional';
import { createPort, type NodeFunctions } from './port';

export const TRANSACTIONAL_CREDENTIAL = 'mailchimpTransactionalApi';

/** The account that the node's credential names. */
export async function transactionalOf(context: NodeFunctions): Promise<Transactional> {
  const { apiKey, baseUrl } = await context.getCredentials<IDataObject>(TRANSACTIONAL_CREDENTIAL);
  const root =
    String(baseUrl ?? '')
      .trim()
      .replace(/\/+$/, '') || TRANSACTIONAL_URL;
  return createTransactional({
    root,
    account: String(apiKey ?? '').trim(),
    port: createPort(context, TRANSACTIONAL_CREDENTIAL),
    sleep,
  });
}
