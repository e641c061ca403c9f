import { startScene, type Received, type Scene } from './webhookReceiver.mts';

/** How the simulated Mailchimp repeats, gives up and mixes its deliveries. */

const MINUTE = 60_000;
const EMAIL = 'anna@hafen.example';

let scene: Scene;

beforeEach(async () => {
  scene = await startScene();
  scene.mailchimp.audiences.addMember(scene.list, { email: EMAIL });
  await scene.addHook();
});

afterEach(() => scene.close());

async function act(name = 'Anna'): Promise<void> {
  scene.mailchimp.audiences.changeProfile(scene.list, EMAIL, { FNAME: name });
  await scene.mailchimp.webhooks.idle();
}

const minutes = (count: number): Promise<void> => scene.mailchimp.webhooks.advance(count * MINUTE);
const posts = (): Received[] => scene.receiver.posts();
const lastDelivery = (): { attempts: number[]; dueAt: number | undefined } =>
  scene.mailchimp.webhooks.deliveries.at(-1)!;
describe('an event that nobody took', () => {
  test.each([301, 400, 401, 404, 413, 429, 500, 503])(
    'with %i is tried four times in 75 minutes, unchanged',
    async (status) => {
      scene.receiver.post = status;
      await act();
      const counts = [posts().length];
      for (const step of [9, 1, 19, 1, 44, 1, 600]) {
        await minutes(step);
        counts.push(posts().length);
      }
      expect(counts).toEqual([1, 1, 2, 2, 3, 3, 4, 4]);
      expect(new Set(posts().map(({ body }) => body)).size).toBe(1);
      expect(lastDelivery()).toMatchObject({ attempts: Array(4).fill(status), dueAt: undefined });
    },
  );

  test('is not tried again once it was taken, and the next event starts anew', async () => {
    scene.receiver.post = 500;
    await act();
    scene.receiver.post = 202;
    await minutes(80);
    expect(lastDelivery().attempts).toEqual([500, 202]);
    scene.receiver.post = 500;
    await act('B');
    await minutes(80);
    expect(lastDelivery().attempts).toEqual([500, 500, 500, 500]);
  });

  test.each([200, 201, 202, 204, 299])('is one with %i: that counts as taken', async (status) => {
    scene.receiver.post = status;
    await act();
    await minutes(80);
    expect(lastDelivery()).toMatchObject({ attempts: [status], dueAt: undefined });
  });

  test('is one that a redirect hides: nothing follows it', async () => {
    scene.receiver.post = { redirectTo: `${scene.receiver.url}/elsewhere` };
    await act();
    expect(lastDelivery().attempts).toEqual([302]);
    expect(scene.receiver.all.filter(({ path }) => path === '/elsewhere')).toEqual([]);
  });

  test('is one that waits too long for an answer, ten seconds unless a test shortens it', async () => {
    expect(scene.mailchimp.webhooks.timeoutMs).toBe(10_000);
    scene.mailchimp.webhooks.timeoutMs = 100;
    scene.receiver.post = 'never';
    await act();
    expect(lastDelivery().attempts).toEqual([0]);
    scene.receiver.post = 200;
    await minutes(10);
    expect(lastDelivery().attempts).toEqual([0, 200]);
    expect(posts()).toHaveLength(2);
  });

  test('ends the webhook at once and for good with 410, whatever was still due', async () => {
    scene.receiver.post = 500;
    await act('A');
    scene.receiver.post = 410;
    await act('B');
    scene.receiver.post = 200;
    await act('C');
    await minutes(80);
    expect(posts()).toHaveLength(2);
    expect(scene.mailchimp.webhooks.pending).toEqual([]);
    await scene.addHook({ url: `${scene.receiver.url}/again` });
    await act('D');
    expect(posts().map(({ path }) => path)).toEqual(['/hook?secret=s', '/hook?secret=s', '/again']);
  });
});

describe('when deliveries are made', () => {
  const names = (): Array<string | null> =>
    scene.receiver.forms().map((form) => form.get('data[merges][FNAME]'));

  test('mode manual holds them until the flush, in order; mode off loses them', async () => {
    scene.mailchimp.webhooks.mode = 'manual';
    for (const name of ['A', 'B', 'C']) await act(name);
    expect(posts()).toEqual([]);
    await scene.mailchimp.webhooks.flush();
    expect(names()).toEqual(['A', 'B', 'C']);
    scene.mailchimp.webhooks.mode = 'off';
    await act('D');
    scene.mailchimp.webhooks.mode = 'auto';
    await minutes(80);
    expect(names()).toEqual(['A', 'B', 'C']);
  });

  test('deliverAll makes one to n copies of each, and the same ones in the same order for one seed', async () => {
    const { webhooks } = scene.mailchimp;
    webhooks.mode = 'manual';
    const letters = [...'ABCDEFGHIJKL'];
    const round = async (seed: number): Promise<string> => {
      const before = posts().length;
      for (const letter of letters) await act(letter);
      await webhooks.deliverAll({ seed, maxCopies: 3, atOnce: 1 });
      return names().slice(before).join('');
    };
    const order = await round(7);
    expect(await round(7)).toBe(order);
    expect(await round(8)).not.toBe(order);
    const counts = letters.map((letter) => order.split(letter).length - 1);
    expect([Math.min(...counts), Math.max(...counts)]).toEqual([1, 3]);
    expect(order).not.toBe([...order].sort().join(''));
    expect(webhooks.pending).toEqual([]);
  });

  test('deliverAll posts several at once, each body as it was', async () => {
    const { webhooks } = scene.mailchimp;
    webhooks.mode = 'manual';
    for (const letter of 'ABCDEFGH') await act(letter);
    await webhooks.deliverAll({ seed: 1, maxCopies: 4 });
    const bodies = new Set(posts().map(({ body }) => body));
    expect(bodies).toEqual(new Set(webhooks.deliveries.map(({ body }) => body)));
    expect(bodies.size).toBe(8);
  });
});
