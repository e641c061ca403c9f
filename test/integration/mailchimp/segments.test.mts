import type { LedgerRow } from '../../../sync/types.ts';
import { fingerprint } from '../../../sync/fingerprint.ts';
import { startScene, TABLE, type EnsureRun, type SegmentScene } from './segments.mts';

let scene: SegmentScene;
beforeEach(async () => {
  scene = await startScene();
  const add = (name: string, mergeFields: Record<string, string | number>, tags: string[] = []) =>
    scene.mailchimp.audiences.addMember(scene.list, { email: `${name}@shop.example`, mergeFields, tags });
  add('a', { KIND: 'Wholesale', CREDIT: 5000, SINCE: '2026-03-01' });
  add('b', { KIND: 'Wholesale', CREDIT: 900, GROUP: 'North' });
  add('c', { SINCE: '2026-02-01' });
  scene.mailchimp.audiences.unsubscribe(scene.list, 'c@shop.example');
});
afterEach(() => scene.mailchimp.close());

const row = (name: string, op: string, value: string, tag = 'GROUP') => ({
  name,
  match: 'all',
  conditions: { mergeField: [{ tag, op, value }] },
});
const ours = { condition_type: 'TextMerge', field: 'GROUP', op: 'is', value: 'North' };
const audience = () => scene.mailchimp.audiences.get(scene.list)!;

test('Apply makes the segments and the tag that they need, in Mailchimp’s shapes', async () => {
  const { done, error, hints } = await scene.ensure(TABLE);
  expect(error).toBeUndefined();
  expect(hints).toEqual(['Applied: read 3, segment 3']);
  const tag = audience().tagNamed('overdue')!;
  const overdue = {
    condition_type: 'StaticSegment',
    field: 'static_segment',
    op: 'static_is',
    value: tag.id,
  };
  expect(scene.saved()).toEqual([
    [
      'Overdue Wholesale',
      {
        match: 'all',
        conditions: [
          { condition_type: 'SelectMerge', field: 'KIND', op: 'is', value: 'Wholesale' },
          overdue,
          { condition_type: 'TextMerge', field: 'CREDIT', op: 'greater', value: '1000' },
        ],
      },
    ],
    ['Overdue', { match: 'all', conditions: [overdue] }],
    [
      'New',
      {
        match: 'any',
        conditions: [{ condition_type: 'DateMerge', field: 'SINCE', op: 'greater', value: '01/31/2026' }],
      },
    ],
  ]);
  expect(
    done.map(({ name, action, memberCount, previewCount }) => [name, action, memberCount, previewCount]),
  ).toEqual([
    ['Overdue Wholesale', 'create', 0, 0],
    ['Overdue', 'create', 0, 0],
    ['New', 'create', 1, 1],
  ]);
  expect(scene.mailchimp.writes).toEqual([]);
});

test('Plan writes nothing, says what Apply does, and counts who would be in', async () => {
  const plan = await scene.ensure(TABLE, { mode: 'plan' });
  expect(scene.mailchimp.writeRequests()).toEqual([]);
  expect(plan.hints).toEqual(['Planned, nothing written: read 3, segment 3']);
  expect(plan.done.flatMap(({ ledger }) => ledger)).toEqual([]);
  expect(plan.done.map(({ memberCount, previewCount }) => [memberCount, previewCount])).toEqual([
    [null, 0],
    [null, 0],
    [null, 1],
  ]);
  const apply = await scene.ensure(TABLE);
  const effects = (run: EnsureRun) => run.done.flatMap((one) => one.effects);
  expect(effects(apply)).toEqual(effects(plan));
  expect(effects(apply)).toHaveLength(4);
  const again = await scene.ensure(TABLE, { mode: 'plan' });
  expect(again.skipped.map(({ reason, memberCount, action }) => [reason, memberCount, action])).toEqual([
    ['segment-unchanged', 0, 'none'],
    ['segment-unchanged', 0, 'none'],
    ['segment-unchanged', 1, 'none'],
  ]);
});

test('every write to the audience is one row of the ledger, and no row holds a name', async () => {
  const { done, skipped } = await scene.ensure([...TABLE, row('Broken', 'is', 'x', 'NOPE')]);
  expect(skipped).toEqual([]);
  const ledger = done.flatMap((one) => one.ledger as LedgerRow[]);
  const rows = ledger.filter(({ kind }) => kind === 'segment');
  const { audienceWrites } = scene.mailchimp;
  expect(rows.map(({ effectKey }) => effectKey.split(':').slice(0, 3).join(':')).sort()).toEqual(
    audienceWrites.map(({ audience: id, name }) => `segment:${id}:${fingerprint(name)}`).sort(),
  );
  expect(new Set(rows.map(({ effectKey }) => effectKey)).size).toBe(audienceWrites.length);
  for (const one of rows) expect(one).toMatchObject({ status: 'applied', recordNumber: '', memberId: '' });
  expect(ledger.filter(({ kind }) => kind === 'run')).toMatchObject([
    { reason: 'read 4, segment 3, segment-field-missing 1' },
  ]);
  expect(JSON.stringify(ledger)).not.toMatch(/Overdue|Wholesale|@/);
});

test.each(['unique', 'free'] as const)(
  'a second run writes nothing where names are %s',
  async (segmentNames) => {
    Object.assign(scene.mailchimp.settings, { segmentNames, segmentConditions: 'rewritten' });
    await scene.ensure(TABLE);
    scene.mailchimp.requests.clear();
    const { skipped, hints } = await scene.ensure([...TABLE].reverse());
    expect(skipped).toHaveLength(3);
    expect(hints).toEqual(['Applied: read 3, segment-unchanged 3']);
    expect(scene.mailchimp.writeRequests()).toEqual([]);
    expect(skipped.flatMap(({ ledger }) => ledger as LedgerRow[]).map(({ kind }) => kind)).toEqual(['run']);
  },
);

test('a segment that a person made with other conditions is updated, or left where that is asked for', async () => {
  audience().addSegment('North', 1, { match: 'all', conditions: [{ ...ours, value: 'South' }] });
  const table = [row('North', 'is', 'North')];
  const left = await scene.ensure(table, { options: { existingSegments: 'leave' } });
  expect(left.skipped).toMatchObject([{ reason: 'segment-left', memberCount: 0, previewCount: 1 }]);
  expect(scene.mailchimp.writeRequests()).toEqual([]);
  const { done } = await scene.ensure(table);
  expect(done).toMatchObject([{ action: 'update', memberCount: 1, previewCount: 1 }]);
  expect(scene.saved()).toEqual([['North', { match: 'all', conditions: [ours] }]]);
});

test('of several with the name the oldest counts, and the outcome says so', async () => {
  scene.mailchimp.settings.segmentNames = 'free';
  const young = audience().addSegment('North', 500, { match: 'all', conditions: [ours] });
  const old = audience().addSegment('North', 100, { match: 'all', conditions: [{ ...ours, op: 'not' }] });
  const { done } = await scene.ensure([row('North', 'is', 'North')]);
  expect(done).toMatchObject([{ action: 'update', segmentId: old.id, sameNameIds: [young.id] }]);
  expect(done[0]!.explanation).toMatch(/2 segments of the audience have this name/);
  expect(scene.saved()).toHaveLength(2);
});

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

test('many items run the node once, and the table may use expressions of the first', async () => {
  const { done } = await scene.ensure([row('={{ $json.area }}', 'is', '={{ $json.area }}')], {
    input: [{ area: 'North' }, { area: 'South' }],
  });
  expect(done).toMatchObject([{ name: 'North', memberCount: 1 }]);
  expect(scene.mailchimp.audienceWrites).toHaveLength(1);
});

test('the audience is counted by pages of 1,000 of subscribed contacts, once', async () => {
  for (let i = 0; i < 1500; i++)
    scene.mailchimp.audiences.addMember(scene.list, {
      email: `p${i}@person.example`,
      mergeFields: { GROUP: i % 3 ? 'North' : 'South' },
    });
  const { done } = await scene.ensure([row('North', 'is', 'NORTH'), row('South', 'is', 'south')]);
  expect(done.map(({ memberCount, previewCount }) => [memberCount, previewCount])).toEqual([
    [1001, 1001],
    [500, 500],
  ]);
  const pages = scene.mailchimp.requests.matching('GET', /members$/);
  expect(pages.map(({ query }) => [query['count'], query['status']])).toEqual([
    ['1000', 'subscribed'],
    ['1000', 'subscribed'],
  ]);
});

test('without a table, or without the audience, the run stops with a code', async () => {
  expect((await scene.ensure([])).error?.message).toContain('[SYNC_SETTING]');
  scene.mailchimp.audiences.remove(scene.list);
  expect((await scene.ensure(TABLE)).error?.message).toContain('[MAILCHIMP_AUDIENCE_NOT_FOUND]');
});

test('segments and tags are read by Get and Get Many', async () => {
  await scene.ensure(TABLE);
  const many = await scene.read('getAll', { returnAll: true, simplify: true });
  expect(many.outputs[0]!.map(({ json }) => [json.name, json.type])).toEqual([
    ['Overdue Wholesale', 'saved'],
    ['Overdue', 'saved'],
    ['New', 'saved'],
  ]);
  expect(Object.keys(many.outputs[0]![0]!.json).sort()).toEqual(
    ['id', 'name', 'type', 'member_count', 'created_at', 'updated_at', 'options'].sort(),
  );
  const tags = await scene.read('getAll', { returnAll: true, readFilters: { kind: 'static' } });
  expect(tags.outputs[0]!.map(({ json }) => json.name)).toEqual(['overdue']);
  const recordId = String(many.outputs[0]![2]!.json.id);
  const one = await scene.read('get', { recordId, simplify: false });
  expect(one.outputs[0]![0]!.json).toMatchObject({ name: 'New', list_id: scene.list });
  expect((await scene.read('get', { recordId: '1' })).error?.message).toContain('[MAILCHIMP_NOT_FOUND]');
});
