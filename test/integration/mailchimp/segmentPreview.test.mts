import * as fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import type { SegmentOutcome } from '../../../nodes/MailchimpSync/ensureSegments/run.ts';
import type { Member } from '../../../sandbox/mailchimp/model.mts';
import type { CrossReference } from '../../../sync/crossReference.ts';
import { memberIdOf } from '../../../sync/email.ts';
import { row, startScene, type Row, type SegmentScene } from './segments.mts';
import { customer } from './sync.mts';

/** Who would be in a segment: as many in the plan as there are once everything is applied. */

let scene: SegmentScene;
beforeEach(async () => void (scene = await startScene()));
afterEach(() => scene.mailchimp.close());

const counts = (outcomes: SegmentOutcome[]) => outcomes.map(({ previewCount }) => previewCount);
const tagRow = (name: string, op: string): Row => ({
  name: `${name} ${op}`,
  match: 'all',
  conditions: { tag: [{ name, op }] },
});

test('a contact with more than 50 tags is in the segment of any of them', async () => {
  const many = Array.from({ length: 60 }, (_, i) => `Tag ${i}`);
  for (const [i, tags] of [many, [...many, 'VIP'], ['VIP'], []].entries())
    scene.mailchimp.audiences.addMember(scene.list, { email: `p${i}@person.example`, tags });
  const { done } = await scene.ensure([
    ...['Tag 0', 'Tag 59', 'VIP'].map((name) => tagRow(name, 'has')),
    tagRow('VIP', 'hasNot'),
  ]);
  expect(counts(done)).toEqual([2, 2, 2, 2]);
  expect(done.map(({ memberCount }) => memberCount)).toEqual([2, 2, 2, 2]);
});

test('only conditions on tags ask for all tags', async () => {
  const tags = Array.from({ length: 60 }, (_, i) => `Tag ${i}`);
  scene.mailchimp.audiences.addMember(scene.list, { email: 'p@person.example', tags });
  await scene.ensure([row('North', 'is', 'North')]);
  expect(scene.mailchimp.requests.matching('GET', /\/tags$/)).toEqual([]);
});

const STATUSES = ['Active', 'Late', ''];
const FIELD = { tag: 'FINSTATUS', name: 'Financial status', type: 'text' };
const TABLE: Row[] = [
  ...STATUSES.slice(0, 2).map((status) => row(status, 'is', status, 'FINSTATUS')),
  row('None', 'blank', '', 'FINSTATUS'),
  tagRow('Account: Active', 'has'),
  tagRow('Account: Late', 'hasNot'),
];

const sync = (parties: IDataObject[], mode: string, options: IDataObject) =>
  scene.sync(parties, {
    ...{ mode, mergeFields: { mappingMode: 'defineBelow', value: {} }, newContactStatus: 'subscribed' },
    newMergeFields: { field: [{ ...FIELD, value: '={{ $json.finstatus }}' }] },
    tagsToAdd: '={{ $json.finstatus ? `Account: ${$json.finstatus}` : "" }}',
    options: { tagsToRemove: 'Account: *', maxSharePercent: 100, ...options },
  });

const referenceTo = ({ email, contactId }: Pick<Member, 'email' | 'contactId'>): CrossReference => ({
  ...{ audienceId: scene.list, contactId, addressHash: memberIdOf(email).slice(0, 30), preference: '' },
});

const anyStatus = fc.constantFrom(...STATUSES);
const anyContact = fc.record({
  status: fc.constantFrom('subscribed' as const, 'subscribed' as const, 'unsubscribed' as const),
  tags: fc.subarray(['Account: Active', 'Account: Late', 'VIP']),
});
const anyParty = fc.record({
  finstatus: anyStatus,
  known: fc.option(anyContact, { nil: undefined }),
  isInactive: fc.boolean(),
  movesFrom: fc.boolean(),
});

test('the counts of a plan that follows a plan of Sync Contacts are those of Apply after Apply', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(anyParty, { minLength: 1, maxLength: 8 }),
      fc.constantFrom('leave', 'create'),
      async (all, unknownContacts) => {
        await scene.mailchimp.close();
        scene = await startScene();
        const parties = all.map(({ finstatus, known, isInactive, movesFrom }, i) => {
          const email = `y${i}@customer.example`;
          const old = known && movesFrom ? `old${i}@customer.example` : email;
          const member = known && scene.mailchimp.audiences.addMember(scene.list, { email: old, ...known });
          return {
            ...customer(`Y${i}`, { status: isInactive ? 'inactive' : 'active' }),
            ...(member ? { crossReference: referenceTo(member) } : {}),
            finstatus,
          };
        });
        const options = { unknownContacts, inactiveParties: 'archive', optedOutContacts: 'updateFields' };
        const planned = await sync(parties, 'plan', options);
        const input = planned.outputs.flat().map(({ json }) => json);
        const newMergeFields = [FIELD];
        const plan = await scene.ensure(TABLE, { mode: 'plan', input, newMergeFields });
        expect(scene.mailchimp.writeRequests()).toEqual([]);
        const applied = await sync(parties, 'apply', options);
        expect(applied.error).toBeUndefined();
        const apply = await scene.ensure(TABLE, { newMergeFields });
        expect(apply.done).toHaveLength(TABLE.length);
        expect(counts(plan.done)).toEqual(counts(apply.done));
      },
    ),
    { numRuns: 60 },
  );
}, 120_000);

test('what was applied, or is planned for another audience, is not counted twice', async () => {
  scene.mailchimp.audiences.addMember(scene.list, { email: 'y1@customer.example' });
  const planned = await sync([{ ...customer('Y1'), finstatus: 'Late' }], 'plan', {});
  const [item] = planned.outputs.flat().map(({ json }) => json);
  const count = async (input: IDataObject[], mode: 'plan' | 'apply' = 'plan') => {
    const { done } = await scene.ensure([row('Late', 'is', 'Late', 'FINSTATUS')], {
      ...{ mode, input, newMergeFields: [FIELD] },
    });
    return counts(done);
  };
  expect(await count([item!])).toEqual([1]);
  expect(await count([{ ...item!, mode: 'apply' }])).toEqual([0]);
  const elsewhere = JSON.parse(JSON.stringify(item).replaceAll(scene.list, 'another')) as IDataObject;
  expect(await count([elsewhere])).toEqual([0]);
  expect(await count([{ mode: 'plan', effects: 'none' }, {}])).toEqual([0]);
  expect(await count([item!], 'apply')).toEqual([0]);
});

test('many items that meet one trouble are one item, where the workflow goes on', async () => {
  scene.mailchimp.audiences.remove(scene.list);
  const run = await scene.ensure(TABLE, { input: [{}, {}, {}], onError: 'continueRegularOutput' });
  expect(run.error).toBeUndefined();
  expect(run.attention).toHaveLength(1);
});
