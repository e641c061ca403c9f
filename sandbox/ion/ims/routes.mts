import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

const SERVICE = '/:tenant/IONSERVICES/api/ion/messaging/service';

/** A document that ION took. */
export interface ImsMessage {
  documentName: string;
  messageId: string;
  fromLogicalId: string;
  xml: string;
}

/** ION's messaging service (IMS): what came in, and whom it knows. */
export class ImsInbox {
  readonly messages: ImsMessage[] = [];
  /** Logical ids of connection points that the authorized app belongs to. */
  readonly connectionPoints = new Set(['lid://infor.ims.mailchimp']);
}

interface Parameters {
  documentName?: string;
  messageId?: string;
  fromLogicalId?: string;
  toLogicalId?: string;
  document?: { value?: string; encoding?: string; characterSet?: string };
}

const refuse = (reply: FastifyReply, status: number, message: string): FastifyReply =>
  reply.code(status).send({ code: String(status), message });

const rootOf = (xml: string): string =>
  /<(?:\w+:)?([A-Za-z]\w*)[\s/>]/.exec(xml.replace(/<\?.*?\?>/s, ''))?.[1] ?? '';

/** Strict: verb and noun are the root's, both logical ids are given, the connection point is known. */
function accept(
  inbox: ImsInbox,
  parameters: Parameters,
  xml: string | undefined,
  reply: FastifyReply,
): FastifyReply {
  const { documentName = '', messageId = '', fromLogicalId = '', toLogicalId = '' } = parameters;
  if (!/^[A-Z][a-z]+\.\w+$/.test(documentName)) return refuse(reply, 400, 'documentName is not valid');
  if (messageId === '') return refuse(reply, 400, 'messageId is required');
  if (!fromLogicalId.startsWith('lid://') || !toLogicalId.startsWith('lid://'))
    return refuse(reply, 400, 'Logical ids must start with lid://');
  if (!inbox.connectionPoints.has(fromLogicalId)) return refuse(reply, 403, 'Unknown connection point');
  if (!xml || rootOf(xml) !== documentName.replace('.', ''))
    return refuse(reply, 400, 'The document is not what documentName says');
  if (!inbox.messages.some((known) => known.messageId === messageId))
    inbox.messages.push({ documentName, messageId, fromLogicalId, xml });
  return reply.code(201).send({ status: 'CREATED' });
}

/** Parts by name. */
function partsOf(request: FastifyRequest): Record<string, string> {
  const boundary = /boundary=([^;]+)/.exec(String(request.headers['content-type']))?.[1] ?? '';
  const sections = (request.body as Buffer).toString('utf8').split(`--${boundary}`);
  return Object.fromEntries(
    sections.flatMap((section) => {
      const name = /name="(\w+)"/.exec(section)?.[1];
      const at = section.indexOf('\r\n\r\n');
      return name && at > 0 ? [[name, section.slice(at + 4).replace(/\r\n$/, '')] as const] : [];
    }),
  );
}

function parametersIn(text = ''): Parameters | undefined {
  try {
    return JSON.parse(text) as Parameters;
  } catch {
    return undefined;
  }
}

/** ION's messaging service below the tenant (infor §8.1). */
export function imsRoutes(server: FastifyInstance, inbox: ImsInbox): void {
  server.addContentTypeParser('multipart/form-data', { parseAs: 'buffer' }, (_request, body, done) =>
    done(null, body),
  );
  server.get(`${SERVICE}/ping`, async () => ({ status: 'OK' }));
  server.post(`${SERVICE}/v2/message`, async (request, reply) => {
    const parameters = (request.body ?? {}) as Parameters;
    const { value, encoding, characterSet } = parameters.document ?? {};
    if (encoding !== 'NONE' || characterSet !== 'UTF-8')
      return refuse(reply, 400, 'document is not complete');
    return accept(inbox, parameters, value, reply);
  });
  server.post(`${SERVICE}/v2/multipartMessage`, async (request, reply) => {
    if (!Buffer.isBuffer(request.body)) return refuse(reply, 415, 'multipart/form-data is required');
    const { ParameterRequest, MessagePayload } = partsOf(request);
    const parameters = parametersIn(ParameterRequest);
    return parameters
      ? accept(inbox, parameters, MessagePayload, reply)
      : refuse(reply, 400, 'ParameterRequest');
  });
}
