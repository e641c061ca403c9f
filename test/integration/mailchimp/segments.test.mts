import type { LedgerRow } from '../../../sync/types.ts';
import { fingerprint } from '../../../sync/fingerprint.ts';
import { row, startFilledScene, TABLE, type EnsureRun, type SegmentScene } from './segments.mts';

let scene: SegmentScene;
beforeEach(async () => void (scene = await startFilledScene()));
afterEach(() => scene.mailchimp.close());

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
