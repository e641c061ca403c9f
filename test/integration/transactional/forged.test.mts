import fc from 'fast-check';
import { signatureOf } from '../../../sandbox/mandrill/webhooks.mts';
import { fieldsOf, isSetUpCall, isSignedPost } from '../../../sync/transactional/signature.ts';
import { startScene } from './scene.mts';

/** Of 100,000 forged posts none starts a run: all by the check itself, 1,500 of them through the socket. */

const SEED = Number(process.env.SEED ?? 20261123);
const URL = 'https://hooks.shop.example/webhook/x?y=1';
const KEY = 'a key that only Mailchimp has';

const genuine = JSON.stringify([{ event: 'send', _id: 'm', ts: 1, msg: { email: 'anna@shop.example' } }]);
const body = (value: string): string => new URLSearchParams({ mandrill_events: value }).toString();

interface Forgery {
  url: string;
  body: string;
  signature: string;
}

const text = fc.string({ unit: 'binary', maxLength: 40 });

/** Another key, another body, another address, another signature, another form of one that was good. */
const forgery: fc.Arbitrary<Forgery> = fc.oneof(
  text.map((key) => ({
    url: URL,
    body: body(genuine),
    signature: signatureOf(key, URL, { mandrill_events: genuine }),
  })),
  fc.constantFrom('test-webhook', '').map((key) => ({
    url: URL,
    body: body(genuine),
    signature: signatureOf(key, URL, { mandrill_events: genuine }),
  })),
  text.map((more) => ({
    url: URL,
    body: body(`${genuine} ${more}`),
    signature: signatureOf(KEY, URL, { mandrill_events: genuine }),
  })),
  text.map((more) => ({
    url: URL,
    body: `${body(genuine)}&${new URLSearchParams({ more }).toString()}`,
    signature: signatureOf(KEY, URL, { mandrill_events: genuine }),
  })),
  text.map((path) => ({
    url: URL,
    body: body(genuine),
    signature: signatureOf(KEY, `https://hooks.shop.example/${path}`, { mandrill_events: genuine }),
  })),
  fc.base64String({ maxLength: 40 }).map((signature) => ({ url: URL, body: body(genuine), signature })),
  fc.nat(26).map((at) => {
    const good = signatureOf(KEY, URL, { mandrill_events: genuine });
    return {
      url: URL,
      body: body(genuine),
      signature: `${good.slice(0, at)}${good[at] === 'A' ? 'B' : 'A'}${good.slice(at + 1)}`,
    };
  }),
  fc.constant({
    url: URL,
    body: `${body(genuine)}&${body(genuine)}`,
    signature: signatureOf(KEY, URL, { mandrill_events: genuine }),
  }),
);

const passes = ({ url, body: raw, signature }: Forgery): boolean => {
  const fields = fieldsOf(Buffer.from(raw, 'utf8'));
  return (
    fields !== undefined && (isSignedPost(signature, url, fields, KEY) || isSetUpCall(signature, url, fields))
  );
};

test(`of 100,000 forgeries none passes (seed ${SEED})`, () => {
  const good = signatureOf(KEY, URL, { mandrill_events: genuine });
  expect(passes({ url: URL, body: body(genuine), signature: good })).toBe(true);
  fc.assert(
    fc.property(forgery, (forged) => !passes(forged)),
    { numRuns: 100_000, seed: SEED },
  );
}, 120_000);

test('through the socket neither, and Mailchimp is not bothered for each of them', async () => {
  const scene = await startScene();
  await scene.trigger.activate();
  const before = scene.mandrill.requests.all.length;
  const forgeries = fc.sample(forgery, { numRuns: 1500, seed: SEED });
  const statuses = new Set<number>();
  for (let start = 0; start < forgeries.length; start += 50) {
    const block = forgeries.slice(start, start + 50);
    const answers = await Promise.all(
      block.map((forged) =>
        scene.post(genuine, { body: forged.body, signature: forged.signature.replace(/[^\x20-\x7e]/g, '') }),
      ),
    );
    for (const status of answers) statuses.add(status);
  }
  expect([...statuses]).toEqual([401]);
  expect(scene.trigger.runs).toEqual([]);
  expect(scene.mandrill.requests.all.length - before).toBeLessThanOrEqual(2);
  await scene.close();
}, 60_000);
