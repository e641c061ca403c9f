import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

/**
 * What a simulator does wrong on purpose. A fault waits for requests that fit `method`, `path` and `where`, lets the
 * first `skip` of them pass, then strikes `times` times.
 */
export interface Fault {
  kind:
    | 'answer' // refuse with status, headers and body, before anything is done
    | 'reset-before' // close the socket before anything is done
    | 'reset-after' // do the work, then close the socket without an answer
    | 'answer-after' // do the work, then answer with status and body (a gateway that gave up on its backend)
    | 'truncate' // do the work, then send half of the body
    | 'delay'; // wait `delayMs`, then go on as usual
  method?: string;
  path?: RegExp;
  where?: (request: FastifyRequest) => boolean;
  skip?: number;
  /** Default 1. */
  times?: number;
  status?: number;
  headers?: Record<string, string>;
  /** A string is sent as HTML, anything else as JSON, undefined as an empty body. */
  body?: unknown;
  delayMs?: number;
}

interface ArmedFault extends Fault {
  seen: number;
  struck: number;
}

export class Faults {
  private armed: ArmedFault[] = [];

  add(...faults: Fault[]): void {
    this.armed.push(...faults.map((fault) => ({ ...fault, seen: 0, struck: 0 })));
  }

  clear(): void {
    this.armed = [];
  }

  /** How often any fault has struck: a test that injects a fault checks that it did. */
  get struck(): number {
    return this.armed.reduce((sum, fault) => sum + fault.struck, 0);
  }

  take(request: FastifyRequest): Fault | undefined {
    for (const fault of this.armed) {
      if (!fits(fault, request)) continue;
      fault.seen += 1;
      if (fault.seen <= (fault.skip ?? 0) || fault.struck >= (fault.times ?? 1)) continue;
      fault.struck += 1;
      return fault;
    }
    return undefined;
  }
}

const fits = (fault: Fault, request: FastifyRequest): boolean =>
  (fault.method === undefined || fault.method === request.method) &&
  (fault.path === undefined || fault.path.test(request.url.split('?')[0]!)) &&
  (fault.where === undefined || fault.where(request));

const bodyOf = (fault: Fault): { type: string; text: string } =>
  fault.body === undefined || typeof fault.body === 'string'
    ? { type: 'text/html; charset=utf-8', text: fault.body ?? '' }
    : { type: 'application/json; charset=utf-8', text: JSON.stringify(fault.body) };

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

const struckBy = new WeakMap<FastifyRequest, Fault>();

async function strikeBefore(fault: Fault, request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
  if (fault.kind === 'delay') return pause(fault.delayMs ?? 100);
  if (fault.kind === 'reset-before') {
    reply.hijack();
    request.raw.socket.destroy();
  } else if (fault.kind === 'answer') {
    const { type, text } = bodyOf(fault);
    return reply
      .code(fault.status ?? 500)
      .headers({ 'content-type': type, ...fault.headers })
      .send(text);
  }
  return undefined;
}

function strikeAfter(fault: Fault, request: FastifyRequest, reply: FastifyReply, payload: unknown): unknown {
  const socket = request.raw.socket;
  if (fault.kind === 'reset-after') {
    socket.destroy();
  } else if (fault.kind === 'answer-after') {
    const { type, text } = bodyOf(fault);
    void reply.code(fault.status ?? 504).headers({ 'content-type': type, ...fault.headers });
    return text;
  } else if (fault.kind === 'truncate') {
    const whole = Buffer.isBuffer(payload) ? payload : Buffer.from(String(payload ?? ''));
    reply.hijack();
    reply.raw.writeHead(reply.statusCode, {
      'content-type': 'application/json',
      'content-length': whole.length,
    });
    reply.raw.write(whole.subarray(0, Math.floor(whole.length / 2)), () => socket.destroy());
  }
  return payload;
}

/** Lets the faults strike on every route of this server. Register before the routes, after any counting hooks. */
export function injectFaults(server: FastifyInstance, faults: Faults): void {
  server.addHook('preHandler', async (request, reply) => {
    const fault = faults.take(request);
    if (!fault) return undefined;
    struckBy.set(request, fault);
    await strikeBefore(fault, request, reply);
    return reply.sent ? reply : undefined;
  });
  server.addHook('onSend', async (request, reply, payload) => {
    const fault = struckBy.get(request);
    return fault ? strikeAfter(fault, request, reply, payload) : payload;
  });
}
