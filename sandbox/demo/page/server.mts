import fastify, { type FastifyReply } from 'fastify';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AddressInfo } from 'node:net';
import { PROJECT } from '../../n8n/tools.mts';
import type { Observer } from './snapshot.mts';

const TICK_MS = 700;
const FILES: Record<string, [file: string, type: string]> = {
  '/': ['index.html', 'text/html'],
  '/page.css': ['page.css', 'text/css'],
  '/page.js': ['page.js', 'text/javascript'],
};
const fileAt = (name: string): Buffer => readFileSync(join(PROJECT, 'sandbox', 'demo', 'page', name));

export interface LivePage {
  url: string;
  close(): Promise<void>;
}

/** Everybody who looks gets the same; nobody asks while nobody looks. */
class Audience {
  private readonly replies = new Set<FastifyReply>();
  private last = '';
  private busy = false;

  constructor(private readonly observer: Observer) {}

  add(reply: FastifyReply): void {
    reply.hijack();
    reply.raw.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    this.replies.add(reply);
    reply.raw.once('close', () => this.replies.delete(reply));
    if (this.last) reply.raw.write(this.last);
    void this.tick();
  }

  async tick(): Promise<void> {
    if (this.busy || this.replies.size === 0) return;
    this.busy = true;
    try {
      const event = `data: ${JSON.stringify(await this.observer.look())}\n\n`;
      if (event === this.last) return;
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
  for (const [path, [file, type]] of Object.entries(FILES))
    server.get(path, (_request, reply) => reply.type(`${type}; charset=utf-8`).send(fileAt(file)));
  const audience = new Audience(observer);
  server.get('/live', (_request, reply) => audience.add(reply));
  await server.listen({ host: '127.0.0.1', port });
  const timer = setInterval(() => void audience.tick(), TICK_MS);
  return {
    url: `http://127.0.0.1:${(server.server.address() as AddressInfo).port}`,
    close: async () => {
      clearInterval(timer);
      audience.end();
      await server.close();
    },
  };
}
