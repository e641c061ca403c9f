import { startMailchimpSimulator, type MailchimpSimulator } from '../../sandbox/mailchimp/simulator.mts';
import { plainApi, type Api } from '../support/mailchimpApi.mts';

let mailchimp: MailchimpSimulator;
let api: Api;
let list: string;

beforeEach(async () => {
  mailchimp = await startMailchimpSimulator();
  api = plainApi(mailchimp);
  list = mailchimp.audiences.create({ name: 'Customers' }).id;
  mailchimp.audiences.addMember(list, { email: 'a@shop.example' });
});

afterEach(() => mailchimp.close());

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const rename = (name: string, signal?: AbortSignal): ReturnType<Api> =>
  api(
    'PATCH',
    `/lists/${list}/members/a@shop.example`,
    { merge_fields: { FNAME: name } },
    signal ? { signal } : {},
  );

describe('ten connections', () => {
  test('serves ten at a time and refuses the eleventh, without Retry-After', async () => {
    mailchimp.settings.latencyMs = 200;
    const answers = await Promise.all(Array.from({ length: 11 }, () => api('GET', '/ping')));
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused).toHaveLength(1);
    expect(refused[0]!.headers.get('retry-after')).toBeNull();
    expect(refused[0]!.body).toMatchObject({
      title: 'Too Many Requests',
      detail: 'You have exceeded the limit of 10 simultaneous connections.',
    });
    expect(mailchimp.requests.peakConcurrency).toBe(11);
  });

  test('a caller that hangs up keeps its connection, and its write still happens', async () => {
    mailchimp.settings.latencyMs = 300;
    mailchimp.settings.maxConnections = 1;
    await expect(rename('Late', AbortSignal.timeout(50))).rejects.toThrow();
    expect((await api('GET', '/ping')).status).toBe(429);
    await pause(400);
    expect((await api('GET', '/ping')).status).toBe(200);
    expect(mailchimp.audiences.member(list, 'a@shop.example')!.mergeFields['FNAME']).toBe('Late');
  });

  test('every kind of fault gives its connection back', async () => {
    mailchimp.settings.maxConnections = 1;
    const kinds = ['answer', 'answer-after', 'reset-before', 'reset-after', 'truncate', 'delay'] as const;
    for (const kind of kinds) {
      mailchimp.faults.add({ kind, status: 503, delayMs: 5 });
      await api('GET', '/ping').catch(() => undefined);
      await pause(20);
      expect((await api('GET', '/ping')).status).toBe(200);
    }
    expect(mailchimp.faults.struck).toBe(kinds.length);
  });

  test('a request without a good key takes no connection', async () => {
    mailchimp.settings.maxConnections = 1;
    for (let n = 0; n < 3; n += 1) await fetch(`${mailchimp.url}/3.0/ping`);
    expect((await api('GET', '/ping')).status).toBe(200);
  });
});

describe('faults', () => {
  test('reset-before leaves the member alone, reset-after has changed it', async () => {
    mailchimp.faults.add({ kind: 'reset-before', method: 'PATCH' });
    await expect(rename('Before')).rejects.toThrow();
    expect(mailchimp.writes).toEqual([]);
    mailchimp.faults.add({ kind: 'reset-after', method: 'PATCH' });
    await expect(rename('After')).rejects.toThrow();
    expect(mailchimp.writes).toMatchObject([{ changed: ['merge_fields.FNAME'] }]);
  });

  test('a bare 403 has no JSON', async () => {
    mailchimp.faults.add({ kind: 'answer', status: 403 });
    const answer = await api('GET', '/ping');
    expect([answer.status, answer.text]).toEqual([403, '']);
  });
});

describe('the request log', () => {
  test('counts what could change something; a batch is one', async () => {
    const operations = [1, 2, 3].map((n) => ({
      method: 'PATCH',
      path: `/lists/${list}/members/a@shop.example`,
      body: JSON.stringify({ merge_fields: { FNAME: `Name ${n}` } }),
    }));
    await api('POST', '/batches', { operations });
    await api('GET', `/lists/${list}/members`);
    await rename('Anna');
    expect(mailchimp.writeRequests().map(({ method, path }) => `${method} ${path}`)).toEqual([
      'POST /3.0/batches',
      `PATCH /3.0/lists/${list}/members/a@shop.example`,
    ]);
  });

  test('keeps method, path, query, body and status', async () => {
    await api('GET', `/lists/${list}/members?count=5`);
    await rename('Anna');
    await pause(10);
    expect(mailchimp.requests.all).toMatchObject([
      { method: 'GET', path: `/3.0/lists/${list}/members`, query: { count: '5' }, status: 200 },
      { method: 'PATCH', body: { merge_fields: { FNAME: 'Anna' } }, status: 200, concurrency: 1 },
    ]);
  });
});
