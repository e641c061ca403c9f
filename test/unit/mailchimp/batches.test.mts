import { createMergeField } from '../../../connectors/mailchimp/audiences.ts';
import { runBatch, waitForBatches } from '../../../connectors/mailchimp/batches.ts';
import { memberPath, memberRead } from '../../../connectors/mailchimp/members.ts';
import type { Call } from '../../../connectors/mailchimp/api.ts';
import { memberIdOf } from '../../../sync/email.ts';
import type { Fault } from '../../../sandbox/kit/faults.mts';
import { startAccount, type Account } from './account.mts';

let account: Account;
beforeEach(async () => void (account = await startAccount()));
afterEach(() => account.simulator.close());

const email = (i: number): string => `p${i}@person.example`;
const put = (i: number): Call => ({
  method: 'PUT',
  path: memberPath(account.list, memberIdOf(email(i))),
  body: { email_address: email(i), status_if_new: 'subscribed' },
});
const range = (count: number): number[] => Array.from({ length: count }, (_, i) => i);
const run = (calls: Call[]) => runBatch(account.mailchimp, calls);
const isResult = /^\/batch-results\//;

test('each call gets its own answer, in the order of the calls', async () => {
  account.simulator.audiences.addMember(account.list, { email: email(1) });
  const answers = await run(range(3).map((i) => memberRead(account.list, memberIdOf(email(i)))));
  expect(answers.map((answer) => answer?.status)).toEqual([404, 200, 404]);
  expect(answers[1]?.body).toMatchObject({ id: memberIdOf(email(1)), status: 'subscribed' });
});

test('the pauses between two looks grow, and none is longer than ten seconds', async () => {
  account.simulator.settings.batchPendingPolls = 20;
  await run([put(0)]);
  expect(account.pauses.length).toBeGreaterThan(15);
  expect(account.pauses).toEqual([...account.pauses].sort((a, b) => a - b));
  expect(Math.max(...account.pauses)).toBe(10_000);
});

test('an expired result address is asked for again, and the key never goes to the object store', async () => {
  const expired = '<?xml version="1.0"?><Error><Code>AccessDenied</Code></Error>';
  account.simulator.faults.add({ kind: 'answer', status: 403, path: isResult, body: expired, times: 2 });
  expect((await run([put(0)])).map((answer) => answer?.status)).toEqual([200]);
  // The simulator's object store refuses every request that shows a key, as S3 does.
  expect(account.simulator.requests.matching('GET', isResult).map(({ status }) => status)).toEqual([
    403, 403, 200,
  ]);
});

test.each([
  ['is always cut off', { kind: 'truncate' }],
  ['is never reached', { kind: 'reset-before' }],
  ['is a page of a proxy', { kind: 'answer', status: 200, body: '<html>Sign in</html>' }],
  ['is gone', { kind: 'answer', status: 404, body: '<?xml version="1.0"?>' }],
] as Array<[string, Fault]>)(
  'a result that %s leaves each answer unknown, none a failure',
  async (_case, fault) => {
    account.simulator.faults.add({ ...fault, path: isResult, times: 1000 });
    expect(await run([put(0), put(1)])).toEqual([undefined, undefined]);
  },
);

test('a batch that never ends, or that Mailchimp forgot, is an error and no answer', async () => {
  account.simulator.settings.batchPendingPolls = Infinity;
  await expect(run([put(0)])).rejects.toThrow('[MAILCHIMP_UNAVAILABLE]');
  expect(account.pauses.reduce((sum, ms) => sum + ms)).toBeLessThan(35 * 60_000);
  account.simulator.settings.batchPendingPolls = 1;
  account.simulator.faults.add({ kind: 'answer', status: 404, path: /batches\/\w+$/, body: { status: 404 } });
  await expect(run([put(0)])).rejects.toThrow('[MAILCHIMP_UNAVAILABLE]');
});

test('a lost answer to the submission makes no contact twice', async () => {
  account.simulator.faults.add({ kind: 'reset-after', method: 'POST', path: /batches$/ });
  const answers = await run(range(20).map(put));
  expect(answers.map((answer) => answer?.status)).toEqual(Array(20).fill(200));
  expect(account.simulator.writes).toHaveLength(20);
});

test('open batches of an earlier run are waited for, but not for ever', async () => {
  account.simulator.settings.batchPendingPolls = 4;
  await account.mailchimp.read({
    method: 'POST',
    path: '/batches',
    body: { operations: [{ method: 'GET', path: '/ping' }] },
  });
  expect(await waitForBatches(account.mailchimp)).toBe(true);
  account.simulator.settings.batchPendingPolls = Infinity;
  account.pauses.length = 0;
  expect(await waitForBatches(account.mailchimp)).toBe(false);
  expect(account.pauses.reduce((sum, ms) => sum + ms)).toBeLessThan(7 * 60_000);
});

describe('a merge field', () => {
  const create = () =>
    createMergeField(account.mailchimp, account.list, { tag: 'CREDIT', name: 'Credit', type: 'number' });
  const tags = () => account.simulator.audiences.get(account.list)!.mergeFields.map(({ tag }) => tag);

  test.each(['reset-before', 'reset-after', 'truncate', 'answer-after'] as const)(
    'is created once, also where the answer is lost (%s)',
    async (kind) => {
      account.simulator.faults.add({ kind, method: 'POST', path: /merge-fields$/, status: 504 });
      expect(await create()).toMatchObject({ created: true, field: { tag: 'CREDIT', type: 'number' } });
      expect(tags().filter((tag) => tag === 'CREDIT')).toHaveLength(1);
    },
  );

  test('that does not fit the audience any more is an error with a remedy', async () => {
    account.simulator.settings.mergeFieldLimit = tags().length;
    await expect(create()).rejects.toMatchObject({
      errorCode: 'MAILCHIMP_MERGE_FIELD_CREATE',
      remedy: expect.stringContaining('30 merge fields'),
    });
  });
});
