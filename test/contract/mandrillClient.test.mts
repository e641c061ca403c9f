import { createHmac } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import connect from '@mailchimp/mailchimp_transactional';
import { startMandrillSimulator, type MandrillSimulator } from '../../sandbox/mandrill/simulator.mts';
import { signatureOf } from '../../sandbox/mandrill/webhooks.mts';

/** Mailchimp's own Transactional client finds in the simulator what it expects; its errors are resolved, not rejected. */

let mandrill: MandrillSimulator;
let client: ReturnType<typeof connect>;
let receiver: Server;
let posts: Array<{ method: string; signature: string; body: string }>;
let answers: { HEAD: number; POST: number };
let url: string;

beforeEach(async () => {
  mandrill = await startMandrillSimulator();
  client = connect(mandrill.apiKey);
  client.basePath = `${mandrill.url}/api/1.3`;
  posts = [];
  answers = { HEAD: 200, POST: 200 };
  receiver = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const method = request.method as 'HEAD' | 'POST';
      posts.push({
        method,
        signature: String(request.headers['x-mandrill-signature'] ?? ''),
        body: Buffer.concat(parts).toString(),
      });
      response.writeHead(answers[method]).end();
    });
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook?a=1`;
});

afterEach(async () => {
  receiver.closeAllConnections();
  await new Promise((resolve) => receiver.close(resolve));
  await mandrill.close();
});

test('it pings, and a bad key is told', async () => {
  expect(await client.users.ping2()).toEqual({ PING: 'PONG!' });
  const stranger = connect('md-another');
  stranger.basePath = client.basePath;
  const refusal = (await stranger.users.ping2()) as { response?: { status: number; data: unknown } };
  expect(refusal.response).toMatchObject({ status: 401, data: { name: 'Invalid_Key', status: 'error' } });
});

test('it makes, reads, changes and deletes webhooks', async () => {
  const made = (await client.webhooks.add({ url, events: ['hard_bounce'], description: 'ours' })) as Record<
    string,
    unknown
  >;
  expect(made).toMatchObject({ id: 1, url, events: ['hard_bounce'], batches_sent: 0, last_error: null });
  expect(made.created_at).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{6}$/);
  expect(await client.webhooks.list()).toEqual([made]);
  expect(await client.webhooks.update({ id: 1, url, events: ['open'] })).toMatchObject({ events: ['open'] });
  expect(await client.webhooks.delete({ id: 1 })).toMatchObject({ id: 1 });
  const gone = (await client.webhooks.info({ id: 1 })) as { response?: { status: number; data: unknown } };
  expect(gone.response).toMatchObject({ status: 404, data: { code: 3, name: 'Unknown_Webhook' } });
});

test('a webhook’s address has to answer HEAD, or an empty batch under the key of tests', async () => {
  answers.HEAD = 404;
  expect(await client.webhooks.add({ url })).toMatchObject({ id: 1 });
  const probe = posts.find(({ method }) => method === 'POST')!;
  expect(probe.body).toBe('mandrill_events=%5B%5D');
  expect(probe.signature).toBe(
    createHmac('sha1', 'test-webhook').update(`${url}mandrill_events[]`).digest('base64'),
  );
  answers.POST = 403;
  const refused = (await client.webhooks.add({ url })) as { response?: { data: unknown } };
  expect(refused.response?.data).toMatchObject({ name: 'ValidationError' });
});

test('it sends, and what happens to a message reaches the webhook signed, 1,000 a batch', async () => {
  await client.webhooks.add({ url, events: ['send', 'open', 'hard_bounce'] });
  posts = [];
  const sent = (await client.messages.send({
    message: { to: [{ email: 'anna@shop.example' }], subject: 'Übersicht', metadata: { order_id: '7' } },
  })) as Array<{ _id: string; status: string }>;
  expect(sent[0]).toMatchObject({ status: 'sent', reject_reason: null });
  const message = mandrill.messages.all.get(sent[0]!._id)!;
  for (let i = 0; i < 1500; i++) mandrill.emit('open', message, { ts: 1_767_000_000 + i });
  mandrill.emit('click', message);
  await mandrill.webhooks.flush();
  expect(
    posts.map(
      ({ body }) => (JSON.parse(new URLSearchParams(body).get('mandrill_events')!) as unknown[]).length,
    ),
  ).toEqual([1000, 501]);
  const { auth_key: key } = mandrill.webhooks.hooks[0]!;
  for (const { body, signature } of posts) {
    const value = new URLSearchParams(body).get('mandrill_events')!;
    expect(signature).toBe(createHmac('sha1', key).update(`${url}mandrill_events${value}`).digest('base64'));
  }
  expect(await client.messages.info({ id: message.id })).toMatchObject({
    opens: 1500,
    clicks: 1,
    metadata: { order_id: '7' },
  });
});

test('a bounced address is sent nothing more', async () => {
  const message = mandrill.messages.create({ email: 'Bad@shop.example' });
  mandrill.emit('hard_bounce', message);
  expect(await client.rejects.list()).toMatchObject([{ email: 'bad@shop.example', reason: 'hard-bounce' }]);
  expect(await client.messages.info({ id: message.id })).toMatchObject({
    ...{ state: 'bounced', opens: 0, opens_detail: [] },
    smtp_events: [{ ts: expect.any(Number), type: 'bounced', diag: expect.stringMatching(/^550 /) }],
  });
  const again = await client.messages.send({ message: { to: [{ email: 'bad@shop.example' }] } });
  expect(again).toMatchObject([{ status: 'rejected', reject_reason: 'hard-bounce' }]);
});

test('what is not taken is sent again, and after twenty times the webhook is off', async () => {
  await client.webhooks.add({ url, events: ['send'] });
  answers.POST = 500;
  mandrill.emit('send', mandrill.messages.create({ email: 'anna@shop.example' }));
  for (let i = 0; i < 25; i++) await mandrill.webhooks.flush();
  expect(mandrill.webhooks.batches[0]!.attempts).toHaveLength(20);
  expect(mandrill.webhooks.hooks[0]!.enabled).toBe(false);
});

const VECTORS = join(process.cwd(), '../shared/specs/mailchimp/mandrill-signature-vectors.json');

if (existsSync(VECTORS)) {
  interface Vector {
    name: string;
    url: string;
    key: string;
    body: string;
    signature: string;
  }
  const vectors = JSON.parse(readFileSync(VECTORS, 'utf8')) as Vector[];
  test.each(vectors)('published vector: $name', ({ url: signed, key, body, signature }) => {
    const fields = Object.fromEntries(new URLSearchParams(body));
    expect(signatureOf(key, signed, fields)).toBe(signature);
  });
} else {
  test.skip(`SKIPPED: the published vectors are absent (${VECTORS})`, () => undefined);
}
