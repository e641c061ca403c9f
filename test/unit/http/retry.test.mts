import * as fc from 'fast-check';
import { NetworkFailure, type HttpResponse } from '../../../connectors/http/port.ts';
import {
  DEFAULT_RETRY_POLICY,
  retryAfterMs,
  retryDelayMs,
  type Outcome,
  type Safety,
} from '../../../connectors/http/retry.ts';

const NOW = Date.parse('2026-11-23T10:00:00Z');
const policy = DEFAULT_RETRY_POLICY;

const answer = (status: number, body: unknown = {}, headers: Record<string, string> = {}): Outcome => ({
  response: { status, body, headers } satisfies HttpResponse,
});
const failure = (code: string): Outcome => ({ failure: new NetworkFailure(code) });
const retries = (outcome: Outcome, safety: Safety, change = {}): boolean =>
  retryDelayMs(outcome, 1, safety, { ...policy, ...change }, NOW, 0.5) !== undefined;

describe.each([500, 502, 503, 504, 408])('status %d leaves open whether the work was done', (status) => {
  test('so a repeatable request is repeated', () => expect(retries(answer(status), 'repeatable')).toBe(true));
  test('and one that must happen once is not', () => expect(retries(answer(status), 'once')).toBe(false));
});

describe.each(['ECONNRESET', 'ETIMEDOUT', 'ECONNABORTED', 'EPIPE'])(
  '%s may come after the work was done',
  (code) => {
    test('so a repeatable request is repeated', () =>
      expect(retries(failure(code), 'repeatable')).toBe(true));
    test('and one that must happen once is not', () => expect(retries(failure(code), 'once')).toBe(false));
  },
);

test.each(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN'])(
  '%s proves that nothing was sent: repeated in any case',
  (code) => {
    expect(retries(failure(code), 'once')).toBe(true);
  },
);

test('429 proves that nothing was done: repeated in any case', () => {
  expect(retries(answer(429), 'once')).toBe(true);
});

test('403 without JSON is throttling only where the policy says so; 403 with JSON never', () => {
  expect(retries(answer(403, '<html>'), 'repeatable')).toBe(false);
  expect(retries(answer(403, '<html>'), 'repeatable', { bare403IsThrottle: true })).toBe(true);
  expect(retries(answer(403, { title: 'Forbidden' }), 'repeatable', { bare403IsThrottle: true })).toBe(false);
});

test('a page of HTML with status 200 is no success', () => {
  expect(retries(answer(200, '<html>'), 'repeatable')).toBe(true);
  expect(retries(answer(200, '<html>'), 'once')).toBe(false);
});

test.each([200, 204, 400, 401, 404, 405, 409, 422])('status %d is final', (status) => {
  expect(retries(answer(status), 'repeatable')).toBe(false);
});

describe('the pause', () => {
  const delay = (attempt: number, random: number, headers = {}): number | undefined =>
    retryDelayMs(answer(429, {}, headers), attempt, 'once', policy, NOW, random);

  test('is a random part of a span that doubles up to its cap', () => {
    expect([1, 2, 3].map((attempt) => delay(attempt, 0.999999))).toEqual([500, 1000, 2000]);
    expect(delay(1, 0)).toBe(0);
    const long = { ...policy, maxAttempts: 99 };
    expect(retryDelayMs(answer(429), 50, 'once', long, NOW, 0.999999)).toBe(policy.maxDelayMs);
  });

  test('is never shorter than Retry-After, in seconds or as a date', () => {
    expect(delay(1, 0, { 'retry-after': '7' })).toBe(7000);
    expect(delay(1, 0, { 'retry-after': 'Mon, 23 Nov 2026 10:00:03 GMT' })).toBe(3000);
  });

  test('is not taken at all when the server asks for more than we wait', () => {
    expect(delay(1, 0, { 'retry-after': '3600' })).toBeUndefined();
  });

  test('ends with the last attempt', () => {
    expect(delay(policy.maxAttempts - 1, 0.5)).toBeDefined();
    expect(delay(policy.maxAttempts, 0.5)).toBeUndefined();
  });

  test('never throws and never goes negative, whatever the header says', () => {
    fc.assert(
      fc.property(fc.string(), (header) => {
        const wait = retryAfterMs(header, NOW);
        expect(wait === undefined || wait >= 0).toBe(true);
      }),
    );
  });
});
