import { newTag } from '../../../sync/segment/plan.ts';
import type { LedgerRow } from '../../../sync/types.ts';
import { customers, startScene, type Scene } from './sync.mts';

/** A tag that Sync Contacts makes before anybody gets it is a write to the audience, and has a row of its own. */

const COUNT = 20;
let scene: Scene;
beforeEach(async () => {
  scene = await startScene();
  for (let i = 0; i < COUNT; i++) {
    const number = `Y${100_000 + i}`;
    const mergeFields = { FNAME: `Name ${number}`, CUSTNO: number };
    const email = `${number.toLowerCase()}@customer.example`;
    scene.mailchimp.audiences.addMember(scene.list, { email, mergeFields });
  }
});
afterEach(() => scene.mailchimp.close());

async function rows(tagsToAdd: string): Promise<LedgerRow[]> {
  const { done, skipped, attention } = await scene.sync(customers(COUNT), { tagsToAdd });
  expect(attention).toEqual([]);
  return [...done, ...skipped].flatMap(({ ledger }) => ledger).filter(({ kind }) => kind === 'segment');
}

test('once, under the key that Ensure Segments gives it', async () => {
  expect(await rows('VIP')).toMatchObject([
    { effectKey: newTag(scene.list, 'VIP').key, status: 'applied', memberId: '', recordNumber: '' },
  ]);
  expect(scene.mailchimp.audienceWrites).toMatchObject([{ action: 'create-tag', name: 'VIP' }]);
  expect(await rows('VIP')).toEqual([]);
});

test('and a second tag of the next run has its own', async () => {
  await rows('VIP');
  expect(await rows('VIP, Late')).toMatchObject([{ effectKey: newTag(scene.list, 'Late').key }]);
  expect(scene.mailchimp.audienceWrites).toHaveLength(2);
});
