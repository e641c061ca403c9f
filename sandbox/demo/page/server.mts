import fastify, { type FastifyReply } from 'fastify';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AddressInfo } from 'node:net';
import { PROJECT } from '../../n8n/tools.mts';
import type { Observer } from './snapshot.mts';

const TICK_MS = 700;
const PAGE = join(PROJECT, 'sandbox', 'demo', 'page');
const TYPES: Record<string, string> = { css: 'text/css', js: 'text/javascript' };
const FILES = ['page.css', 'month.css', 'lines.css', 'page.js', 'lines.js'];

export interface LivePage {
  url: string;
  /** Somebody looks at it. */
  opened: Promise<void>;
  close(): Promise<void>;
}

/** Everybody who looks gets the same; nobody asks while nobody looks. */
class Audience {
  private readonly replies = new Set<FastifyReply>();
  private last = '';
  private busy = false;

  private welcome = (): void => {};
  readonly opened = new Promise<void>((resolve) => (this.welcome = resolve));

  constructor(private readonly observer: Observer) {}

  add(reply: FastifyReply): void {
    reply.hijack();
    reply.raw.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    this.replies.add(reply);
    this.welcome();
    reply.raw.once('close', () => {
      this.replies.delete(reply);
      // What was last seen long ago would make all that happened since look new.
      if (this.replies.size === 0) this.last = '';
    });
    if (this.last) reply.raw.write(this.last);
    void this.tick();
  }

  async tick(): Promise<void> {
    if (this.busy || this.replies.size === 0) return;
    this.busy = true;
    try {
      const event = `data: ${JSON.stringify(await this.observer.look())}\n\n`;
      if (event === this.last || this.replies.size === 0) return;
      this.last = event;
      for (const { raw } of this.replies) raw.write(event);
    } finally {
      this.busy = false;
    }
  }

  end(): void {
    for (const { raw } of this.replies) raw.end();
  }
}

/** The page, on this computer only. @param port wanted; 0 for any */
export async function servePage(observer: Observer, port = 0): Promise<LivePage> {
  const server = fastify({ forceCloseConnections: true });
  server.addHook('onSend', async (_request, reply) => {
    reply.header('content-security-policy', "default-src 'self'; frame-ancestors 'none'");
  });
  const serve = (path: string, file: string, type: string): void =>
    void server.get(path, (_request, reply) => reply.type(type).send(readFileSync(file)));
  serve('/', join(PAGE, 'index.html'), 'text/html; charset=utf-8');
  serve('/icon.svg', join(PROJECT, 'icons', 'syncLedger.svg'), 'image/svg+xml');
  for (const file of FILES)
    serve(`/${file}`, join(PAGE, file), `${TYPES[file.split('.')[1]!]}; charset=utf-8`);
  const audience = new Audience(observer);
  server.get('/live', (_request, reply) => audience.add(reply));
  await server.listen({ host: '127.0.0.1', port });
  const timer = setInterval(() => void audience.tick(), TICK_MS);
  return {
    url: `http://127.0.0.1:${(server.server.address() as AddressInfo).port}`,
    opened: audience.opened,
    close: async () => {
      clearInterval(timer);
      audience.end();
      await server.close();
    },
  };
}
