import * as fc from 'fast-check';
import { customer, customers, startScene, type Scene } from './sync.mts';

let scene: Scene;
beforeEach(async () => void (scene = await startScene()));
afterEach(() => scene.mailchimp.close());

const WAYS = [
  'subscribed',
  'unsubscribed',
  'unsubscribedByAdmin',
  'cleaned',
  'archived',
  'archivedOptOut',
  'forgotten',
  'pending',
  'transactional',
  'new',
] as const;
type Way = (typeof WAYS)[number];

function bring(email: string, way: Way): void {
  const { audiences } = scene.mailchimp;
  const { list } = scene;
  if (way === 'new') return;
  audiences.addMember(list, {
    email,
    status: way === 'pending' || way === 'transactional' ? way : 'subscribed',
  });
  if (way === 'unsubscribed' || way === 'archivedOptOut') audiences.unsubscribe(list, email);
  if (way === 'unsubscribedByAdmin') audiences.unsubscribeByAdmin(list, email);
  if (way === 'cleaned') audiences.hardBounce(list, email);
  if (way === 'archived' || way === 'archivedOptOut') audiences.archiveByAdmin(list, email);
  if (way === 'forgotten') audiences.forget(list, email);
}

const statuses = (): Record<string, string> =>
  Object.fromEntries(
    [...scene.mailchimp.audiences.get(scene.list)!.members.values()].map(({ email, status }) => [
      email,
      status,
    ]),
  );

const noViolation = (): void => expect(scene.mailchimp.consentViolations).toEqual([]);

test.each(['leave', 'updateFields'])(
  'whatever people decided stays decided, in small and large runs (%s)',
  async (optedOutContacts) => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom(...WAYS), { minLength: 1, maxLength: 30 }),
        fc.boolean(),
        fc.boolean(),
        async (ways, bulkHonoursTags, listIncludesArchived) => {
          await scene.mailchimp.close();
          scene = await startScene();
          Object.assign(scene.mailchimp.settings, { bulkHonoursTags, listIncludesArchived });
          const input = customers(ways.length);
          ways.forEach((way, i) => bring(`y${100_000 + i}@customer.example`, way));
          const before = statuses();
          const { error, attention } = await scene.sync(
            input,
            { tagsToAdd: 'Customer' },
            { optedOutContacts },
          );
          expect(error).toBeUndefined();
          expect(attention).toEqual([]);
          const after = statuses();
          for (const [email, status] of Object.entries(before))
            expect([email, after[email]]).toEqual([email, status]);
          ways.forEach((way, i) =>
            expect(after[`y${100_000 + i}@customer.example`] === 'subscribed').toBe(
              way === 'new' || way === 'subscribed',
            ),
          );
          noViolation();
          const again = await scene.sync(input, { tagsToAdd: 'Customer' }, { optedOutContacts });
          expect(again.done).toEqual([]);
        },
      ),
      { numRuns: 12 },
    );
  },
  120_000,
);

describe('a person who decides between our read and our write', () => {
  /** Runs `act` when the first write request arrives, before it is answered. */
  const atFirstWrite = (act: () => void): void => {
    let acted = false;
    scene.mailchimp.faults.add({
      kind: 'delay',
      delayMs: 0,
      times: 1,
      where: (request) => {
        const isWrite = request.method !== 'GET' && !acted;
        if (isWrite) act();
        acted ||= isWrite;
        return isWrite;
      },
    });
  };

  test.each([3, 40])('and unsubscribes stays unsubscribed (%d customers)', async (count) => {
    const input = customers(count);
    await scene.sync(input);
    const email = 'y100001@customer.example';
    atFirstWrite(() => scene.mailchimp.audiences.unsubscribe(scene.list, email));
    await scene.sync(customers(count, (i) => ({ name: `New ${i}` })));
    expect(statuses()[email]).toBe('unsubscribed');
    noViolation();
  });

  test.each([3, 40])(
    'and joins and leaves while being new to us stays away (%d customers)',
    async (count) => {
      const email = 'y100002@customer.example';
      atFirstWrite(() => bring(email, 'unsubscribed'));
      const { skipped } = await scene.sync(customers(count));
      expect(skipped.map(({ number, reason }) => [number, reason])).toEqual([['Y100002', 'unsubscribed']]);
      expect(statuses()[email]).toBe('unsubscribed');
      noViolation();
    },
  );

  test('and joins just then is updated, not refused', async () => {
    const email = 'y100002@customer.example';
    atFirstWrite(() => bring(email, 'subscribed'));
    const { done, attention } = await scene.sync(customers(40));
    expect([done.length, attention.length]).toEqual([40, 0]);
    expect(scene.state()[email]).toEqual(['subscribed', 'Name Y100002', 'Y100002']);
  });
});

test('“pending” and “transactional” are used only where the user chose them', async () => {
  await scene.sync([customer('Y1')]);
  await scene.sync([customer('Y2')], { newContactStatus: 'pending' });
  await scene.sync([customer('Y3')], { newContactStatus: 'transactional' });
  expect(Object.values(statuses())).toEqual(['subscribed', 'pending', 'transactional']);
});

describe('the guard', () => {
  const archiveAll = (count: number) =>
    scene.sync(
      customers(count, () => ({ status: 'inactive' })),
      {},
      { inactiveParties: 'archive' },
    );

  test('stops a run that would archive more than 50 contacts before its first write', async () => {
    await scene.sync(customers(60));
    scene.mailchimp.requests.clear();
    const { error } = await archiveAll(60);
    expect(error?.message).toContain('[SYNC_BLAST_RADIUS]');
    expect(scene.mailchimp.writeRequests()).toEqual([]);
    expect(Object.values(statuses()).every((status) => status === 'subscribed')).toBe(true);
  });

  test.each([50, 5])('lets %d go, once', async (count) => {
    await scene.sync(customers(60));
    expect((await archiveAll(count)).done).toHaveLength(count);
    expect(Object.values(statuses()).filter((status) => status === 'archived')).toHaveLength(count);
    expect((await archiveAll(count)).skipped.map(({ reason }) => reason)).toEqual(
      Array(count).fill('archived'),
    );
    noViolation();
  });

  test('a shorter input archives nobody', async () => {
    await scene.sync(customers(30));
    await scene.sync(customers(1), {}, { inactiveParties: 'archive' });
    expect(Object.values(statuses())).toHaveLength(30);
    expect(Object.values(statuses())).not.toContain('archived');
  });
});
