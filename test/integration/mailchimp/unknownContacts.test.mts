import { customers, startScene, type Scene } from './sync.mts';

/** Unknown Contacts: Leave Out. A flow that only enriches adds nobody, whatever happens. */

let scene: Scene;
beforeEach(async () => void (scene = await startScene()));
afterEach(() => scene.mailchimp.close());

const LEAVE = { unknownContacts: 'leave' };
const changed = (count: number) => customers(count, (i) => ({ name: `After ${i}` }));
const creates = () => scene.mailchimp.writes.filter(({ action }) => action === 'create');

test.each([3, 30])(
  '%d known contacts are updated, as many unknown ones are left out, and told',
  async (count) => {
    await scene.sync(customers(count));
    const before = creates().length;
    const run = await scene.sync(changed(2 * count), { tagsToAdd: 'Overdue' }, LEAVE);
    expect([run.error, run.done.length, run.attention]).toEqual([undefined, count, []]);
    expect(run.skipped.map(({ reason }) => reason)).toEqual(Array(count).fill('not-in-audience'));
    expect(run.skipped[0]!.ledger).toMatchObject([
      { kind: 'note', status: 'skipped', reason: 'not-in-audience' },
    ]);
    expect(creates()).toHaveLength(before);
    expect(Object.keys(scene.state())).toHaveLength(count);
    expect((await scene.sync(changed(2 * count), { tagsToAdd: 'Overdue' }, LEAVE)).done).toEqual([]);
  },
);

test('a contact deleted between the read and the write does not come back', async () => {
  await scene.sync(customers(3));
  const gone = 'y100001@customer.example';
  scene.mailchimp.faults.add({
    ...{ kind: 'delay', delayMs: 0 },
    where: ({ method }) => {
      if (method === 'GET' || !scene.mailchimp.audiences.get(scene.list)!.byEmail(gone)) return false;
      scene.mailchimp.audiences.forget(scene.list, gone);
      return true;
    },
  });
  const run = await scene.sync(changed(3), {}, LEAVE);
  expect([run.done.length, run.skipped.map(({ reason }) => reason)]).toEqual([2, ['not-in-audience']]);
  expect(scene.mailchimp.refusedCreates).toEqual([]);
});

test('where Mailchimp does not tell about all contacts, nobody is called unknown and the run stops', async () => {
  await scene.sync(customers(1200));
  scene.mailchimp.faults.add(
    {
      ...{ kind: 'delay', delayMs: 0 },
      where: ({ url }) => {
        if (!/offset=[1-9]/.test(url)) return false;
        scene.mailchimp.audiences.archiveByAdmin(scene.list, 'y100000@customer.example');
        return true;
      },
    },
    { kind: 'answer', status: 404, path: /^\/batch-results\//, times: 1000 },
  );
  scene.mailchimp.requests.clear();
  const { error } = await scene.sync(changed(1220), {}, LEAVE);
  expect(error?.message).toContain('[MAILCHIMP_UNAVAILABLE]');
  const reads = /\/batches$/;
  expect(scene.mailchimp.writeRequests().filter(({ path }) => !reads.test(path))).toEqual([]);
}, 60_000);
