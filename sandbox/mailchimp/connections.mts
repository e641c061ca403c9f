import type { FastifyInstance, FastifyRequest } from 'fastify';
import { tooManyConnections } from './problems.mts';
import type { MailchimpSettings } from './settings.mts';

/**
 * The limit of simultaneous connections of a user. A connection is taken until the server has done its work, also
 * when the client has gone meanwhile: that is why a caller that times out and repeats runs into 429.
 */
export class Connections {
  private taken = 0;
  private readonly held = new WeakSet<FastifyRequest>();

  constructor(private readonly settings: MailchimpSettings) {}

  /** @throws Problem 429 */
  take(request: FastifyRequest): void {
    if (this.taken >= this.settings.maxConnections) throw tooManyConnections(this.settings.maxConnections);
    this.taken += 1;
    this.held.add(request);
  }

  release(request: FastifyRequest): void {
    if (this.held.delete(request)) this.taken -= 1;
  }
}

/** Frees the connection as soon as there is an answer, or when a fault dropped the request without one. */
export function freeConnections(server: FastifyInstance, connections: Connections): void {
  server.addHook('preHandler', async (request, reply) => {
    reply.raw.once('close', () => {
      if (reply.sent) connections.release(request);
    });
  });
  server.addHook('onSend', async (request, _reply, payload) => {
    connections.release(request);
    return payload;
  });
}
