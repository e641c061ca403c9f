import { createHmac } from 'node:crypto';
import { isSigned } from '../../sync/signature.ts';
import { START, startScene, type Received, type Scene } from './webhookReceiver.mts';

/** How the simulated Mailchimp signs its deliveries, checked by the platform and by what ships. */

const MINUTE = 60_000;
const EMAIL = 'anna@hafen.example';

let scene: Scene;
let secret: string;

beforeEach(async () => {
  scene = await startScene();
  scene.mailchimp.audiences.addMember(scene.list, { email: EMAIL });
  secret = String((await scene.addHook())['signing_secret']);
});

afterEach(() => scene.close());

async function act(name = 'Anna'): Promise<void> {
  scene.mailchimp.audiences.changeProfile(scene.list, EMAIL, { FNAME: name });
  await scene.mailchimp.webhooks.idle();
}

const minutes = (count: number): Promise<void> => scene.mailchimp.webhooks.advance(count * MINUTE);
const posts = (): Received[] => scene.receiver.posts();
const signatureOf = ({ headers }: Received): string => String(headers['x-mailchimp-signature']);
const signedAt = (post: Received): number => Number(/^t=(\d+),/.exec(signatureOf(post))![1]);
/** Written out here, so that neither side checks itself. */
const sign = (key: string, time: number, body: string): string =>
  `t=${time},v1=${createHmac('sha256', key).update(`${time}.${body}`).digest('hex')}`;

describe('the signature', () => {
  const VECTOR = {
    body:
      'type=subscribe&fired_at=2026-01-02+03%3A04%3A05&data%5Bid%5D=8a25ff1d98&' +
      'data%5Bemail%5D=api%40mailchimp.com&data%5Blist_id%5D=a6b5da1054',
    header: 't=1718000000,v1=a26a4bfb3816feae40e386097bb8671e68e07c1ce04e5ac388adf83daf778442',
  };

  test('is what a fixed vector says, recomputed here and checked by what ships', () => {
    expect(sign('test-signing-secret', 1718000000, VECTOR.body)).toBe(VECTOR.header);
    const body = Buffer.from(VECTOR.body);
    expect(isSigned(VECTOR.header, body, 'test-signing-secret', 1718000000)).toBe(true);
  });

  test('of every delivery is made with the secret of the create, over the bytes that were sent', async () => {
    await act('Ünï & +');
    await act();
    expect(posts()).toHaveLength(2);
    for (const post of posts()) {
      expect(signatureOf(post)).toBe(sign(secret, START / 1000, post.body));
      expect(isSigned(signatureOf(post), Buffer.from(post.body), secret, START / 1000)).toBe(true);
    }
  });

  test('differs between two hooks of one event', async () => {
    const other = await scene.addHook({ url: `${scene.receiver.url}/other` });
    await act();
    expect(new Set(posts().map(({ body }) => body)).size).toBe(1);
    const byPath = Object.fromEntries(posts().map((post) => [post.path, signatureOf(post)]));
    const { body } = posts()[0]!;
    expect(byPath['/other']).toBe(sign(String(other['signing_secret']), START / 1000, body));
    expect(byPath['/hook?secret=s']).toBe(sign(secret, START / 1000, body));
  });

  test('is missing where the hook is from before signing', async () => {
    scene.mailchimp.webhooks.signing = false;
    await scene.addHook({ url: `${scene.receiver.url}/old` });
    await act();
    const old = posts().find(({ path }) => path === '/old')!;
    expect(old.headers).not.toHaveProperty('x-mailchimp-signature');
  });

  test.each([true, false])(
    'of a late retry stands when it is renewed (%p), else it is too old',
    async (renewed) => {
      scene.mailchimp.webhooks.resigns = renewed;
      scene.receiver.post = 500;
      await act();
      await minutes(10);
      const [first, retry] = posts() as [Received, Received];
      expect(retry.body).toBe(first.body);
      expect(signedAt(first) - signedAt(retry)).toBe(renewed ? 0 : 600);
      const now = START / 1000;
      expect(isSigned(signatureOf(retry), Buffer.from(retry.body), secret, now)).toBe(renewed);
    },
  );
});
