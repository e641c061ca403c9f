import { FAULTS } from './faultKinds.mts';
import { customers, startScene, type Scene } from './sync.mts';

/** Each fault at each request of a small and of a large run: the outcome is that of an undisturbed run. */

let scene: Scene;
beforeEach(async () => void (scene = await startScene()));
afterEach(() => scene.mailchimp.close());

/** 12 known contacts that change and 13 new ones: bulk, batch, tags and result archive are all used. */
async function mixedRun(disturb: () => void) {
  const known = customers(12);
  await scene.sync(known);
  disturb();
  return scene.sync(
    customers(25, (i) => ({ name: `After ${i}` })),
    { tagsToAdd: 'Customer' },
  );
}

const expected = (count: number): Record<string, unknown> =>
  Object.fromEntries(
    Array.from({ length: count }, (_, i) => [
      `y${100_000 + i}@customer.example`,
      ['subscribed', `After ${i}`, `Y${100_000 + i}`],
    ]),
  );

describe.each(FAULTS)('%s', (_name, fault) => {
  test('at any request of a large run changes nothing in the end', async () => {
    const calls = await countCalls();
    for (let skip = 0; skip < calls; skip++) {
      await scene.mailchimp.close();
      scene = await startScene();
      const { error, done, attention } = await mixedRun(() => scene.mailchimp.faults.add({ ...fault, skip }));
      expect([skip, error?.message, done.length, attention.length]).toEqual([skip, undefined, 25, 0]);
      expect(scene.mailchimp.faults.struck).toBe(1);
      expect(scene.state()).toEqual(expected(25));
      expect(tagged()).toBe(25);
      expect(scene.mailchimp.consentViolations).toEqual([]);
    }
  }, 240_000);

  test('at any request of a small run changes nothing in the end', async () => {
    for (let skip = 0; skip < 9; skip++) {
      await scene.mailchimp.close();
      scene = await startScene();
      await scene.sync(customers(2));
      scene.mailchimp.faults.add({ ...fault, skip });
      const { error, done } = await scene.sync(
        customers(4, (i) => ({ name: `After ${i}` })),
        { tagsToAdd: 'Customer' },
      );
      expect([skip, error?.message, done.length]).toEqual([skip, undefined, 4]);
      expect(scene.state()).toEqual(expected(4));
      expect(tagged()).toBe(4);
    }
  }, 120_000);
});

const tagged = (): number => {
  const members = [...scene.mailchimp.audiences.get(scene.list)!.members.values()];
  return members.filter(({ tags }) => tags.size === 1).length;
};

async function countCalls(): Promise<number> {
  await mixedRun(() => scene.mailchimp.requests.clear());
  return scene.mailchimp.requests.all.length;
}

describe('what stays broken', () => {
  test('leaves what was done done, and the rest for the next run', async () => {
    scene.mailchimp.faults.add({
      kind: 'answer',
      status: 503,
      path: /members\/[0-9a-f]{32}$/,
      where: ({ method }) => method === 'PUT',
      skip: 2,
      times: 99,
      headers: { 'retry-after': '0' },
    });
    const { done, attention, error } = await scene.sync(customers(4));
    expect(error).toBeUndefined();
    expect([done.length, attention.map(({ reason }) => reason)]).toEqual([
      2,
      ['mailchimp-unavailable', 'mailchimp-unavailable'],
    ]);
    expect(attention[0]!.ledger).toMatchObject([{ status: 'failed', attempts: 1 }]);
    scene.mailchimp.faults.clear();
    expect((await scene.sync(customers(4))).done).toHaveLength(2);
  }, 60_000);

  test('a batch that never finishes leaves its records for the next run', async () => {
    await scene.sync(customers(12));
    scene.mailchimp.faults.add({
      kind: 'answer',
      status: 404,
      path: /batches\/\w+$/,
      times: 99,
      body: { title: 'Resource Not Found', status: 404 },
    });
    const { attention } = await scene.sync(customers(12, (i) => ({ name: `After ${i}` })));
    expect(attention).toHaveLength(12);
    scene.mailchimp.faults.clear();
    expect((await scene.sync(customers(12, (i) => ({ name: `After ${i}` })))).skipped).toHaveLength(12);
  });
});
