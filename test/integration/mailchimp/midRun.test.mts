import type { Fault } from '../../../sandbox/kit/faults.mts';
import { customers, startScene, type Scene, type SyncRun } from './sync.mts';

/** What breaks for good while a run is under way: what was written is told, the rest waits, nobody is named. */

let scene: Scene;
beforeEach(async () => void (scene = await startScene()));
afterEach(() => scene.mailchimp.close());

const changed = (count: number) => customers(count, (i) => ({ name: `After ${i}` }));
const fault = (change: Omit<Fault, 'kind'> & { kind?: Fault['kind'] }): void =>
  scene.mailchimp.faults.add({ kind: 'answer', times: 1000, ...change });
const unique = (run: SyncRun): string[] => [...new Set(run.attention.map(({ reason }) => reason))];

test('a lost batch result is read from the audience instead: nothing is written twice', async () => {
  await scene.sync(customers(20));
  scene.mailchimp.requests.clear();
  fault({ status: 404, path: /^\/batch-results\// });
  const { done, attention } = await scene.sync(changed(20), { tagsToAdd: 'Customer' });
  expect([done.length, attention.length]).toEqual([20, 0]);
  expect(scene.state()['y100003@customer.example']![1]).toBe('After 3');
  expect(scene.mailchimp.writeRequests()).toHaveLength(1);
});

describe('contacts that turn out to exist need a second look', () => {
  /** 30 new customers of whom one joins just before the bulk call. */
  const withOneSurprise = (then: () => void): Promise<SyncRun> => {
    fault({
      kind: 'delay',
      delayMs: 0,
      times: 1,
      method: 'POST',
      where: ({ url }) => {
        if (!url.includes(scene.list)) return false;
        scene.mailchimp.audiences.addMember(scene.list, { email: 'y100002@customer.example' });
        then();
        return true;
      },
    });
    return scene.sync(customers(30));
  };

  test.each([
    ['Mailchimp is down', { status: 503, headers: { 'retry-after': '0' } }, 'mailchimp-unavailable'],
    ['the key is revoked', { status: 401, body: { title: 'API Key Invalid' } }, 'mailchimp-unavailable'],
  ])(
    'and where %s by then, what was written stays reported as done',
    async (_case, change, reason) => {
      const run = await withOneSurprise(() => fault({ ...change, method: 'GET' }));
      expect(run.error).toBeUndefined();
      expect(run.done).toHaveLength(29);
      expect(run.attention.map((record) => [record.number, record.reason])).toEqual([['Y100002', reason]]);
      scene.mailchimp.faults.clear();
      expect((await scene.sync(customers(30))).done.map(({ number }) => number)).toEqual(['Y100002']);
    },
    90_000,
  );
});

test.each([4, 40])(
  'an audience deleted just before the first write is named (%d customers)',
  async (count) => {
    await scene.sync(customers(count));
    fault({
      kind: 'delay',
      delayMs: 0,
      times: 1,
      where: ({ method }) =>
        method === 'GET' ? false : (scene.mailchimp.audiences.remove(scene.list), true),
    });
    const { error, done } = await scene.sync(changed(count));
    expect(done).toEqual([]);
    expect(error?.message).toContain('[MAILCHIMP_AUDIENCE_NOT_FOUND]');
  },
);

test('a list that moves while it is read costs nothing but a second look', async () => {
  await scene.sync(customers(1200), { tagsToAdd: 'Customer' });
  scene.mailchimp.requests.clear();
  fault({
    kind: 'delay',
    delayMs: 0,
    times: 1,
    where: ({ url }) => {
      if (!/offset=[1-9]/.test(url)) return false;
      scene.mailchimp.audiences.archiveByAdmin(scene.list, 'y100000@customer.example');
      return true;
    },
  });
  const run = await scene.sync(customers(1200), { tagsToAdd: 'Customer' });
  expect([run.done.length, unique(run)]).toEqual([0, []]);
  expect(scene.mailchimp.writeRequests()).toEqual([]);
  expect(scene.mailchimp.consentViolations).toEqual([]);
});

test('a batch that a crashed run left behind is done before the next run looks', async () => {
  await scene.sync(customers(20));
  scene.mailchimp.settings.batchPendingPolls = 3;
  fault({ status: 401, path: /batches\/\w+$/, body: { title: 'API Key Invalid' } });
  const { error } = await scene.sync(changed(20));
  expect(error?.message).toContain('[MAILCHIMP_KEY_REFUSED]');
  scene.mailchimp.faults.clear();
  scene.mailchimp.requests.clear();
  const { skipped } = await scene.sync(changed(20));
  expect(skipped).toHaveLength(20);
  expect(scene.mailchimp.writeRequests()).toEqual([]);
});

test.each([
  ['503', { status: 503, headers: { 'retry-after': '0' }, body: { detail: 'canary@person.example' } }],
  ['401', { status: 401, body: { title: 'API Key Invalid', detail: 'canary@person.example' } }],
  ['403', { status: 403, body: { title: 'Forbidden', detail: 'canary@person.example' } }],
  ['400', { status: 400, body: { title: 'Invalid Resource', detail: 'canary@person.example' } }],
])(
  'no key, address, name or URL leaves by an error or a ledger row (%s at every write)',
  async (_case, answer) => {
    fault({ ...answer, where: ({ method }) => method !== 'GET' });
    const { error, outputs, attention } = await scene.sync(customers(2));
    const rows = attention.map(({ reason, explanation, ledger }) => ({ reason, explanation, ledger }));
    const shown = [error?.message, error?.description, error?.stack, error?.context, rows, error];
    const text = JSON.stringify(shown);
    for (const canary of [
      'canary',
      '@customer.example',
      'Name Y',
      scene.mailchimp.apiKey,
      scene.mailchimp.url,
    ])
      expect(text).not.toContain(canary);
    expect(error !== undefined || outputs[2]!.length === 2).toBe(true);
  },
  60_000,
);
