import type { IDataObject } from 'n8n-workflow';
import { email, startScene, type Scene } from './scene.mts';

let scene: Scene;
beforeEach(async () => {
  scene = await startScene();
});
afterEach(async () => scene.close());

const webhookCalls = (method: string): number =>
  scene.mailchimp.requests.all.filter((seen) => seen.method === method && seen.path.includes('/webhooks'))
    .length;

/** An unsubscription starts a run: the webhook works. */
async function works(): Promise<void> {
  const before = scene.trigger.runs.length;
  scene.mailchimp.audiences.changeProfile(scene.list, email, { FNAME: `Anna ${before}` });
  await scene.mailchimp.webhooks.idle();
  expect(scene.trigger.runs).toHaveLength(before + 1);
}

test('publishing registers one webhook, with every switch said and without the source api', async () => {
  expect(await scene.trigger.activate()).toBe(false);
  expect(scene.hook()).toMatchObject({
    events: {
      subscribe: true,
      unsubscribe: true,
      profile: true,
      cleaned: true,
      upemail: true,
      campaign: false,
    },
    sources: { user: true, admin: true, api: false },
  });
  expect(scene.hook().url).toMatch(/\?secret=[\w-]{43}$/);
  await works();
});

test('a webhook that is as it has to be is left alone', async () => {
  await scene.trigger.activate();
  const { url } = scene.hook();
  expect(await scene.trigger.activate()).toBe(true);
  expect(scene.hook().url).toBe(url);
  expect([webhookCalls('POST'), webhookCalls('PATCH'), webhookCalls('DELETE')]).toEqual([1, 0, 0]);
});

test('other events or sources are put right on the same webhook', async () => {
  await scene.trigger.activate();
  const { id } = scene.hook();
  expect(
    await scene.trigger.activate({ events: ['profile', 'sms_subscribe'], sources: ['user', 'api'] }),
  ).toBe(true);
  expect(scene.hook()).toMatchObject({
    id,
    events: { profile: true, sms_subscribe: true, subscribe: false },
    sources: { user: true, admin: false, api: true },
  });
  await works();
});

test('what somebody changed at Mailchimp is put right too', async () => {
  await scene.trigger.activate();
  scene.hook().events.unsubscribe = false;
  await scene.trigger.activate();
  expect(scene.hook().events.unsubscribe).toBe(true);
});

test('another audience moves the webhook, and nothing is left behind', async () => {
  await scene.trigger.activate();
  const other = scene.mailchimp.audiences.create({ name: 'Suppliers' }).id;
  await scene.trigger.activate({ audience: { __rl: true, mode: 'id', value: other } });
  expect(scene.mailchimp.webhooks.hooks.map(({ list }) => list)).toEqual([other]);
});

test('an audience that was deleted with its webhook does not keep the next one from being registered', async () => {
  await scene.trigger.activate();
  const other = scene.mailchimp.audiences.create({ name: 'Suppliers' }).id;
  scene.mailchimp.audiences.remove(scene.list);
  await scene.trigger.activate({ audience: { __rl: true, mode: 'id', value: other } });
  expect(scene.mailchimp.webhooks.of(other)).toHaveLength(1);
});

test('a webhook deleted at Mailchimp is made anew', async () => {
  await scene.trigger.activate();
  scene.mailchimp.webhooks.remove(scene.hook().id);
  expect(await scene.trigger.activate()).toBe(false);
  await works();
});

test('a restored database that knows an older secret gets a new webhook; the old one goes', async () => {
  await scene.trigger.activate();
  const { id } = scene.hook();
  scene.trigger.restore({});
  expect(await scene.trigger.activate()).toBe(false);
  expect(scene.hook().id).not.toBe(id);
  await works();
});

test.each([
  ['reset-after', true],
  ['reset-after', false],
  ['truncate', true],
] as const)(
  'a lost answer to the create (%s, signed: %s) leaves one webhook that works',
  async (kind, signing) => {
    scene.mailchimp.webhooks.signing = signing;
    scene.mailchimp.faults.add({ method: 'POST', path: /\/webhooks$/, kind });
    await scene.trigger.activate();
    expect(scene.mailchimp.faults.struck).toBe(1);
    await works();
  },
  30_000,
);

test('webhooks of others are never touched', async () => {
  const url = `${scene.trigger.url}-of-somebody-else`;
  const given = { list: scene.list, url, events: {} as never, sources: {} as never };
  const other = scene.mailchimp.webhooks.add(given);
  await scene.trigger.activate();
  await scene.trigger.deactivate();
  expect(scene.mailchimp.webhooks.hooks).toEqual([other]);
});

test('unpublishing removes the webhook, also where Mailchimp has lost it already', async () => {
  await scene.trigger.activate();
  await scene.trigger.deactivate();
  expect(scene.mailchimp.webhooks.hooks).toEqual([]);
  await scene.trigger.activate();
  scene.mailchimp.webhooks.remove(scene.hook().id);
  await expect(scene.trigger.deactivate()).resolves.toBeUndefined();
});

describe('trouble is told, never swallowed', () => {
  const refused = (): Promise<Error> =>
    scene.trigger.activate().then(
      () => new Error('registered'),
      (error) => error,
    );

  test('Mailchimp cannot reach n8n', async () => {
    scene.trigger.breakSetup = true;
    const error = await refused();
    expect(error.message).toMatch(/^\[MAILCHIMP_WEBHOOK_REFUSED\]/);
    expect(JSON.stringify(error)).not.toMatch(/secret=/);
  });

  test('the key is refused', async () => {
    scene.mailchimp.faults.add({ path: /\/webhooks/, kind: 'answer', status: 401, times: 9 });
    expect((await refused()).message).toMatch(/^\[MAILCHIMP_KEY_REFUSED\]/);
  });

  test('the audience does not exist', async () => {
    const error = await scene.trigger
      .activate({ audience: { __rl: true, mode: 'id', value: 'nosuchlist' } })
      .catch((thrown: Error) => thrown);
    expect((error as Error).message).toMatch(/^\[MAILCHIMP_AUDIENCE_NOT_FOUND\]/);
  });

  test('a webhook that cannot be removed', async () => {
    await scene.trigger.activate();
    scene.mailchimp.faults.add({
      method: 'DELETE',
      path: /\/webhooks/,
      kind: 'answer',
      status: 403,
      body: { title: 'User Disabled', status: 403, detail: '' },
      times: 9,
    });
    await expect(scene.trigger.deactivate()).rejects.toThrow(/MAILCHIMP_/);
    expect((scene.trigger.staticData()['node:Node under test'] as IDataObject).live).toHaveProperty('hook');
  });
});

test('neither secret lies in the static data', async () => {
  await scene.trigger.activate();
  const stored = JSON.stringify(scene.trigger.staticData());
  const secret = new URL(scene.hook().url).searchParams.get('secret')!;
  expect(stored).not.toContain(secret);
  expect(stored).not.toContain(scene.hook().secret);
});
