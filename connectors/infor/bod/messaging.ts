import { ConnectorError } from '../../errors';
import type { HttpResponse } from '../../http/port';
import { gatewayError, type Gateway } from '../gateway';
import { withoutQuotes } from '../refusal';

const SERVICE = '/IONSERVICES/api/ion/messaging/service';

export interface BodMessage {
  /** Verb and noun, such as Sync.CustomerPartyMaster. */
  documentName: string;
  /** The same for each attempt: ION tells a repeat by it. */
  messageId: string;
  fromLogicalId: string;
  toLogicalId: string;
  /** '' for none. */
  accountingEntity: string;
  location: string;
  xml: string;
}

/** Everything but the document itself. */
const parameters = (message: BodMessage): Record<string, unknown> =>
  Object.fromEntries(Object.entries(message).filter(([name, value]) => name !== 'xml' && value !== ''));

/** Two parts: parameters as JSON, the document as octets (infor §8.1). */
function multipart(message: BodMessage): { body: string; headers: Record<string, string> } {
  const boundary = `bod-${message.messageId.replace(/[^\w-]/g, '')}-boundary`;
  const part = (name: string, type: string, content: string): string =>
    `--${boundary}\r\nContent-Disposition: form-data; name="${name}"; filename="${name}"\r\nContent-Type: ${type}\r\n\r\n${content}\r\n`;
  const document = { ...parameters(message), document: { encoding: 'NONE', characterSet: 'UTF-8' } };
  const body =
    part('ParameterRequest', 'application/json', JSON.stringify(document)) +
    part('MessagePayload', 'application/octet-stream', message.xml) +
    `--${boundary}--\r\n`;
  return { body, headers: { 'Content-Type': `multipart/form-data; boundary=${boundary}` } };
}

/** ION's own word about a message that it does not take. */
function refusal({ status, body }: HttpResponse): ConnectorError | undefined {
  if (![400, 403, 404, 409, 422].includes(status)) return undefined;
  const message =
    typeof body === 'object' && body !== null ? (body as { message?: unknown }).message : undefined;
  if (typeof message !== 'string') return undefined;
  return new ConnectorError(
    'BOD_REFUSED',
    `ION did not take the document: ${withoutQuotes(message)}`,
    'Check that the authorized app belongs to the connection point, its logical id and the document name.',
    status,
  );
}

/**
 * POST v2/message or v2/multipartMessage; ION answers 201.
 * @throws ConnectorError BOD_REFUSED, and the gateway's; after a lost answer ION may have the document
 */
export async function sendBod(
  gateway: Gateway,
  message: BodMessage,
  way: 'message' | 'multipart',
): Promise<void> {
  const request =
    way === 'multipart'
      ? { path: `${SERVICE}/v2/multipartMessage`, ...multipart(message) }
      : {
          path: `${SERVICE}/v2/message`,
          body: {
            ...parameters(message),
            document: { value: message.xml, encoding: 'NONE', characterSet: 'UTF-8' },
          },
        };
  const response = await gateway.send({ method: 'POST', ...request }, 'once');
  if (response.status === 200 || response.status === 201) return;
  throw (
    refusal(response) ??
    gatewayError(response, 'once') ??
    new ConnectorError(
      'BOD_REFUSED',
      'ION did not take the document.',
      'Look at ION Desk’s connection point.',
      response.status,
    )
  );
}
