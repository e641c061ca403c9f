import { row, startFilledScene, TABLE, type SegmentScene } from './segments.mts';

/** Trouble of one segment is that segment's: the others go on. */

let scene: SegmentScene;
beforeEach(async () => void (scene = await startFilledScene()));
afterEach(() => scene.mailchimp.close());

const audience = () => scene.mailchimp.audiences.get(scene.list)!;

test.each([
  ['a merge field that the audience lacks', row('x', 'is', 'y', 'NOPE'), 'segment-field-missing', 'x: NOPE'],
  ['a type without such conditions', row('x', 'is', 'y', 'PHONE'), 'segment-field-type', 'x: PHONE, phone'],
  ['an operator that the type has not', row('x', 'contains', '1', 'CREDIT'), 'segment-field-type', 'CREDIT'],
  ['a number that is none', row('x', 'is', 'many', 'CREDIT'), 'merge-value', 'x: CREDIT'],
  ['a date that is none', row('x', 'is', '2026-02-30', 'SINCE'), 'merge-value', 'x: SINCE'],
  ['no choice of the field', row('x', 'is', 'Other', 'KIND'), 'merge-value', 'x: KIND'],
  ['a value too long', row('x', 'is', 'y'.repeat(300)), 'merge-value-too-long', 'x: GROUP'],
  ['no value', row('x', 'is', ' '), 'segment-incomplete', 'x: GROUP'],
  ['no condition', { name: 'x', match: 'all', conditions: {} }, 'segment-incomplete', 'x'],
  ['no name', row(' ', 'is', 'y'), 'segment-incomplete', 'row 1'],
])('%s is that segment’s matter, and the others go on', async (_, broken, reason, subject) => {
  const { done, attention, error } = await scene.ensure([broken, row('North', 'is', 'North')]);
  expect(error).toBeUndefined();
  expect(attention).toMatchObject([{ reason, previewCount: null, memberCount: null, row: 1 }]);
  expect(attention[0]!.explanation).toContain(subject);
  expect(attention[0]!.ledger).toMatchObject([{ kind: 'note', status: 'quarantined' }, { kind: 'run' }]);
  expect(done).toMatchObject([{ name: 'North' }]);
});

test('a missing tag needs attention where it is not to be made', async () => {
  const { done, attention } = await scene.ensure(TABLE, { options: { createMissingTags: false } });
  expect(attention.map(({ name, reason }) => [name, reason])).toEqual([
    ['Overdue Wholesale', 'segment-tag-missing'],
    ['Overdue', 'segment-tag-missing'],
  ]);
  expect(done).toHaveLength(1);
  expect(audience().tags()).toEqual([]);
});

test('a name that stands twice in the table is written in no version', async () => {
  const { attention } = await scene.ensure([row('North', 'is', 'North'), row(' North ', 'is', 'South')]);
  expect(attention.map(({ reason }) => reason)).toEqual(['segment-twice', 'segment-twice']);
  expect(scene.mailchimp.writeRequests()).toEqual([]);
});

test('what Mailchimp refuses is that segment’s matter', async () => {
  scene.mailchimp.faults.add({
    ...{ kind: 'answer', status: 400, method: 'POST', path: /segments$/, times: 1 },
    body: { title: 'Invalid Resource', status: 400 },
  });
  const { done, attention } = await scene.ensure([row('Bad', 'is', 'x'), row('North', 'is', 'North')]);
  expect(attention).toMatchObject([{ name: 'Bad', reason: 'segment-refused', segmentId: null }]);
  expect(attention[0]!.ledger).toMatchObject([{ kind: 'segment', status: 'quarantined' }, { kind: 'run' }]);
  expect(done).toMatchObject([{ name: 'North' }]);
});

test('without a table, or without the audience, the run stops with a code', async () => {
  expect((await scene.ensure([])).error?.message).toContain('[SYNC_SETTING]');
  scene.mailchimp.audiences.remove(scene.list);
  expect((await scene.ensure(TABLE)).error?.message).toContain('[MAILCHIMP_AUDIENCE_NOT_FOUND]');
});
