import type { Fault } from '../../../sandbox/kit/faults.mts';
import { FAULTS } from './faultKinds.mts';
import { customers, startScene, type Scene, type SyncRun } from './sync.mts';

/** Each fault at each request of a run that writes tags in blocks: the end is that of an undisturbed run. */

const COUNT = 30;
let scene: Scene;
afterEach(() => scene.mailchimp.close());

const audience = () => scene.mailchimp.audiences.get(scene.list)!;

/** Contacts with the tag Old who want New instead; only Old exists. */
async function newScene(): Promise<void> {
  await scene?.mailchimp.close();
  scene = await startScene();
  for (let i = 0; i < COUNT; i++) {
    const number = `Y${100_000 + i}`;
    scene.mailchimp.audiences.addMember(scene.list, {
      email: `y${100_000 + i}@customer.example`,
      mergeFields: { FNAME: `Name ${number}`, CUSTNO: number },
      tags: ['Old'],
    });
  }
}

const run = (): Promise<SyncRun> =>
  scene.sync(customers(COUNT), { tagsToAdd: 'New' }, { tagsToRemove: 'Old' });

const tags = (): string[] => {
  const nameOf = (id: number): string => audience().segments.get(id)!.name;
  return [...audience().members.values()].map((member) => [...member.tags.keys()].map(nameOf).join());
};

async function undisturbed(): Promise<number> {
  await newScene();
  scene.mailchimp.requests.clear();
  expect((await run()).done).toHaveLength(COUNT);
  expect(scene.mailchimp.requests.matching('POST', /\/segments\/\d+$/)).toHaveLength(2);
  return scene.mailchimp.requests.all.length;
}

test.each(FAULTS)(
  '%s at any request changes nothing in the end',
  async (_name, fault) => {
    const calls = await undisturbed();
    for (let skip = 0; skip < calls; skip++) {
      await newScene();
      scene.mailchimp.faults.add({ ...fault, skip });
      const { error, done, attention } = await run();
      expect([skip, error?.message, done.length, attention]).toEqual([skip, undefined, COUNT, []]);
      expect(scene.mailchimp.faults.struck).toBe(1);
      expect(tags()).toEqual(Array.from({ length: COUNT }, () => 'New'));
      expect(audience().tags()).toHaveLength(2);
      expect(scene.mailchimp.consentViolations).toEqual([]);
      scene.mailchimp.requests.clear();
      expect((await run()).skipped).toHaveLength(COUNT);
      expect(scene.mailchimp.writeRequests()).toEqual([]);
    }
  },
  240_000,
);

/** What never passes, at one kind of request. */
const ALWAYS: Array<[string, Fault]> = [
  ['the list of tags', { kind: 'answer', method: 'GET', path: /\/segments$/ }],
  ['the making of a tag', { kind: 'answer', method: 'POST', path: /\/segments$/ }],
  ['each call of a tag', { kind: 'answer', method: 'POST', path: /\/segments\/\d+$/ }],
];

describe.each(ALWAYS)('where %s is refused for good', (_what, fault) => {
  test.each([400, 404])(
    'with %d, the tags go another way',
    async (status) => {
      await newScene();
      scene.mailchimp.faults.add({ ...fault, times: 999, status, body: { title: 'No', status } });
      const { error, done, attention } = await run();
      expect([error?.message, done.length, attention]).toEqual([undefined, COUNT, []]);
      expect(tags()).toEqual(Array.from({ length: COUNT }, () => 'New'));
    },
    60_000,
  );
});

test('where one tag of two cannot be changed, nobody’s change counts as applied, and the next run makes it', async () => {
  await newScene();
  const old = audience().tagNamed('Old')!.id;
  scene.mailchimp.faults.add({
    ...{ kind: 'answer', method: 'POST', path: new RegExp(`/segments/${old}$`), times: 999, status: 503 },
    headers: { 'retry-after': '0' },
  });
  const { error, done, attention } = await run();
  expect([error?.message, done.length]).toEqual([undefined, 0]);
  expect([...new Set(attention.map(({ reason }) => reason))]).toEqual(['mailchimp-unavailable']);
  expect(attention[1]!.ledger).toMatchObject([{ kind: 'tag', status: 'failed' }]);
  scene.mailchimp.faults.clear();
  expect((await run()).done).toHaveLength(COUNT);
  expect(tags()).toEqual(Array.from({ length: COUNT }, () => 'New'));
}, 60_000);

test('a key that may not change tags stops a run that has written nothing, and is told by one that has', async () => {
  await newScene();
  const refusal: Fault = {
    kind: 'answer',
    method: 'POST',
    times: 999,
    status: 401,
    body: { title: 'API Key Invalid' },
  };
  scene.mailchimp.faults.add({ ...refusal, path: /\/segments|\/batches/ });
  expect((await run()).error?.message).toContain('[MAILCHIMP_KEY_REFUSED]');
  expect(tags()).toEqual(Array.from({ length: COUNT }, () => 'Old'));
  scene.mailchimp.faults.clear();
  scene.mailchimp.faults.add({ ...refusal, path: /\/segments\/\d+$/, skip: 1 });
  const { error, done, attention } = await run();
  expect([error, done.length, attention.length]).toEqual([undefined, 0, COUNT]);
});
