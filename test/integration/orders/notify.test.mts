import { createHmac } from 'node:crypto';
import { MailchimpOrderTrigger } from '../../../nodes/MailchimpOrderTrigger/MailchimpOrderTrigger.node.ts';
import { startTrigger, type TriggerServer } from '../../support/trigger.mts';
import { idsOf, order, startScene, type Scene } from './scene.mts';

/** The shop may say which order is new; Mailchimp says what it is. */

let scene: Scene;
let trigger: TriggerServer;

async function start(notifications: string, parameters: Record<string, unknown> = {}): Promise<void> {
  trigger = await startTrigger(new MailchimpOrderTrigger(), scene.run({ notifications, ...parameters }));
}

beforeEach(async () => void (scene = await startScene()));
afterEach(async () => {
  await trigger.close();
  await scene.mailchimp.close();
});

const post = async (body: string, headers: Record<string, string> = {}): Promise<number> => {
  const url = trigger.url.replace(/[^/]*$/, 'order');
  const response = await fetch(trigger.url.endsWith('/order') ? trigger.url : url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
  });
  return response.status;
};

const sign = (body: string, secret = 'a secret', form: 'base64' | 'hex' = 'base64'): string =>
  createHmac('sha256', secret).update(body).digest(form);

test('a token lets the shop in, and nobody else', async () => {
  await start('token');
  scene.orders('1');
  expect(await post('{"order_id":"1"}')).toBe(401);
  expect(await post('{"order_id":"1"}', { 'x-shop': 'a secreT' })).toBe(401);
  expect(trigger.runs).toEqual([]);
  expect(scene.mailchimp.requests.all).toEqual([]);
  expect(await post('{"order_id":"1"}', { 'x-shop': 'a secret' })).toBe(200);
  expect(idsOf(trigger.runs.flat())).toEqual(['new 1']);
});

test('a signature covers the body, in base 64 or hex', async () => {
  await start('signature');
  scene.orders('1', '2');
  const body = '{"id":1}';
  expect(await post(body, { 'x-shop': sign(`${body} `) })).toBe(401);
  expect(await post(body, { 'x-shop': sign(body, 'another') })).toBe(401);
  expect(await post(body, { 'x-shop': sign(body) })).toBe(200);
  const other = '{"order":{"id":"2"}}';
  expect(await post(other, { 'x-shop': `sha256=${sign(other, 'a secret', 'hex')}` })).toBe(200);
  expect(idsOf(trigger.runs.flat())).toEqual(['new 1', 'new 2']);
});

test('without notifications there is no webhook', async () => {
  await start('none');
  expect(await post('{"order_id":"1"}', { 'x-shop': 'a secret' })).toBe(404);
  expect(trigger.runs).toEqual([]);
});

test('what a post says about the order is not believed', async () => {
  await start('token');
  scene.orders('1');
  const body = JSON.stringify({ order_id: '1', order_total: 1_000_000, customer: { id: 'somebody' } });
  await post(body, { 'x-shop': 'a secret' });
  expect(trigger.runs.flat()[0]).toMatchObject({ order: { order_total: 20 } });
});

test('an order that is not at Mailchimp yet is asked for again; a body without one is wrong', async () => {
  await start('token');
  expect(await post('{"order_id":"9"}', { 'x-shop': 'a secret' })).toBe(503);
  expect(await post('{}', { 'x-shop': 'a secret' })).toBe(400);
  expect(await post('[1]', { 'x-shop': 'a secret' })).toBe(400);
  expect(trigger.runs).toEqual([]);
});

test('a trouble of Mailchimp asks the shop to come again, and the order is not lost', async () => {
  await start('token');
  scene.orders('1');
  scene.mailchimp.faults.add({ kind: 'answer', status: 429, body: '', times: 6 });
  expect(await post('{"order_id":"1"}', { 'x-shop': 'a secret' })).toBe(503);
  expect(await post('{"order_id":"1"}', { 'x-shop': 'a secret' })).toBe(200);
  expect(idsOf(trigger.runs.flat())).toEqual(['new 1']);
}, 60_000);

test('a poll knows what a notification gave out, also while it was reading', async () => {
  const poller = scene.poller();
  trigger = await startTrigger(new MailchimpOrderTrigger(), {
    ...scene.run({ notifications: 'token' }),
    nodeId: poller.node,
  });
  await poller.poll();
  scene.orders('1');
  await post('{"order_id":"1"}', { 'x-shop': 'a secret' });
  expect(await poller.poll()).toEqual([]);
  // The poll has its list and asks for the store, when a further order is told.
  scene.orders('3');
  scene.mailchimp.faults.add({ kind: 'delay', delayMs: 600, path: /stores\/shop$/ });
  const reading = poller.poll();
  await new Promise((resolve) => setTimeout(resolve, 300));
  scene.orders('2');
  await post('{"order_id":"2"}', { 'x-shop': 'a secret' });
  const events = [...(await reading), ...(await poller.poll()), ...(await poller.poll())];
  expect(idsOf(events)).toEqual(['new 3']);
  expect(idsOf(trigger.runs.flat())).toEqual(['new 1', 'new 2']);
});

test('ten posts at once about one order start one run; a change of it starts another', async () => {
  await start('token');
  scene.orders('1');
  await Promise.all(Array.from({ length: 10 }, () => post('{"order_id":"1"}', { 'x-shop': 'a secret' })));
  expect(trigger.runs).toHaveLength(1);
  scene.mailchimp.shop.putOrder('shop', order('1', { financial_status: 'refunded' }));
  await post('{"order_id":"1"}', { 'x-shop': 'a secret' });
  expect(idsOf(trigger.runs.flat())).toEqual(['new 1', 'refunded 1']);
});
