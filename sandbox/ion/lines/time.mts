import type { FastifyInstance } from 'fastify';
import type { LineDatabase } from './database.mts';

const told = new WeakSet<FastifyInstance>();

/** The gateway's answers carry the time of the simulated systems, which tests move. */
export function tellTime(server: FastifyInstance, db: LineDatabase): void {
  if (told.has(server)) return;
  told.add(server);
  server.addHook('onSend', async (_request, reply) => {
    void reply.header('date', new Date(db.time).toUTCString());
  });
}
