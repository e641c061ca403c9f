import type { NewMember } from '../../../sandbox/mailchimp/newMember.mts';
import { customers, startScene, type Scene, type SyncRun } from './sync.mts';

/** Tags of known contacts in blocks by their static segments: how many requests, and nothing lost by them. */

let scene: Scene;
beforeEach(async () => void (scene = await startScene()));
afterEach(() => scene.mailchimp.close());

const audience = () => scene.mailchimp.audiences.get(scene.list)!;
const emailOf = (i: number): string => `y${100_000 + i}@customer.example`;
const blocks = (): number => scene.mailchimp.requests.matching('POST', /\/segments\/\d+$/).length;
const made = (): number => scene.mailchimp.requests.matching('POST', /\/segments$/).length;
const batches = (): number => scene.mailchimp.requests.matching('POST', /\/batches$/).length;
const singles = (): number => scene.mailchimp.requests.matching('POST', /\/tags$/).length;

/** Contacts who already are as CloudSuite has them, so that only tags differ. */
function known(count: number, change: (i: number) => Partial<NewMember> = () => ({})): void {
  for (let i = 0; i < count; i++) {
    const number = `Y${100_000 + i}`;
    const mergeFields = { FNAME: `Name ${number}`, CUSTNO: number };
    scene.mailchimp.audiences.addMember(scene.list, { email: emailOf(i), mergeFields, ...change(i) });
  }
}

const withTags = (count: number, tagsOf: (i: number) => { add?: string[]; remove?: string[] }) =>
  customers(count).map((one, i) => ({ ...one, ...tagsOf(i) }));

const sync = (...[input, parameters = {}, options = {}]: Parameters<Scene['sync']>): Promise<SyncRun> => {
  scene.mailchimp.requests.clear();
  const each = { tagsToAdd: '={{ $json.add ?? [] }}', ...parameters };
  return scene.sync(input, each, { tagsToRemove: '={{ $json.remove ?? [] }}', ...options });
};

/** Address → names of its tags. */
const held = (): Record<string, string[]> =>
  Object.fromEntries(
    [...audience().members.values()].map(({ email, tags }) => [
      email,
      [...tags.keys()].map((id) => audience().segments.get(id)?.name ?? '').sort(),
    ]),
  );

const isSound = ({ error }: SyncRun): void => {
  expect(error).toBeUndefined();
  expect(scene.mailchimp.consentViolations).toEqual([]);
  expect(scene.mailchimp.requests.peakConcurrency).toBeLessThanOrEqual(9);
};

describe('10,000 contacts', () => {
  const COUNT = 10_000;

  test('with 500 changes of each of 20 tags take 20 calls, and the next run none', async () => {
    known(COUNT);
    const input = withTags(COUNT, (i) => ({ add: [`Group ${i % 20}`] }));
    const first = await sync(input);
    isSound(first);
    expect(first.done).toHaveLength(COUNT);
    expect([blocks(), made(), batches(), singles()]).toEqual([20, 20, 0, 0]);
    expect(Object.values(held()).every((tags) => tags.length === 1)).toBe(true);
    const second = await sync(input);
    expect([second.skipped.length, scene.mailchimp.writeRequests().length]).toEqual([COUNT, 0]);

    // Everyone moves on by one group: adds and removes of one tag share its call, and no tag is new.
    const moved = withTags(COUNT, (i) => ({ add: [`Group ${(i + 1) % 20}`], remove: [`Group ${i % 20}`] }));
    const third = await sync(moved);
    isSound(third);
    expect(third.done).toHaveLength(COUNT);
    expect([blocks(), scene.mailchimp.writeRequests().length]).toEqual([20, 20]);
    expect(held()[emailOf(19)]).toEqual(['Group 0']);
    expect(scene.mailchimp.requests.matching('GET', /\/segments$/)).toHaveLength(1);
  }, 240_000);

  test('that change from one of two tags to the other take one call for 500 of each', async () => {
    known(COUNT, (i) => ({ tags: [i % 2 ? 'Slow' : 'Good'] }));
    const input = withTags(COUNT, (i) =>
      i % 2 ? { add: ['Good'], remove: ['Slow'] } : { add: ['Slow'], remove: ['Good'] },
    );
    const run = await sync(input);
    isSound(run);
    expect(run.done).toHaveLength(COUNT);
    expect(scene.mailchimp.writeRequests()).toHaveLength(20);
    expect([held()[emailOf(0)], held()[emailOf(1)]]).toEqual([['Slow'], ['Good']]);
    expect((await sync(input)).done).toEqual([]);
    expect(scene.mailchimp.writeRequests()).toEqual([]);
  }, 240_000);
});

test('a plan tells the same effects and writes nothing, also no tag', async () => {
  known(20);
  const input = withTags(20, () => ({ add: ['VIP'] }));
  const planned = await sync(input, { mode: 'plan' });
  expect([scene.mailchimp.writeRequests(), audience().segments.size]).toEqual([[], 0]);
  const applied = await sync(input);
  const keys = (run: SyncRun) => run.done.map(({ effects }) => effects.map(({ key }) => key));
  expect(keys(applied)).toEqual(keys(planned));
  expect(blocks()).toBe(1);
});

test('no address is in the ledger or the key', async () => {
  known(20);
  const { done } = await sync(withTags(20, () => ({ add: ['VIP'] })));
  expect(JSON.stringify(done.map(({ ledger }) => ledger))).not.toContain('@');
});

test('tags come as a list or as a text with commas, and what one customer adds no other takes away', async () => {
  const shared = { emails: ['office@shared.example'] };
  const input = [
    ...customers(2, () => shared).map((one, i) => ({
      ...one,
      ...(i ? { remove: ['vip'] } : { add: 'VIP, Paid ,' }),
    })),
    ...customers(3)
      .slice(2)
      .map((one) => ({ ...one, add: ['VIP', ' Paid '], remove: 'Paid, Other' })),
  ];
  for (const address of ['office@shared.example', emailOf(2)])
    scene.mailchimp.audiences.addMember(scene.list, { email: address });
  isSound(await sync(input));
  expect(held()).toEqual({ 'office@shared.example': ['Paid', 'VIP'], [emailOf(2)]: ['Paid', 'VIP'] });
});

test('a tag that stands in other letters is the same tag', async () => {
  known(20, (i) => (i === 0 ? { tags: ['vip'] } : {}));
  isSound(await sync(withTags(20, () => ({ add: ['VIP'] }))));
  expect(
    audience()
      .tags()
      .map(({ name }) => name),
  ).toEqual(['vip']);
  expect(Object.values(held()).every(([tag]) => tag === 'vip')).toBe(true);
});

describe.each([3, 15])('%d contacts with more tags than Mailchimp lists with them', (count) => {
  const others = Array.from({ length: 60 }, (_, i) => `Other ${i}`);
  const input = (add: string) => withTags(count, () => ({ add: [add], remove: ['Gone', 'Account: *'] }));

  test('lose and get what differs, and a run that finds nothing to do writes nothing', async () => {
    known(count, () => ({ tags: [...others, 'Account: Old', 'gone'] }));
    const run = await sync(input('Account: Active'));
    isSound(run);
    expect(run.done).toHaveLength(count);
    const wanted = [...others, 'Account: Active'].sort();
    expect(Object.values(held())).toEqual(Array.from({ length: count }, () => wanted));
    const again = await sync(input('Account: Active'));
    expect(again.skipped).toHaveLength(count);
    expect(scene.mailchimp.writeRequests().filter(({ path }) => !path.endsWith('/batches'))).toEqual([]);
  });

  test('are asked for their tags only where the run names tags', async () => {
    known(count, () => ({ tags: others }));
    expect((await sync(customers(count))).skipped).toHaveLength(count);
    expect(JSON.stringify(scene.mailchimp.requests.all)).not.toContain('/tags');
  });
});

/** Lets `act` happen just before the first call of a block. */
const beforeBlock = (act: () => void): void => {
  const where = (): boolean => (act(), true);
  scene.mailchimp.faults.add({ kind: 'delay', delayMs: 0, method: 'POST', path: /\/segments\/\d+$/, where });
};

describe.each(['known', 'subscribed', 'any'] as const)('where a tag’s call takes %s contacts', (takes) => {
  test.each([true, false])('and names the others (%s), the end is the same', async (tells) => {
    Object.assign(scene.mailchimp.settings, { tagCallTakes: takes, tagCallTellsErrors: tells });
    const statuses = ['unsubscribed', 'cleaned', 'transactional', 'pending'] as const;
    known(20, (i) => ({ status: statuses[i] ?? 'subscribed' }));
    scene.mailchimp.audiences.archiveByAdmin(scene.list, emailOf(4));
    const input = withTags(20, () => ({ add: ['VIP'] }));
    beforeBlock(() => scene.mailchimp.audiences.archiveByAdmin(scene.list, emailOf(5)));
    const run = await sync(input, {}, { optedOutContacts: 'updateFields' });
    isSound(run);
    expect(run.attention).toEqual([]);
    const tags = held();
    expect(Array.from({ length: 20 }, (_, i) => tags[emailOf(i)]!.length)).toEqual(
      Array.from({ length: 20 }, (_, i) => (i === 4 || (i === 5 && takes !== 'any') ? 0 : 1)),
    );
    expect(audience().byEmail(emailOf(5))!.status).toBe('archived');
    expect(run.skipped.map(({ number }) => number)).toContain('Y100004');
    const second = await sync(input, {}, { optedOutContacts: 'updateFields' });
    expect([second.done, scene.mailchimp.writeRequests()]).toEqual([[], []]);
  });
});

test('a tag deleted after it was listed goes contact by contact', async () => {
  known(20, (i) => (i === 0 ? { tags: ['VIP'] } : {}));
  beforeBlock(() => audience().segments.clear());
  const run = await sync(withTags(20, () => ({ add: ['VIP'] })));
  isSound(run);
  expect(run.attention).toEqual([]);
  expect(Object.values(held()).filter(([tag]) => tag === 'VIP').length).toBeGreaterThanOrEqual(19);
});

test('a contact deleted meanwhile stops no other', async () => {
  known(20);
  beforeBlock(() => scene.mailchimp.audiences.forget(scene.list, emailOf(3)));
  const run = await sync(withTags(20, () => ({ add: ['VIP'] })));
  isSound(run);
  expect([run.done.length, run.skipped.map(({ reason }) => reason)]).toEqual([19, ['forgotten']]);
});
