import type { FastifyInstance } from 'fastify';

/** One request as the simulator saw it, for tests that count and compare. */
export interface SeenRequest {
  method: string;
  /** Without query. */
  path: string;
  query: Record<string, string>;
  body: unknown;
  status: number;
  /** Requests open at this server when this one arrived, itself included. */
  concurrency: number;
}

export class RequestLog {
  readonly all: SeenRequest[] = [];
  open = 0;

  /** Requests that fit; `path` is tested against the path without query. */
  matching(method: string, path: RegExp): SeenRequest[] {
    return this.all.filter((seen) => seen.method === method && path.test(seen.path));
  }

  get peakConcurrency(): number {
    return this.all.reduce((peak, seen) => Math.max(peak, seen.concurrency), 0);
  }

  clear(): void {
    this.all.length = 0;
  }
}

/** Records every request that the server answers or drops. Call before `injectFaults`. */
export function recordRequests(server: FastifyInstance, log: RequestLog): void {
  server.addHook('preHandler', async (request, reply) => {
    log.open += 1;
    const seen: SeenRequest = {
      method: request.method,
      path: request.url.split('?')[0]!,
      query: { ...(request.query as Record<string, string>) },
      body: request.body,
      status: 0,
      concurrency: log.open,
    };
    log.all.push(seen);
    reply.raw.once('close', () => {
      log.open -= 1;
      seen.status = reply.raw.statusCode;
    });
  });
}
