import {
  ALL_EVENTS,
  ALL_SOURCES,
  hooksApi,
  refusal,
  startReceiver,
  startScene,
  type Scene,
} from './webhookReceiver.mts';

/** The list webhooks of the simulator, as Mailchimp's own client finds them. */

let scene: Scene;

beforeEach(async () => {
  scene = await startScene();
});

afterEach(() => scene.close());

const all = async (): Promise<Array<Record<string, unknown>>> =>
  (await hooksApi.getListWebhooks(scene.list))['webhooks'] as Array<Record<string, unknown>>;

describe('a webhook is made', () => {
  test('with all that was asked for, and is then found alone and in the list', async () => {
    const events = { ...ALL_EVENTS, campaign: false };
    const made = await scene.addHook({ events, sources: { user: true, admin: true, api: false } });
    const { signing_secret: secret, ...rest } = made;
    expect(rest).toMatchObject({
      url: `${scene.receiver.url}/hook?secret=s`,
      events,
      sources: { user: true, admin: true, api: false },
      list_id: scene.list,
      signing_enabled: true,
    });
    expect(made['id']).toMatch(/^[0-9a-f]{10}$/);
    expect(String(secret).length).toBeGreaterThanOrEqual(32);
    expect(await hooksApi.getListWebhook(scene.list, String(made['id']))).toEqual(rest);
    expect(await hooksApi.getListWebhooks(scene.list)).toMatchObject({ webhooks: [rest], total_items: 1 });
  });

  test('after one GET to the full URL, its query included, and no POST', async () => {
    await scene.addHook({ url: `${scene.receiver.url}/a/b?secret=x%2By&z=%C3%BC` });
    expect(scene.receiver.all.map(({ method, path }) => [method, path])).toEqual([
      ['GET', '/a/b?secret=x%2By&z=%C3%BC'],
    ]);
  });

  test.each([201, 204, 301, 400, 401, 404, 405, 410, 500, 503])(
    'never while its URL answers GET with %i',
    async (status) => {
      scene.receiver.get = status;
      expect(await refusal(scene.addHook())).toMatchObject({ status: 400, title: 'Bad Request' });
      expect(await all()).toEqual([]);
    },
  );

  test('never through a redirect, even to a place that answers 200', async () => {
    const elsewhere = await startReceiver();
    scene.receiver.get = { redirectTo: elsewhere.url };
    const answer = await refusal(scene.addHook());
    await elsewhere.close();
    expect(answer).toMatchObject({ status: 400 });
    expect(elsewhere.all).toEqual([]);
  });

  test.each(['http://127.0.0.1:1/nobody', 'ftp://shop.example/hook', 'no url', '', 7, null, undefined])(
    'never with the URL %p',
    async (url) => {
      expect(await refusal(scene.addHook({ url }))).toMatchObject({ status: 400 });
      expect(await all()).toEqual([]);
    },
  );

  test('once for one URL of an audience, but for every query and every audience anew', async () => {
    await scene.addHook();
    expect(await refusal(scene.addHook())).toMatchObject({
      status: 400,
      detail: expect.stringContaining('multiple WebHooks for one URL') as string,
    });
    await scene.addHook({ url: `${scene.receiver.url}/hook?secret=other` });
    expect(await all()).toHaveLength(2);
    const other = scene.mailchimp.audiences.create({ name: 'Suppliers' }).id;
    await hooksApi.createListWebhook(other, { url: `${scene.receiver.url}/hook?secret=s` });
    expect((await hooksApi.getListWebhooks(other))['total_items']).toBe(1);
  });

  test('with all switches off where none are given, so that nobody relies on a default', async () => {
    const made = await scene.addHook({ events: undefined, sources: undefined });
    expect(Object.values(made['events'] as object)).toEqual(Array(8).fill(false));
    expect(made['sources']).toEqual({ user: false, admin: false, api: false });
  });

  test.each([
    { events: 'profile' },
    { sources: ['user'] },
    { events: { profile: 'false' } },
    { sources: { api: 0 } },
  ])('never with switches that are no booleans: %j', async (body) => {
    expect(await refusal(scene.addHook(body))).toMatchObject({ status: 400 });
    expect(await all()).toEqual([]);
  });

  test('without a secret by an account that does not sign', async () => {
    scene.mailchimp.webhooks.signing = false;
    const made = await scene.addHook();
    expect(made).toHaveProperty('signing_enabled', false);
    expect(made).not.toHaveProperty('signing_secret');
  });
});

describe('a webhook changes', () => {
  test('only in what was sent, and never shows its secret again', async () => {
    const { signing_secret: secret, ...before } = await scene.addHook();
    const id = String(before['id']);
    const changed = await hooksApi.updateListWebhook(scene.list, id, { sources: { api: false } });
    expect(changed).toEqual({ ...before, sources: { ...ALL_SOURCES, api: false } });
    const answers = [await hooksApi.getListWebhook(scene.list, id), await all(), changed];
    expect(JSON.stringify(answers)).not.toContain(String(secret));
  });

  test('its URL only to one that answers 200 and has no other webhook', async () => {
    const id = String((await scene.addHook())['id']);
    const taken = `${scene.receiver.url}/taken`;
    await scene.addHook({ url: taken });
    expect(await refusal(hooksApi.updateListWebhook(scene.list, id, { url: taken }))).toMatchObject({
      detail: expect.stringContaining('multiple WebHooks') as string,
    });
    scene.receiver.get = 500;
    const url = `${scene.receiver.url}/new`;
    expect(await refusal(hooksApi.updateListWebhook(scene.list, id, { url }))).toMatchObject({ status: 400 });
    expect((await hooksApi.getListWebhook(scene.list, id))['url']).toContain('secret=s');
    scene.receiver.get = 200;
    expect(await hooksApi.updateListWebhook(scene.list, id, { url })).toHaveProperty('url', url);
  });

  test('as a whole or not at all', async () => {
    const { signing_secret: _secret, ...before } = await scene.addHook();
    const id = String(before['id']);
    const halfGood = { url: `${scene.receiver.url}/new`, events: ALL_EVENTS, sources: { user: 'no' } };
    expect(await refusal(hooksApi.updateListWebhook(scene.list, id, halfGood))).toMatchObject({
      status: 400,
    });
    expect(await hooksApi.getListWebhook(scene.list, id)).toEqual(before);
  });
});

describe('a webhook ends', () => {
  test('when it is deleted: it is gone, hears nothing more, and its URL is free', async () => {
    const id = String((await scene.addHook())['id']);
    await hooksApi.deleteListWebhook(scene.list, id);
    expect(await refusal(hooksApi.getListWebhook(scene.list, id))).toMatchObject({ status: 404 });
    expect(await refusal(hooksApi.deleteListWebhook(scene.list, id))).toMatchObject({ status: 404 });
    scene.mailchimp.audiences.resubscribe(scene.list, 'anna@hafen.example');
    await scene.mailchimp.webhooks.idle();
    expect(scene.receiver.posts()).toEqual([]);
    expect((await scene.addHook())['id']).not.toBe(id);
  });

  test('only by its own audience’s address', async () => {
    const id = String((await scene.addHook())['id']);
    const other = scene.mailchimp.audiences.create({ name: 'Suppliers' }).id;
    for (const list of [other, 'nolist0000']) {
      expect(await refusal(hooksApi.getListWebhook(list, id))).toMatchObject({ status: 404 });
      expect(await refusal(hooksApi.updateListWebhook(list, id, {}))).toMatchObject({ status: 404 });
      expect(await refusal(hooksApi.deleteListWebhook(list, id))).toMatchObject({ status: 404 });
    }
    expect(await all()).toHaveLength(1);
  });
});
