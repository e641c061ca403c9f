import { email, startScene, type Scene } from './scene.mts';

let scene: Scene;
beforeEach(async () => {
  scene = await startScene();
  await scene.trigger.activate();
});
afterEach(async () => scene.close());

const started = (): number => scene.trigger.runs.length;
const seconds = (): number => Math.floor(Date.now() / 1000);

test('the real thing starts a run', async () => {
  expect(await scene.post(scene.form())).toBe(200);
  expect(started()).toBe(1);
});

test('a post that comes while the workflow is being published is told to come again and leaves nothing that could hide the webhook', async () => {
  const body = scene.form();
  await scene.close();
  scene = await startScene();
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  const early = await fetch(`${scene.trigger.url}?secret=early`, { method: 'POST', headers, body });
  expect(early.status).toBe(503);
  expect(JSON.stringify(scene.trigger.staticData())).not.toContain('live');
});

describe.each([
  ['signed', true],
  ['unsigned', false],
])('a %s webhook', (_, signing) => {
  beforeEach(async () => {
    await scene.close();
    scene = await startScene();
    scene.mailchimp.webhooks.signing = signing;
    await scene.trigger.activate();
  });

  test.each([
    ['without a secret', (url: string) => url.split('?')[0]!],
    ['with an empty secret', (url: string) => `${url.split('?')[0]!}?secret=`],
    ['with a shorter secret', (url: string) => url.slice(0, -1)],
    ['with a longer secret', (url: string) => `${url}A`],
    [
      'with a secret in other letters',
      (url: string) => url.replace(/secret=.*/, (found) => found.toUpperCase().replace('SECRET', 'secret')),
    ],
    ['with two secrets', (url: string) => `${url}&secret=x`],
    ['with an array of secrets', (url: string) => url.replace('secret=', 'secret[]=')],
  ])('refuses a post %s with 401', async (_case, forge) => {
    expect(await scene.post(scene.form(), { url: forge(scene.hook().url) })).toBe(401);
    expect(started()).toBe(0);
  });

  test.each([
    ['an empty body', ''],
    ['a body that is no form', '{"type":"profile"}'],
    ['a broken escape', 'type=%E0%A4%A'],
    ['an unknown type', 'type=explode&fired_at=2026-11-23+10%3A00%3A00&data%5Blist_id%5D=x'],
    ['no time', 'type=profile&data%5Blist_id%5D=x'],
    ['a prototype in a key', 'type=profile&data%5B__proto__%5D%5Bx%5D=1'],
  ])('answers %s with 400', async (_case, body) => {
    expect(await scene.post(body)).toBe(400);
    expect(started()).toBe(0);
  });

  test('refuses JSON, and more than 256 kB', async () => {
    const json = { headers: { 'content-type': 'application/json' } };
    expect(await scene.post(scene.form(), json)).toBe(400);
    expect(await scene.post(scene.form({ 'data[merges][FNAME]': 'x'.repeat(300_000) }))).toBe(413);
    expect(started()).toBe(0);
  });

  test('answers an event of another audience or of a kind that was not asked for, and starts nothing', async () => {
    expect(await scene.post(scene.form({ 'data[list_id]': 'somebodyelse' }))).toBe(200);
    expect(await scene.post(scene.form({ type: 'campaign' }))).toBe(200);
    expect(started()).toBe(0);
  });

  test('answers GET and HEAD with 200 and starts nothing', async () => {
    for (const method of ['GET', 'HEAD'])
      expect((await fetch(scene.trigger.url, { method })).status).toBe(200);
    expect(started()).toBe(0);
  });
});

describe('a signed webhook', () => {
  test.each([
    ['no signature', { 'x-mailchimp-signature': '' }],
    ['a made-up signature', { 'x-mailchimp-signature': `t=${seconds()},v1=${'a'.repeat(64)}` }],
    ['a signature without a time', { 'x-mailchimp-signature': `v1=${'a'.repeat(64)}` }],
  ])('refuses %s', async (_case, headers) => {
    expect(await scene.post(scene.form(), { headers })).toBe(401);
    expect(started()).toBe(0);
  });

  test.each([-301, 301])('refuses a good signature that is %i s away', async (away) => {
    expect(await scene.post(scene.form(), { at: seconds() + away })).toBe(401);
    expect(started()).toBe(0);
  });

  test('refuses a body that was changed by one letter', async () => {
    const body = scene.form();
    const at = seconds();
    const { secret } = scene.hook();
    const { createHmac } = await import('node:crypto');
    const digest = createHmac('sha256', secret).update(`${at}.${body}`).digest('hex');
    const headers = { 'x-mailchimp-signature': `t=${at},v1=${digest}` };
    expect(await scene.post(body.replace('anna', 'anne'), { headers })).toBe(401);
    expect(await scene.post(body, { headers })).toBe(200);
  });

  test('takes late retries that Mailchimp signs anew', async () => {
    const { webhooks, audiences } = scene.mailchimp;
    scene.trigger.isDown = true;
    audiences.unsubscribe(scene.list, email);
    await webhooks.idle();
    scene.trigger.isDown = false;
    expect(started()).toBe(0);
    await webhooks.advance(80 * 60_000);
    expect(started()).toBe(1);
    expect(webhooks.deliveries[0]!.attempts).toEqual([503, 200]);
  });

  test('refuses retries with the first attempt’s signature, which could be anybody’s replay', async () => {
    const { webhooks, audiences } = scene.mailchimp;
    webhooks.resigns = false;
    scene.trigger.isDown = true;
    audiences.unsubscribe(scene.list, email);
    await webhooks.idle();
    scene.trigger.isDown = false;
    await webhooks.advance(80 * 60_000);
    expect(webhooks.deliveries[0]!.attempts).toEqual([503, 401, 401, 401]);
    expect(started()).toBe(0);
  });
});

test('an unsigned webhook starts nothing for what is older than its memory', async () => {
  await scene.close();
  scene = await startScene();
  scene.mailchimp.webhooks.signing = false;
  await scene.trigger.activate();
  expect(await scene.post(scene.form({ fired_at: '2026-01-01 00:00:00' }))).toBe(200);
  expect(started()).toBe(0);
});
