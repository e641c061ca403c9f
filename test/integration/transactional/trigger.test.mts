import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startScene, type Scene } from './scene.mts';

/** What happens to order mails starts runs: signed, each event once, and nothing that Mailchimp did not say. */

let scene: Scene;
beforeEach(async () => void (scene = await startScene()));
afterEach(() => scene.close());

const message = (email = 'anna@shop.example') =>
  scene.mandrill.messages.create({ email, metadata: { order_id: '1001' }, tags: ['order-confirmation'] });

const hooks = () => scene.mandrill.webhooks.hooks;

test('publishing makes the webhook, publishing again changes nothing, and unpublishing removes it', async () => {
  expect(await scene.trigger.activate()).toBe(false);
  expect(hooks()).toMatchObject([
    { url: scene.trigger.url, events: expect.arrayContaining(['hard_bounce']) },
  ]);
  expect(await scene.trigger.activate()).toBe(true);
  expect(await scene.trigger.activate({ events: ['open'] })).toBe(false);
  expect(hooks()).toMatchObject([{ events: ['open'] }]);
  await scene.trigger.deactivate();
  expect(hooks()).toEqual([]);
});

test('a lost answer to the making of the webhook leaves one webhook, not two', async () => {
  scene.mandrill.faults.add({ kind: 'reset-after', path: /webhooks\/add/ });
  await scene.trigger.activate();
  expect(hooks()).toHaveLength(1);
  scene.mandrill.emit('send', message());
  await scene.mandrill.webhooks.flush();
  expect(scene.events()).toEqual(['send anna@shop.example']);
});

test('a webhook that somebody deleted in Mailchimp is made anew', async () => {
  await scene.trigger.activate();
  scene.mandrill.webhooks.remove(hooks()[0]!.id);
  await scene.trigger.activate();
  expect(hooks()).toHaveLength(1);
});

test('a post that comes while the workflow is being published leaves nothing that could hide the webhook', async () => {
  const event = scene.mandrill.emit('send', message());
  expect(await scene.post([event], { key: 'whatever' })).toBe(401);
  expect(JSON.stringify(scene.trigger.staticData())).not.toContain('live');
  await scene.trigger.activate();
  await scene.mandrill.webhooks.flush();
  expect(scene.events()).toEqual(['send anna@shop.example']);
});

test('no secret lies in n8n’s database', async () => {
  await scene.trigger.activate();
  scene.mandrill.emit('send', message());
  await scene.mandrill.webhooks.flush();
  const stored = JSON.stringify(scene.trigger.staticData());
  expect(stored).not.toContain(hooks()[0]!.auth_key);
  expect(stored).not.toContain('anna');
});

test('a batch is split into its events, with what the shop said about the message', async () => {
  await scene.trigger.activate();
  const mail = message();
  scene.mandrill.emit('send', mail);
  scene.mandrill.emit('click', mail, { url: 'https://shop.example/ü' });
  scene.mandrill.emit('hard_bounce', mail);
  await scene.mandrill.webhooks.flush();
  expect(scene.trigger.runs).toHaveLength(1);
  expect(scene.trigger.runs[0]).toMatchObject([
    { event: 'send', messageId: mail.id, metadata: { order_id: '1001' }, tags: ['order-confirmation'] },
    { event: 'click', url: 'https://shop.example/ü' },
    { event: 'hard_bounce', reason: 'bad_mailbox', diagnosis: expect.stringContaining('550') },
  ]);
});

test('a post that comes five times, and events that come in other batches again, start one run', async () => {
  await scene.trigger.activate();
  const event = scene.mandrill.emit('send', message());
  await scene.mandrill.webhooks.flush(5);
  const other = scene.mandrill.emit('send', message('carl@shop.example'));
  expect(await scene.post([other, event])).toBe(200);
  expect(scene.events()).toEqual(['send anna@shop.example', 'send carl@shop.example']);
  scene.trigger.restore(scene.trigger.staticData());
  await scene.post([event]);
  expect(scene.trigger.runs).toHaveLength(2);
});

test('ten opens of a message are ten events', async () => {
  await scene.trigger.activate();
  const mail = message();
  const now = Math.floor(Date.now() / 1000);
  for (let i = 0; i < 10; i++) scene.mandrill.emit('open', mail, { ts: now - i });
  await scene.mandrill.webhooks.flush();
  expect(scene.trigger.runs[0]).toHaveLength(10);
});

test('the set-up call is answered, and nothing else is taken under the key that everybody knows', async () => {
  await scene.trigger.activate();
  expect((await fetch(scene.trigger.url, { method: 'HEAD' })).status).toBe(200);
  expect(await scene.post([], { key: 'test-webhook' })).toBe(200);
  const event = scene.mandrill.emit('send', message());
  expect(await scene.post([event], { key: 'test-webhook' })).toBe(401);
  expect(await scene.post('[ ]', { key: 'test-webhook' })).toBe(401);
  expect(scene.trigger.runs).toEqual([]);
});

test('behind a proxy the address that Mailchimp signs is the one that the user states', async () => {
  const proxy = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', async () => {
      const { 'content-type': type = '', 'x-mandrill-signature': signature = '' } = request.headers;
      const headers = { 'content-type': type, 'x-mandrill-signature': String(signature) };
      const body = request.method === 'POST' ? Buffer.concat(parts).toString() : null;
      const answer = await fetch(behind.trigger.url, { method: request.method!, headers, body });
      response.writeHead(answer.status).end();
    });
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  const publicUrl = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}/hooks?from=mailchimp`;
  const behind = await startScene({ options: { publicUrl } });
  await behind.trigger.activate();
  expect(behind.mandrill.webhooks.hooks).toMatchObject([{ url: publicUrl }]);
  behind.mandrill.emit('send', behind.mandrill.messages.create({ email: 'anna@shop.example' }));
  await behind.mandrill.webhooks.flush();
  expect(behind.events()).toEqual(['send anna@shop.example']);
  await behind.close();
  proxy.closeAllConnections();
  await new Promise((resolve) => proxy.close(resolve));
});

test('an old event that is posted again is no event', async () => {
  await scene.trigger.activate();
  const event = scene.mandrill.emit('send', message(), { ts: Math.floor(Date.now() / 1000) - 30 * 3600 });
  expect(await scene.post([event])).toBe(200);
  expect(scene.trigger.runs).toEqual([]);
});

test('a trouble of Mailchimp while its key is asked for loses nothing: it posts again', async () => {
  await scene.trigger.activate();
  const mail = message();
  scene.mandrill.emit('send', mail);
  scene.mandrill.faults.add({ kind: 'answer', status: 429, path: /webhooks\/info/, times: 6, body: {} });
  await scene.mandrill.webhooks.flush();
  expect(scene.trigger.runs).toEqual([]);
  await scene.mandrill.webhooks.flush();
  expect(scene.events()).toEqual(['send anna@shop.example']);
}, 60_000);

test('changes of block lists and events that are not wanted start nothing', async () => {
  await scene.trigger.activate();
  const blocked = { type: 'blacklist', action: 'add', reject: { email: 'x@shop.example' }, ts: 1 };
  const deferred = scene.mandrill.emit('deferral', message());
  expect(await scene.post([blocked, deferred])).toBe(200);
  expect(await scene.post({ event: 'send' })).toBe(400);
  expect(await scene.post('{')).toBe(400);
  expect(scene.trigger.runs).toEqual([]);
});
