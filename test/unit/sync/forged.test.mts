import * as fc from 'fast-check';
import { checkDelivery, type Checked } from '../../../sync/delivery.ts';
import { FORGERIES } from './forgeries.mts';
import { anyGenuine, FORM, header, postOf, type Post } from './genuine.mts';

const check = ({ hook, now, ...delivery }: Post): Checked => checkDelivery(delivery, hook, now);

describe('a webhook’s POST', () => {
  test('is never taken when anything of it is forged, and always when nothing is: 100,000 near misses', () => {
    let posts = 0;
    const runs = Math.ceil(100_000 / FORGERIES.length);
    fc.assert(
      fc.property(anyGenuine, fc.nat(), (genuine, at) => {
        const post = postOf(genuine);
        expect(check(post)).toMatchObject({ ok: true, signed: true });
        for (const [name, forge] of FORGERIES) {
          const forged = { ...post, ...forge(genuine, at) };
          const checked = check(forged);
          if (checked.ok) throw new Error(`taken: ${name}`);
          // 410 would make Mailchimp drop the webhook for good.
          const refusals = forged.hook ? [400, 401, 413] : [503];
          if (!refusals.includes(checked.status)) throw new Error(`${checked.status}: ${name}`);
          posts += 1;
        }
      }),
      { numRuns: runs },
    );
    expect(posts).toBeGreaterThanOrEqual(100_000);
  });

  test('is taken in every form that an honest sender may choose, up to five minutes off', () => {
    const anyType = fc.constantFrom(
      FORM,
      FORM.toUpperCase(),
      `${FORM}; charset=UTF-8`,
      `${FORM} ;charset=utf-8`,
    );
    fc.assert(
      fc.property(anyGenuine, anyType, fc.integer({ min: -300, max: 300 }), (genuine, contentType, late) => {
        const post = { ...postOf(genuine), contentType, now: genuine.time + late };
        const [t, v1] = post.signature.split(',');
        for (const signature of [`${t},${v1}`, `${t}, ${v1}`, `${v1},${t}`, `${t},${v1},v2=later`]) {
          expect(check({ ...post, signature }).ok).toBe(true);
        }
      }),
      { numRuns: 500 },
    );
  });

  test('of another delivery of the same hook does not lend its signature', () => {
    fc.assert(
      fc.property(anyGenuine, anyGenuine, (genuine, other) => {
        fc.pre(other.body !== genuine.body);
        const signature = header(genuine.signingSecret, genuine.time, other.body);
        expect(check({ ...postOf(genuine), signature }).ok).toBe(false);
      }),
      { numRuns: 1000 },
    );
  });

  test('of any bytes whatever is answered and never throws, on a signed hook and on an unsigned one', () => {
    const anyText = fc.string({ unit: 'binary' });
    const anyBytes = fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes));
    fc.assert(
      fc.property(anyGenuine, anyText, anyText, anyBytes, (genuine, contentType, signature, rawBody) => {
        const post = postOf(genuine);
        expect(check({ ...post, signature, rawBody }).ok).toBe(false);
        expect(check({ ...post, contentType }).ok).toBe(false);
        const unsigned = { ...genuine.hook, sealedSigningSecret: '' };
        const checked = check({ ...post, hook: unsigned, signature, rawBody });
        if (checked.ok) expect(checked.signed).toBe(false);
      }),
      { numRuns: 3000 },
    );
  });
});
