import * as fc from 'fast-check';
import { checkDelivery } from '../../../sync/delivery.ts';
import { parseForm } from '../../../sync/form.ts';
import { isTooOld, Memory } from '../../../sync/seen.ts';
import { isSigned, newSecret, sameSecret, seal, unseal } from '../../../sync/signature.ts';
import { FORM, hookOf } from './genuine.mts';

const BODY =
  'type=subscribe&fired_at=2026-01-02+03%3A04%3A05&data%5Bid%5D=8a25ff1d98&' +
  'data%5Bemail%5D=api%40mailchimp.com&data%5Blist_id%5D=a6b5da1054';
const TIME = 1718000000;
const SIGNATURE = `t=${TIME},v1=a26a4bfb3816feae40e386097bb8671e68e07c1ce04e5ac388adf83daf778442`;
const SIGNING_SECRET = 'test-signing-secret';

describe('a delivery', () => {
  const secret = newSecret();
  const delivery = { secret, contentType: FORM, signature: SIGNATURE, rawBody: Buffer.from(BODY) };
  const signed = hookOf(secret, SIGNING_SECRET);
  const unsigned = hookOf(secret, '');

  test('with the fixed vector’s signature is taken, and read', () => {
    const data = { id: '8a25ff1d98', email: 'api@mailchimp.com', list_id: 'a6b5da1054' };
    const form = { type: 'subscribe', fired_at: '2026-01-02 03:04:05', data };
    expect(checkDelivery(delivery, signed, TIME)).toEqual({ ok: true, form, signed: true });
  });

  test('to a hook without signatures needs the URL’s secret alone, and says so', () => {
    const plain = { ...delivery, signature: '' };
    expect(checkDelivery(plain, unsigned, TIME)).toMatchObject({ ok: true, signed: false });
    expect(checkDelivery({ ...plain, secret: `${secret}x` }, unsigned, TIME)).toEqual({
      ok: false,
      status: 401,
    });
    expect(checkDelivery(plain, signed, TIME)).toEqual({ ok: false, status: 401 });
  });

  test('is refused with the status that fits, the secret before all else', () => {
    const status = (change: object): unknown => checkDelivery({ ...delivery, ...change }, unsigned, TIME);
    const large = Buffer.alloc(256 * 1024 + 1, 'a');
    expect(status({ rawBody: large })).toEqual({ ok: false, status: 413 });
    expect(status({ rawBody: undefined })).toEqual({ ok: false, status: 400 });
    expect(status({ contentType: 'application/json' })).toEqual({ ok: false, status: 400 });
    expect(status({ rawBody: Buffer.from('%') })).toEqual({ ok: false, status: 400 });
    expect(status({ rawBody: large, contentType: '', secret: 'x' })).toEqual({ ok: false, status: 401 });
  });

  test('that comes before the secret is stored is told to come again, whatever it is', () => {
    expect(checkDelivery(delivery, undefined, TIME)).toEqual({ ok: false, status: 503 });
    expect(checkDelivery({ ...delivery, secret: '' }, undefined, TIME)).toEqual({ ok: false, status: 503 });
  });

  test('of the largest size allowed is taken', () => {
    const start = `${BODY}&data%5Bmerges%5D%5BA%5D=`;
    const rawBody = Buffer.from(start.padEnd(256 * 1024, 'a'));
    expect(checkDelivery({ ...delivery, rawBody }, unsigned, TIME).ok).toBe(true);
  });
});

describe('a form', () => {
  test('is read as PHP reads it', () => {
    expect(parseForm('a=1&b%5Bc%5D=x+y%2B&b[d][0][e]=%C3%BC&f=&g&h=1=2')).toEqual({
      ...{ a: '1', b: { c: 'x y+', d: { 0: { e: 'ü' } } } },
      ...{ f: '', g: '', h: '1=2' },
    });
  });

  test('of any texts comes back as the platform wrote it', () => {
    const anyPairs = fc.dictionary(
      fc.stringMatching(/^[A-Z][A-Z0-9]{0,9}$/),
      fc.string({ unit: 'grapheme' }),
      { minKeys: 1 },
    );
    fc.assert(
      fc.property(anyPairs, (pairs) => {
        expect(parseForm(new URLSearchParams(pairs).toString())).toEqual({ ...pairs });
        const inner = Object.entries(pairs).map(([key, value]): [string, string] => [
          `data[merges][${key}]`,
          value,
        ]);
        expect(parseForm(new URLSearchParams(inner).toString())).toEqual({ data: { merges: { ...pairs } } });
      }),
      { numRuns: 2000 },
    );
  });

  test('with an object’s own names reaches no object but itself', () => {
    const own = parseForm('hasOwnProperty=1&toString[valueOf]=2');
    expect(JSON.stringify(own)).toBe('{"hasOwnProperty":"1","toString":{"valueOf":"2"}}');
    for (const name of ['__proto__', 'constructor', 'prototype', '%5f_proto__']) {
      for (const key of [name, `${name}[x]`, `a[${name}]`, `a[${name}][x]`, `a[b][${name}]`]) {
        expect(parseForm(`${key}=polluted`)).toBeUndefined();
      }
    }
    expect(({} as Record<string, unknown>)['x']).toBeUndefined();
  });

  test('that is made to be slow is refused at once', () => {
    const size = 256 * 1024;
    const from = performance.now();
    for (const part of ['[', ']', 'a[', 'a[]', '%5B', '&', '=', 'a&']) {
      expect(parseForm(part.repeat(size / part.length)) === undefined).toBe(true);
    }
    parseForm('+'.repeat(size));
    parseForm(`a${'[b]'.repeat(size / 3)}=1`);
    isSigned('t=1,'.repeat(size / 4), Buffer.from(''), 'x', 1);
    isSigned(`v1=${'0'.repeat(size)}`, Buffer.from(''), 'x', 1);
    expect(performance.now() - from).toBeLessThan(2000);
  });
});

describe('a secret', () => {
  test('is compared as a whole, and an empty one equals nothing', () => {
    expect([sameSecret('a', 'a'), sameSecret('a', 'b'), sameSecret('', ''), sameSecret('a', '')]).toEqual([
      true,
      false,
      false,
      false,
    ]);
  });

  test('is sealed so that its password alone opens it, and never twice alike', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string(), fc.string(), (text, password, other) => {
        const sealed = seal(text, password);
        expect(unseal(sealed, password)).toBe(text);
        expect(seal(text, password)).not.toBe(sealed);
        if (other !== password) expect(unseal(sealed, other)).toBeUndefined();
        if (text.length > 4) expect(sealed).not.toContain(text);
      }),
      { numRuns: 500 },
    );
  });

  test('of a new webhook is 256 bits that a URL carries as they are', () => {
    const secrets = Array.from({ length: 1000 }, () => newSecret());
    expect(new Set(secrets).size).toBe(1000);
    for (const one of secrets) expect(one).toMatch(/^[\w-]{43}$/);
  });
});

describe('an event that was taken', () => {
  const HOUR = 3_600_000;

  test('is remembered for 26 hours, to the millisecond, and names every object has are no events', () => {
    const memory = new Memory();
    memory.learn({ k: 5 });
    expect([memory.has('k', 5 + 26 * HOUR), memory.has('k', 6 + 26 * HOUR)]).toEqual([true, false]);
    expect(['toString', '__proto__', 'constructor'].some((key) => memory.has(key, 0))).toBe(false);
    memory.take('b', 6 + 26 * HOUR);
    expect(memory.newest()).toEqual({ b: 6 + 26 * HOUR });
  });

  test('gives way only to 50,000 newer ones, and outlives a restart while 2,000 newer ones came', () => {
    const memory = new Memory();
    for (let n = 0; n <= 50_000; n++) memory.take(`k${n}`, n);
    expect(['k0', 'k1', 'k50000'].map((key) => memory.has(key, 50_000))).toEqual([false, true, true]);
    const restarted = new Memory();
    restarted.learn(memory.newest());
    expect(['k48000', 'k48001', 'k50000'].map((key) => restarted.has(key, 50_000))).toEqual([
      false,
      true,
      true,
    ]);
  });

  test('that is taken again after its time, or given back, counts anew', () => {
    const memory = new Memory();
    memory.take('a', 0);
    memory.take('b', 1);
    memory.giveBack('b');
    memory.learn({ a: -5 });
    expect([memory.has('a', 1), memory.has('b', 1)]).toEqual([true, false]);
    memory.take('a', 30 * HOUR);
    expect(memory.has('a', 56 * HOUR)).toBe(true);
  });

  test('starts one run, however often and late it is repeated: it is either known or too old', () => {
    const anyRepeat = fc.record({ event: fc.nat(20), after: fc.nat(80 * HOUR) });
    fc.assert(
      fc.property(fc.array(anyRepeat, { maxLength: 60 }), (repeats) => {
        const starts = new Map<string, number>();
        const seen = new Memory();
        for (const { event, after } of repeats.sort((a, b) => a.after - b.after)) {
          const now = TIME * 1000 + after;
          const firedAt = new Date(TIME * 1000 + Math.min(after, event * HOUR)).toISOString();
          if (after < event * HOUR || isTooOld(firedAt, now) || seen.has(`k${event}`, now)) continue;
          seen.take(`k${event}`, now);
          starts.set(`k${event}`, (starts.get(`k${event}`) ?? 0) + 1);
        }
        expect([...starts.values()].every((count) => count === 1)).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });
});
