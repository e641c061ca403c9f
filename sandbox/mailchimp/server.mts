import { randomUUID } from 'node:crypto';
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { injectFaults, type Faults } from '../kit/faults.mts';
import { recordRequests, type RequestLog } from '../kit/requests.mts';
import { authenticate } from './auth.mts';
import type { ArchiveAnswer, Batches } from './batches.mts';
import { Connections, freeConnections } from './connections.mts';
import { addOAuthRoutes } from './oauth.mts';
import { internalError, jsonParseError, notFound, Problem } from './problems.mts';
import type { Query } from './query.mts';
import type { ApiAnswer, Router } from './router.mts';
import { answerWebhookCall } from './webhookRoutes.mts';
import type { World } from './world.mts';

const BASE = '/3.0';
const BODY_LIMIT = 64 * 1024 * 1024;

/** A body that is no JSON: refused after it was recorded. */
class Unreadable {
  constructor(readonly text: string) {}
}

interface ServerParts {
  world: World;
  apiKey: string;
  router: Router;
  batches: Batches;
  faults: Faults;
  requests: RequestLog;
}

const describedBy = (document: string): string =>
  `<https://us1.api.mailchimp.com/schema/3.0/${document}.json>; rel="describedBy"`;

const isApi = (request: FastifyRequest): boolean => {
  const path = request.url.split('?')[0]!;
  return path === BASE || path.startsWith(`${BASE}/`);
};

const queryOf = (request: FastifyRequest): Query =>
  Object.fromEntries(
    Object.entries(request.query as Record<string, unknown>).map(([name, value]) => [name, String(value)]),
  );

function sendProblem(reply: FastifyReply, problem: Problem): FastifyReply {
  const instance = randomUUID();
  return reply
    .code(problem.status)
    .headers({ ...problem.extras.headers, 'x-request-id': instance })
    .header('link', describedBy('Definitions/ProblemDetailDocument'))
    .type('application/problem+json; charset=utf-8')
    .send(JSON.stringify(problem.toBody(instance)));
}

function sendAnswer(reply: FastifyReply, answer: ApiAnswer): FastifyReply {
  void reply.code(answer.status).header('x-request-id', randomUUID());
  if (answer.body === undefined) return reply.send();
  return reply
    .header('link', describedBy('Instance'))
    .type('application/json; charset=utf-8')
    .send(JSON.stringify(answer.body));
}

/** The object store that holds batch results: it knows no key, and refuses whoever shows one. */
function sendArchive(request: FastifyRequest, reply: FastifyReply, answer: ArchiveAnswer): FastifyReply {
  const xml = (status: number, code: string, message: string): FastifyReply =>
    reply
      .code(status)
      .type('application/xml')
      .send(`<?xml version="1.0"?><Error><Code>${code}</Code><Message>${message}</Message></Error>`);
  if (request.headers.authorization !== undefined) {
    return xml(400, 'InvalidArgument', 'Only one auth mechanism allowed');
  }
  if ('archive' in answer) return reply.type('binary/octet-stream').send(answer.archive);
  return answer.refusal === 'expired'
    ? xml(403, 'AccessDenied', 'Request has expired')
    : xml(404, 'NoSuchKey', 'The specified key does not exist.');
}

async function answerApi(
  { world, router }: ServerParts,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { latencyMs } = world.settings;
  if (latencyMs > 0) await new Promise((resolve) => setTimeout(resolve, latencyMs));
  if (request.body instanceof Unreadable) throw jsonParseError();
  const { method } = request;
  const path = request.url.split('?')[0]!.slice(BASE.length);
  const webhookAnswer = await answerWebhookCall(world, method, path, request.body);
  if (webhookAnswer) return sendAnswer(reply, webhookAnswer);
  const answer = router.handle({
    world,
    method,
    path,
    query: queryOf(request),
    body: request.body,
    via: 'single',
    ip: request.ip,
  });
  return sendAnswer(reply, answer);
}

function addRoutes(server: FastifyInstance, parts: ServerParts): void {
  const method = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];
  for (const url of [BASE, `${BASE}/*`]) {
    server.route({ method, url, handler: (request, reply) => answerApi(parts, request, reply) });
  }
  server.get<{ Params: { file: string } }>('/batch-results/:file', async (request, reply) => {
    const token = request.params.file.replace(/-response\.tar\.gz$/, '');
    return sendArchive(request, reply, await parts.batches.archive(token));
  });
}

/** The simulator's server, not yet listening: record, authenticate, take a connection, let faults strike, answer. */
export function createServer(parts: ServerParts): FastifyInstance {
  const server = Fastify({ bodyLimit: BODY_LIMIT, forceCloseConnections: true, exposeHeadRoutes: false });
  const connections = new Connections(parts.world.settings);
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('*', { parseAs: 'string' }, (_request, text, done) => {
    try {
      done(null, text === '' ? undefined : (JSON.parse(String(text)) as unknown));
    } catch {
      done(null, new Unreadable(String(text)));
    }
  });
  server.setErrorHandler((error, _request, reply) => {
    // A fault that sent half an answer by itself makes Fastify stumble over its own: there is nothing left to say.
    if (reply.raw.headersSent) return reply.hijack();
    if (!(error instanceof Problem)) console.error(error);
    return sendProblem(reply, error instanceof Problem ? error : internalError());
  });
  server.setNotFoundHandler((_request, reply) => sendProblem(reply, notFound()));
  recordRequests(server, parts.requests);
  server.addHook('preHandler', async (request, reply) => {
    // By its Date header a client knows Mailchimp's time.
    reply.header('date', new Date(parts.world.clock()).toUTCString());
    if (!isApi(request)) return;
    authenticate(request, parts.apiKey, parts.world);
    connections.take(request);
  });
  freeConnections(server, connections);
  injectFaults(server, parts.faults);
  addRoutes(server, parts);
  addOAuthRoutes(server, parts.world.oauth, parts.world);
  return server;
}
