import {
  createSavedSegment,
  createTag,
  listSavedSegments,
  listTags,
  updateSavedSegment,
} from '../../../connectors/mailchimp/segments.ts';
import type { ApiRule } from '../../../sync/segment/types.ts';
import { startAccount, type Account } from './account.mts';

let account: Account;
beforeEach(async () => void (account = await startAccount()));
afterEach(() => account.simulator.close());

const RULE: ApiRule = {
  match: 'all',
  conditions: [{ condition_type: 'TextMerge', field: 'FNAME', op: 'is', value: 'Anna' }],
};
const audience = () => account.simulator.audiences.get(account.list)!;
const create = (name = 'Annas') => createSavedSegment(account.mailchimp, account.list, name, RULE);
const posts = () => account.simulator.requests.matching('POST', /segments$/).length;

test.each([0, 1, 999, 1000, 1001, 2500])(
  'all of %d segments and tags are listed, each once',
  async (count) => {
    for (let i = 0; i < count; i++) {
      audience().addSegment(`Saved ${i}`, i, RULE);
      audience().addSegment(`Tag ${i}`, i);
    }
    const saved = await listSavedSegments(account.mailchimp, account.list);
    const tags = await listTags(account.mailchimp, account.list);
    expect(new Set(saved.map(({ id }) => id)).size).toBe(count);
    expect(new Set(tags.map(({ name }) => name)).size).toBe(count);
    expect(saved.every(({ name }) => name.startsWith('Saved'))).toBe(true);
    expect(tags.every(({ name }) => name.startsWith('Tag'))).toBe(true);
  },
);

test('a listed segment tells its rule, its count and its age', async () => {
  account.simulator.audiences.addMember(account.list, {
    email: 'a@shop.example',
    mergeFields: { FNAME: 'ANNA' },
  });
  const { id } = audience().addSegment('Annas', 1_700_000_000, RULE);
  expect(await listSavedSegments(account.mailchimp, account.list)).toEqual([
    { id, name: 'Annas', memberCount: 1, createdAt: '2023-11-14T22:13:20+00:00', ...RULE },
  ]);
});

test('a lost answer is looked up, and the request is not sent again', async () => {
  account.simulator.settings.segmentNames = 'free';
  account.simulator.faults.add({ kind: 'reset-after', method: 'POST' });
  expect(await create()).toMatchObject({ segment: { name: 'Annas', ...RULE } });
  expect([posts(), audience().segments.size]).toEqual([1, 1]);
  expect(account.pauses).toHaveLength(1);
});

test('a request that got lost before it was done is sent again', async () => {
  account.simulator.settings.segmentNames = 'free';
  account.simulator.faults.add({ kind: 'reset-before', method: 'POST', times: 2 });
  expect(await create()).toMatchObject({ segment: { name: 'Annas' } });
  expect([posts(), audience().segments.size]).toEqual([3, 1]);
});

test('an account that never answers is given up on after six rounds, each with a longer pause', async () => {
  account.simulator.faults.add({ kind: 'answer', status: 503, method: 'POST', times: 99 });
  await expect(create()).rejects.toMatchObject({ errorCode: 'MAILCHIMP_UNAVAILABLE' });
  expect(posts()).toBe(6);
  expect(account.pauses).toEqual([...account.pauses].sort((a, b) => a - b));
});

test('a refusal is told as one, unless the name is there after all', async () => {
  const wrong: ApiRule = { match: 'all', conditions: [{ ...RULE.conditions[0]!, field: 'NOPE' }] };
  expect(await createSavedSegment(account.mailchimp, account.list, 'x', wrong)).toBe('refused');
  await createTag(account.mailchimp, account.list, 'Retail');
  expect(await createTag(account.mailchimp, account.list, 'Retail')).toMatchObject({
    segment: { name: 'Retail' },
  });
  expect(audience().tags()).toHaveLength(1);
  // A tag of that name is no saved segment of that name.
  expect(await createSavedSegment(account.mailchimp, account.list, 'Retail', wrong)).toBe('refused');
});

test('an update says whether it was done, refused, or about nothing', async () => {
  const { id } = audience().addSegment('Annas', 1, RULE);
  const update = (segment: number, field: string) =>
    updateSavedSegment(account.mailchimp, account.list, segment, 'Annas', {
      match: 'any',
      conditions: [{ ...RULE.conditions[0]!, field }],
    });
  expect(await update(id, 'LNAME')).toMatchObject({ segment: { id, match: 'any' } });
  expect(await update(id, 'NOPE')).toBe('refused');
  expect(await update(1, 'LNAME')).toBe('missing');
  account.simulator.faults.add({ kind: 'reset-after', method: 'PATCH' });
  expect(await update(id, 'FNAME')).toMatchObject({ segment: { id } });
});

test('trouble of the account is an error, and nothing is sent twice', async () => {
  account.simulator.faults.add({
    kind: 'answer',
    status: 401,
    method: 'POST',
    body: { title: 'API Key Invalid' },
  });
  await expect(create()).rejects.toMatchObject({ errorCode: 'MAILCHIMP_KEY_REFUSED' });
  await expect(createTag(account.mailchimp, 'nowhere', 'x')).rejects.toMatchObject({
    errorCode: 'MAILCHIMP_AUDIENCE_NOT_FOUND',
  });
  expect(account.pauses).toEqual([]);
});
