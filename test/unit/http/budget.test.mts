import { sharedBudget } from '../../../connectors/http/budget.ts';
import { createSend } from '../../../connectors/http/client.ts';
import { NetworkFailure, type HttpPort, type HttpResponse } from '../../../connectors/http/port.ts';
import { DEFAULT_RETRY_POLICY } from '../../../connectors/http/retry.ts';

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const ok: HttpResponse = { status: 200, headers: {}, body: {} };
const request = { method: 'GET', url: 'http://gateway.example/' } as const;

test('never more connections than allowed, and every task gets its turn', async () => {
  const budget = sharedBudget('nine', { maxConnections: 9 }, sleep);
  let open = 0;
  let peak = 0;
  const done = await Promise.all(
    Array.from({ length: 200 }, (_, i) =>
      budget.run(async () => {
        open += 1;
        peak = Math.max(peak, open);
        await sleep(i % 3);
        open -= 1;
        return i;
      }),
    ),
  );
  expect(peak).toBe(9);
  expect(done).toEqual(Array.from({ length: 200 }, (_, i) => i));
});

test('two callers of one account share one budget, two accounts do not', () => {
  const limits = { maxConnections: 1 };
  expect(sharedBudget('a', limits, sleep)).toBe(sharedBudget('a', limits, sleep));
  expect(sharedBudget('a', limits, sleep)).not.toBe(sharedBudget('b', limits, sleep));
});

test('a failing task gives its connection back', async () => {
  const budget = sharedBudget('fails', { maxConnections: 1 }, sleep);
  await expect(budget.run(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
  await expect(budget.run(async () => 'next')).resolves.toBe('next');
});

test('starts no more requests a second than the rate allows', async () => {
  const pauses: number[] = [];
  const budget = sharedBudget(
    'rate',
    { maxConnections: 9, maxRequestsPerSecond: 10 },
    async (ms) => void pauses.push(ms),
  );
  await Promise.all(Array.from({ length: 5 }, () => budget.run(async () => undefined)));
  expect(pauses.map((ms) => Math.round(ms / 50) * 50)).toEqual([100, 200, 300, 400]);
});

describe('sending with back-off', () => {
  const sender = (answers: Array<HttpResponse | NetworkFailure>, log: string[]) => {
    const port: HttpPort = async () => {
      const next = answers.shift()!;
      log.push(next instanceof NetworkFailure ? next.code : String(next.status));
      if (next instanceof NetworkFailure) throw next;
      return next;
    };
    const budget = sharedBudget(`send-${Math.random()}`, { maxConnections: 1 }, sleep);
    return createSend({ port, budget, policy: DEFAULT_RETRY_POLICY, sleep: async () => undefined });
  };

  test('repeats until it is answered, and hands over the answer', async () => {
    const log: string[] = [];
    const send = sender(
      [{ ...ok, status: 429 }, new NetworkFailure('ECONNRESET'), { ...ok, status: 503 }, ok],
      log,
    );
    await expect(send(request, 'repeatable')).resolves.toBe(ok);
    expect(log).toEqual(['429', 'ECONNRESET', '503', '200']);
  });

  test('hands over the last refusal when the attempts are used up', async () => {
    const log: string[] = [];
    const send = sender(
      Array.from({ length: 9 }, () => ({ ...ok, status: 503 })),
      log,
    );
    await expect(send(request, 'repeatable')).resolves.toMatchObject({ status: 503 });
    expect(log).toHaveLength(DEFAULT_RETRY_POLICY.maxAttempts);
  });

  test('sends a request that must happen once exactly once when its fate is unknown', async () => {
    const log: string[] = [];
    const send = sender([new NetworkFailure('ECONNRESET'), ok], log);
    await expect(send(request, 'once')).rejects.toBeInstanceOf(NetworkFailure);
    expect(log).toEqual(['ECONNRESET']);
  });
});
