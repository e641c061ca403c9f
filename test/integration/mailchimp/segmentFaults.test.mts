import type { Fault } from '../../../sandbox/kit/faults.mts';
import { sideBySide } from '../../support/sideBySide.mts';
import { FAULTS } from './faultKinds.mts';
import { startScene, TABLE, type SegmentScene } from './segments.mts';

/** Each fault at each request of a run, where names are unique and where they are not: in the end one segment a name. */

let scene: SegmentScene;
beforeEach(async () => void (scene = await startScene()));
afterEach(() => scene.mailchimp.close());

/** One segment exists with other conditions, so that a run creates, updates and makes a tag. */
async function sceneWith(segmentNames: 'unique' | 'free'): Promise<SegmentScene> {
  const made = await startScene();
  made.mailchimp.settings.segmentNames = segmentNames;
  const condition = { condition_type: 'TextMerge', field: 'GROUP', op: 'blank' };
  made.mailchimp.audiences.get(made.list)!.addSegment('New', 1, { match: 'all', conditions: [condition] });
  return made;
}

async function newScene(segmentNames: 'unique' | 'free'): Promise<void> {
  await scene.mailchimp.close();
  scene = await sceneWith(segmentNames);
}

const names = ({ mailchimp, list }: SegmentScene = scene): string[] =>
  [...mailchimp.audiences.get(list)!.segments.values()].map(({ name }) => name).sort();

describe.each(['unique', 'free'] as const)('segment names are %s', (segmentNames) => {
  test.each(FAULTS)(
    '%s at any request changes nothing in the end',
    async (_, fault) => {
      await newScene(segmentNames);
      await scene.ensure(TABLE);
      const undisturbed = scene.saved();
      const calls = scene.mailchimp.requests.all.length;
      expect(calls).toBe(8);
      await sideBySide(calls, async (skip) => {
        const own = await sceneWith(segmentNames);
        try {
          own.mailchimp.faults.add({ ...fault, skip });
          const { error, done } = await own.ensure(TABLE);
          expect([skip, error?.message, done.length]).toEqual([skip, undefined, 3]);
          expect(own.mailchimp.faults.struck).toBe(1);
          expect(own.saved()).toEqual(undisturbed);
          expect(names(own)).toEqual(['New', 'Overdue', 'Overdue Wholesale', 'overdue']);
          expect((await own.ensure(TABLE)).skipped).toHaveLength(3);
        } finally {
          await own.mailchimp.close();
        }
      });
    },
    240_000,
  );

  test('what another run made between our look and our write is brought to our conditions, not made twice', async () => {
    await newScene(segmentNames);
    const audience = scene.mailchimp.audiences.get(scene.list)!;
    const condition = { condition_type: 'TextMerge', field: 'GROUP', op: 'blank' };
    scene.mailchimp.faults.add({
      ...{ kind: 'answer', status: 500, method: 'POST', path: /segments$/, skip: 1, times: 1 },
      where: ({ body }) => {
        const { name } = body as { name: string };
        if (name === 'Overdue' && !names().includes(name)) {
          audience.addSegment(name, 1, { match: 'all', conditions: [condition] });
        }
        return name === 'Overdue' || name === 'Overdue Wholesale';
      },
    });
    const { done } = await scene.ensure(TABLE);
    expect(done).toHaveLength(3);
    expect(names()).toEqual(['New', 'Overdue', 'Overdue Wholesale', 'overdue']);
    expect((await scene.ensure(TABLE)).skipped).toHaveLength(3);
  }, 60_000);
});

test('a segment that vanishes under our hands is made by the next run', async () => {
  await newScene('unique');
  scene.mailchimp.faults.add({
    ...{ kind: 'answer', status: 404, method: 'PATCH', path: /segments\/\d+$/ },
    body: { title: 'Resource Not Found', status: 404 },
  });
  const { done, attention } = await scene.ensure(TABLE);
  expect(done).toHaveLength(2);
  expect(attention).toMatchObject([{ name: 'New', reason: 'segment-vanished' }]);
  expect(attention[0]!.ledger).toMatchObject([{ kind: 'segment', status: 'failed', attempts: 1 }]);
  expect((await scene.ensure(TABLE)).done).toMatchObject([{ name: 'New', action: 'update' }]);
});

test('a key that may not write stops the run before anything is written; later, what was written is told', async () => {
  const forbidden: Fault = {
    ...{ kind: 'answer', status: 403, path: /segments$/, method: 'POST', times: 99 },
    body: { title: 'Forbidden', status: 403 },
  };
  scene.mailchimp.faults.add(forbidden);
  expect((await scene.ensure(TABLE)).error?.message).toContain('[MAILCHIMP_FORBIDDEN]');
  expect(names()).toEqual([]);
  scene.mailchimp.faults.clear();
  scene.mailchimp.faults.add({ ...forbidden, skip: 2 });
  const { done, attention, error } = await scene.ensure(TABLE);
  expect(error).toBeUndefined();
  expect(done).toMatchObject([{ name: 'Overdue Wholesale' }]);
  expect(attention.map(({ reason }) => reason)).toEqual(['mailchimp-unavailable', 'mailchimp-unavailable']);
});

test('a tag that cannot be made keeps back the segments that need it, and no others', async () => {
  scene.mailchimp.faults.add({
    ...{ kind: 'answer', status: 400, method: 'POST', path: /segments$/ },
    body: { title: 'Bad Request', status: 400 },
  });
  const { done, attention } = await scene.ensure(TABLE);
  expect(done).toMatchObject([{ name: 'New' }]);
  expect(attention.map(({ reason }) => reason)).toEqual(['segment-refused', 'segment-refused']);
  expect(names()).toEqual(['New']);
});
