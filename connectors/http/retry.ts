import type { HttpResponse, NetworkFailure } from './port';

/** `repeatable`: doing it twice equals doing it once. `once`: repeat only if it certainly was not done. */
export type Safety = 'repeatable' | 'once';

export interface RetryPolicy {
  /** Requests in all, the first included. */
  maxAttempts: number;
  baseDelayMs: number;
  maxDelayMs: number;
  /** A server that asks for a longer pause than this is not waited for. */
  maxRetryAfterMs: number;
  /** Mailchimp's edge throttles with 403 and no JSON body (mailchimp-marketing §2); Infor's 403 means rights. */
  bare403IsThrottle: boolean;
}

export const DEFAULT_RETRY_POLICY: RetryPolicy = {
  maxAttempts: 6,
  baseDelayMs: 500,
  maxDelayMs: 30_000,
  maxRetryAfterMs: 120_000,
  bare403IsThrottle: false,
};

export type Outcome = { response: HttpResponse } | { failure: NetworkFailure };

const SERVER_TROUBLE = new Set([408, 500, 502, 503, 504]);

const isJson = (response: HttpResponse): boolean =>
  typeof response.body === 'object' && response.body !== null;

/** The server refused before doing anything: safe to repeat, even for a write. */
export const isThrottled = (response: HttpResponse, policy: RetryPolicy): boolean =>
  response.status === 429 || (response.status === 403 && policy.bare403IsThrottle && !isJson(response));

/** A success whose body is cut off or an HTML page: the work may be done, the answer is lost. */
export const isUnreadable = (response: HttpResponse): boolean =>
  response.status === 200 && typeof response.body === 'string';

function mayRepeat(outcome: Outcome, safety: Safety, policy: RetryPolicy): boolean {
  if ('failure' in outcome) return !outcome.failure.sent || safety === 'repeatable';
  if (isThrottled(outcome.response, policy)) return true;
  const inDoubt = SERVER_TROUBLE.has(outcome.response.status) || isUnreadable(outcome.response);
  return inDoubt && safety === 'repeatable';
}

/** Retry-After in seconds or as an HTTP date (RFC 9110 §10.2.3); undefined when absent or nonsense. */
export function retryAfterMs(header: string | undefined, now: number): number | undefined {
  if (!header?.trim()) return undefined;
  const wait = /^\s*\d+\s*$/.test(header) ? Number(header) * 1000 : Date.parse(header) - now;
  return Number.isNaN(wait) ? undefined : Math.max(0, wait);
}

/**
 * How long to wait before the next attempt, or undefined to stop. Full jitter (a random part of an exponentially
 * growing span), so that workers throttled together do not come back together.
 * @param attempt attempts made so far, 1 or more
 * @param random in [0, 1)
 */
export function retryDelayMs(
  outcome: Outcome,
  attempt: number,
  safety: Safety,
  policy: RetryPolicy,
  now: number,
  random: number,
): number | undefined {
  if (attempt >= policy.maxAttempts || !mayRepeat(outcome, safety, policy)) return undefined;
  const asked =
    'response' in outcome ? retryAfterMs(outcome.response.headers['retry-after'], now) : undefined;
  if (asked !== undefined && asked > policy.maxRetryAfterMs) return undefined;
  const span = Math.min(policy.maxDelayMs, policy.baseDelayMs * 2 ** (attempt - 1));
  return (asked ?? 0) + Math.round(random * span);
}
