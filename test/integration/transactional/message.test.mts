import type { INode } from 'n8n-workflow';
import { startMandrillSimulator, type MandrillSimulator } from '../../../sandbox/mandrill/simulator.mts';
import type { Message } from '../../../sandbox/mandrill/messages.mts';
import { runNode } from '../../support/harness.mts';

/** What became of a mail can be asked for again, in the shape in which the trigger tells it. */

let mandrill: MandrillSimulator;
beforeEach(async () => {
  mandrill = await startMandrillSimulator();
});
afterEach(() => mandrill.close());

const SENT = 1_767_000_000;

const mail = (): Message => {
  const message = mandrill.messages.create({ email: 'anna@shop.example', metadata: { order_id: '7' } });
  return Object.assign(message, { ts: SENT });
};

const get = (ids: string[], onError?: INode['onError']) =>
  runNode({
    type: 'mailchimpSync',
    parameters: { resource: 'message', operation: 'get', messageId: '={{ $json.id }}' },
    input: ids.map((id) => ({ id })),
    credentials: {
      mailchimpTransactionalApi: { apiKey: mandrill.apiKey, baseUrl: `${mandrill.url}/api/1.4` },
    },
    onError,
  });

const only = async (id: string) => {
  const result = await get([id]);
  expect(result.error).toBeUndefined();
  expect(result.outputs.map((items) => items.length)).toEqual([1, 0, 0]);
  return result.outputs[0]![0]!.json;
};

test('a mail that nothing has happened to is sent', async () => {
  const { id } = mail();
  expect(await only(id)).toMatchObject({
    ...{ event: 'send', messageId: id, source: `message ${id}`, email: 'anna@shop.example' },
    ...{ metadata: { order_id: '7' }, sentAt: '2025-12-29T09:20:00.000Z', at: '2025-12-29T09:20:00.000Z' },
  });
});

test.each(['delivered', 'deferral', 'soft_bounce', 'hard_bounce', 'spam', 'unsub', 'reject'])(
  'the last that happened is told: %s',
  async (event) => {
    const message = mail();
    mandrill.emit('send', message, { ts: SENT });
    mandrill.emit(event, message, { ts: SENT + 60 });
    const told = await only(message.id);
    // Mailchimp itself tells no delivery in a message’s state.
    expect(told).toMatchObject({ event: event === 'delivered' ? 'send' : event, sentAt: expect.anything() });
    const isServers = ['deferral', 'soft_bounce', 'hard_bounce'].includes(event);
    expect(told.at).toBe(isServers ? '2025-12-29T09:21:00.000Z' : '2025-12-29T09:20:00.000Z');
    if (isServers) expect(told.diagnosis).toMatch(/^\d{3} /);
  },
);

test('a reader who clicked counts more than one who opened, and the first time counts', async () => {
  const message = mail();
  for (const minute of [5, 9]) mandrill.emit('open', message, { ts: SENT + minute * 60 });
  expect(await only(message.id)).toMatchObject({ event: 'open', at: '2025-12-29T09:25:00.000Z' });
  mandrill.emit('click', message, { ts: SENT + 600, url: 'https://shop.example/7' });
  expect(await only(message.id)).toMatchObject({
    ...{ event: 'click', url: 'https://shop.example/7', at: '2025-12-29T09:30:00.000Z' },
  });
});

test('what was read before it bounced is a bounce', async () => {
  const message = mail();
  mandrill.emit('open', message);
  mandrill.emit('hard_bounce', message);
  expect(await only(message.id)).toMatchObject({ event: 'hard_bounce' });
});

test.each([
  ['an unknown mail', 'f'.repeat(32), /no such message/],
  ['no ID', ' ', /No ID/],
])('%s is told, and stops no other one where the node continues', async (_, id, said) => {
  const known = mail().id;
  expect((await get([id])).error?.message).toMatch(said);
  const { outputs, error } = await get([id, known], 'continueRegularOutput');
  expect(error).toBeUndefined();
  expect(outputs[0]).toMatchObject([
    { json: { error: expect.stringMatching(said) } },
    { json: { messageId: known } },
  ]);
});

test('a mail that is still to be sent is told as such', async () => {
  const message = Object.assign(mail(), { state: 'queued' });
  expect((await get([message.id])).error?.message).toMatch(/still to be sent/);
});

test('a passing trouble is waited for, a refused key is told', async () => {
  const { id } = mail();
  mandrill.faults.add({ kind: 'answer', status: 502, body: {}, times: 1 });
  expect(await only(id)).toMatchObject({ messageId: id });
  const body = { status: 'error', code: -1, name: 'Invalid_Key' };
  mandrill.faults.add({ kind: 'answer', status: 401, body, times: 1_000 });
  expect((await get([id])).error?.message).toMatch(/refuses the API key/);
});
