import type { Fault } from '../../../sandbox/kit/faults.mts';
import { sideBySide } from '../../support/sideBySide.mts';
import { FAULTS } from './faultKinds.mts';
import { customers, startScene, type Scene, type SyncRun } from './sync.mts';

/** Each fault at each request of a run that writes tags in blocks: the end is that of an undisturbed run. */

const COUNT = 30;
let scene: Scene;

const audience = ({ mailchimp, list } = scene) => mailchimp.audiences.get(list)!;

/** Contacts with the tag Old who want New instead; only Old exists. */
async function sceneWithOld(): Promise<Scene> {
  const made = await startScene();
  for (let i = 0; i < COUNT; i++) {
    const number = `Y${100_000 + i}`;
    made.mailchimp.audiences.addMember(made.list, {
      email: `y${100_000 + i}@customer.example`,
      mergeFields: { FNAME: `Name ${number}`, CUSTNO: number },
      tags: ['Old'],
    });
  }
  return made;
}

beforeEach(async () => void (scene = await sceneWithOld()));
afterEach(() => scene.mailchimp.close());

const run = ({ sync } = scene): Promise<SyncRun> =>
  sync(customers(COUNT), { tagsToAdd: 'New' }, { tagsToRemove: 'Old' });

const tags = (of = scene): string[] => {
  const { members, segments } = audience(of);
  return [...members.values()].map((member) =>
    [...member.tags.keys()].map((id) => segments.get(id)!.name).join(),
  );
};

async function undisturbed(): Promise<number> {
  expect((await run()).done).toHaveLength(COUNT);
  expect(scene.mailchimp.requests.matching('POST', /\/segments\/\d+$/)).toHaveLength(2);
  return scene.mailchimp.requests.all.length;
}

test.each(FAULTS)(
  '%s at any request changes nothing in the end',
  async (_name, fault) => {
    await sideBySide(await undisturbed(), async (skip) => {
      const own = await sceneWithOld();
      try {
        own.mailchimp.faults.add({ ...fault, skip });
        const { error, done, attention } = await run(own);
        expect([skip, error?.message, done.length, attention]).toEqual([skip, undefined, COUNT, []]);
        expect(own.mailchimp.faults.struck).toBe(1);
        expect(tags(own)).toEqual(Array.from({ length: COUNT }, () => 'New'));
        expect(audience(own).tags()).toHaveLength(2);
        const rows = done.flatMap(({ ledger }) => ledger).filter(({ kind }) => kind === 'segment');
        expect([skip, rows.length]).toEqual([skip, own.mailchimp.audienceWrites.length]);
        expect(own.mailchimp.consentViolations).toEqual([]);
        own.mailchimp.requests.clear();
        expect((await run(own)).skipped).toHaveLength(COUNT);
        expect(own.mailchimp.writeRequests()).toEqual([]);
      } finally {
        await own.mailchimp.close();
      }
    });
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
      scene.mailchimp.faults.add({ ...fault, times: 999, status, body: { title: 'No', status } });
      const { error, done, attention } = await run();
      expect([error?.message, done.length, attention]).toEqual([undefined, COUNT, []]);
      expect(tags()).toEqual(Array.from({ length: COUNT }, () => 'New'));
    },
    60_000,
  );
});

test('where one tag of two cannot be changed, nobody’s change counts as applied, and the next run makes it', async () => {
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
