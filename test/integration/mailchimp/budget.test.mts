import { customers, startScene, type Scene } from './sync.mts';

/** Invariant 9: at most 4 write requests for 1,000 changed contacts, whatever changes about them. */

let scene: Scene;
beforeEach(async () => void (scene = await startScene()));
afterEach(() => scene.mailchimp.close());

const FIRST = customers(1000);
const CHANGED = customers(1000, (i) => ({ name: `After ${i}` }));

const writes = async (...run: Parameters<Scene['sync']>): Promise<number> => {
  scene.mailchimp.requests.clear();
  const { error, done } = await scene.sync(...run);
  expect(error).toBeUndefined();
  expect(done).toHaveLength(run[0].length);
  expect(scene.mailchimp.requests.peakConcurrency).toBeLessThanOrEqual(9);
  expect(scene.mailchimp.consentViolations).toEqual([]);
  return scene.mailchimp.writeRequests().length;
};

test.each([true, false])(
  '1,000 new, then 1,000 changed fields and tags, where the bulk call takes tags: %s',
  async (bulkHonoursTags) => {
    scene.mailchimp.settings.bulkHonoursTags = bulkHonoursTags;
    expect(await writes(FIRST, { tagsToAdd: 'Customer' })).toBeLessThanOrEqual(4);
    expect(
      await writes(CHANGED, { tagsToAdd: 'Customer, Wholesale' }, { tagsToRemove: 'Prospect' }),
    ).toBeLessThanOrEqual(4);
    const members = [...scene.mailchimp.audiences.get(scene.list)!.members.values()];
    expect(members.every(({ tags }) => tags.size === 2)).toBe(true);
    expect(await writes([])).toBe(0);
  },
  60_000,
);

test('300 new, 400 changed and 300 that go, in one run', async () => {
  await writes(customers(700));
  const mixed = customers(1000, (i) => (i < 300 ? { status: 'inactive' } : { name: `After ${i}` }));
  const options = { inactiveParties: 'archive', maxContacts: 300 };
  expect(await writes(mixed, { tagsToAdd: 'Customer' }, options)).toBeLessThanOrEqual(4);
  const statuses = Object.values(scene.state()).map(([status]) => status);
  expect(statuses.filter((status) => status === 'archived')).toHaveLength(300);
}, 60_000);
