import type { Budget } from './budget';
import { NetworkFailure, type HttpPort, type HttpRequest, type HttpResponse } from './port';
import { retryDelayMs, type Outcome, type RetryPolicy, type Safety } from './retry';

export interface ClientParts {
  port: HttpPort;
  budget: Budget;
  policy: RetryPolicy;
  sleep: (ms: number) => Promise<void>;
  /** Injected so that tests can be repeated from a seed. */
  random?: () => number;
}

/** Sends with back-off inside the budget. Resolves with the last answer, whatever its status; see `HttpPort`. */
export type Send = (request: HttpRequest, safety: Safety) => Promise<HttpResponse>;

const attemptOnce = (parts: ClientParts, request: HttpRequest): Promise<Outcome> =>
  parts.budget
    .run(() => parts.port(request))
    .then(
      (response): Outcome => ({ response }),
      (error: unknown) => (error instanceof NetworkFailure ? { failure: error } : Promise.reject(error)),
    );

export function createSend(parts: ClientParts): Send {
  const random = parts.random ?? Math.random;
  return async (request, safety) => {
    for (let attempt = 1; ; attempt++) {
      const outcome = await attemptOnce(parts, request);
      const delay = retryDelayMs(outcome, attempt, safety, parts.policy, Date.now(), random());
      if (delay === undefined) {
        if ('failure' in outcome) throw outcome.failure;
        return outcome.response;
      }
      // The pause is taken outside the budget: a waiting request holds no connection.
      await parts.sleep(delay);
    }
  };
}
