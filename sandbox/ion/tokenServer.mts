import formbody from '@fastify/formbody';
import fastify, { type FastifyInstance } from 'fastify';
import { injectFaults, type Faults } from '../kit/faults.mts';
import { recordRequests, type RequestLog } from '../kit/requests.mts';
import type { App, Tokens } from './login.mts';

/** The authorization server: another host than the gateway, below the tenant's own path, forms only (infor §2.1). */
export async function tokenServer(
  app: App,
  tokens: Tokens,
  log: RequestLog,
  faults: Faults,
): Promise<FastifyInstance> {
  const server = fastify({ forceCloseConnections: true });
  server.removeAllContentTypeParsers();
  await server.register(formbody);
  recordRequests(server, log);
  injectFaults(server, faults);
  server.post('/:tenant/as/token.oauth2', async (request, reply) => {
    if ((request.params as { tenant: string }).tenant !== app.tenant) return reply.code(404).send('');
    const form = (request.body ?? {}) as Record<string, string>;
    const { status, body } = tokens.grant(form, request.headers.authorization);
    return reply.code(status).header('cache-control', 'no-store').send(body);
  });
  server.post('/:tenant/as/revoke_token.oauth2', async (request, reply) => {
    if ((request.params as { tenant: string }).tenant !== app.tenant) return reply.code(404).send('');
    const form = (request.body ?? {}) as Record<string, string>;
    if (!tokens.clientOf(form, request.headers.authorization)) {
      return reply.code(401).send({ error: 'invalid_client' });
    }
    tokens.revoke(form.token ?? '');
    return reply.code(200).send('');
  });
  return server;
}
