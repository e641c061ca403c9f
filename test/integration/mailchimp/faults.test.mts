import { sideBySide } from '../../support/sideBySide.mts';
import { FAULTS } from './faultKinds.mts';
import { customers, startScene, type Scene } from './sync.mts';

/** Each fault at each request of a small and of a large run: the outcome is that of an undisturbed run. */

let scene: Scene;
beforeEach(async () => void (scene = await startScene()));
afterEach(() => scene.mailchimp.close());

/** 12 known contacts that change and 13 new ones: bulk, batch, tags and result archive are all used. */
async function mixedRun({ sync }: Scene, disturb: () => void) {
  const known = customers(12);
  await sync(known);
  disturb();
  return sync(
    customers(25, (i) => ({ name: `After ${i}` })),
    { tagsToAdd: 'Customer' },
  );
}

/** Two known contacts that change and two new ones: each goes by itself. */
async function smallRun({ sync }: Scene, disturb: () => void) {
  await sync(customers(2));
  disturb();
  return sync(
    customers(4, (i) => ({ name: `After ${i}` })),
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

const RUNS = [
  { size: 'large', run: mixedRun, count: 25 },
  { size: 'small', run: smallRun, count: 4 },
];

describe.each(FAULTS)('%s', (_name, fault) => {
  test.each(RUNS)(
    'at any request of a $size run changes nothing in the end',
    async ({ run, count }) => {
      await run(scene, () => scene.mailchimp.requests.clear());
      const calls = scene.mailchimp.requests.all.length;
      expect(calls).toBeGreaterThan(5);
      await sideBySide(calls, async (skip) => {
        const own = await startScene();
        const { mailchimp } = own;
        try {
          const { error, done, attention } = await run(own, () => mailchimp.faults.add({ ...fault, skip }));
          expect([skip, error?.message, done.length, attention.length]).toEqual([skip, undefined, count, 0]);
          expect(mailchimp.faults.struck).toBe(1);
          expect(own.state()).toEqual(expected(count));
          expect(tagged(own)).toBe(count);
          expect(mailchimp.consentViolations).toEqual([]);
        } finally {
          await mailchimp.close();
        }
      });
    },
    240_000,
  );
});

const tagged = ({ mailchimp, list }: Scene): number =>
  [...mailchimp.audiences.get(list)!.members.values()].filter(({ tags }) => tags.size === 1).length;

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
