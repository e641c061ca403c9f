import type { CrossReference } from '../../../sync/crossReference.ts';
import { memberIdOf } from '../../../sync/email.ts';
import type { Party } from '../../../sync/party.ts';
import type { RecordOutcome } from '../../../sync/types.ts';
import { customer, customers, startScene, type Scene } from './sync.mts';

let scene: Scene;
beforeEach(async () => {
  scene = await startScene();
});
afterEach(() => scene.mailchimp.close());

const NOTHING: CrossReference = { audienceId: '', contactId: '', addressHash: '', preference: '' };
const from = 'anna@old.example';
const to = 'anna@new.example';

const member = (email: string) => scene.mailchimp.audiences.member(scene.list, email);

/** What the customer keeps of the contact that has this address now. */
const referenceTo = (email: string, change: Partial<CrossReference> = {}): CrossReference => ({
  audienceId: scene.list,
  contactId: member(email)!.contactId,
  addressHash: memberIdOf(email).slice(0, 30),
  preference: member(email)!.status,
  ...change,
});

const known = (number: string, email: string, stored: CrossReference, change: Partial<Party> = {}) =>
  customer(number, { emails: [email], crossReference: stored, ...change });

const add = (email: string, number = 'Y1') =>
  scene.mailchimp.audiences.addMember(scene.list, {
    email,
    mergeFields: { CUSTNO: number, FNAME: `Name ${number}` },
  });

describe.each([3, 30, 700])('%i new contacts', (count) => {
  test('are named by their ids to the customers that want to keep them', async () => {
    const parties = customers(count, () => ({ crossReference: NOTHING }));
    const { done, skipped } = await scene.sync(parties, { tagsToAdd: 'Customer' });
    const kept = [...done, ...skipped].map(({ crossReference }) => crossReference);
    expect(kept).toEqual(parties.map(({ emails }) => referenceTo((emails as string[])[0]!)));
  });

  test('cost no read where nobody keeps an id', async () => {
    const before = scene.mailchimp.requests.all.length;
    await scene.sync(customers(count));
    const reads = scene.mailchimp.requests.all
      .slice(before)
      .filter(({ method, path }) => method === 'GET' && /\/members/.test(path));
    expect(reads.length).toBeLessThanOrEqual(count === 3 ? 3 : 4);
  });
});

test('ids that cannot be read keep no outcome from being told', async () => {
  const seen = scene.mailchimp.requests;
  const isAfterTheWrite = (): boolean =>
    seen.all.some(({ method, path }) => method === 'POST' && /lists/.test(path));
  scene.mailchimp.faults.add({
    path: /\/members/,
    kind: 'answer',
    status: 500,
    times: 50,
    where: isAfterTheWrite,
  });
  const { done, error } = await scene.sync(customers(30, () => ({ crossReference: NOTHING })));
  expect(error).toBeUndefined();
  expect(done).toHaveLength(30);
  expect(done.every(({ crossReference }) => crossReference === null)).toBe(true);
}, 60_000);

describe('a new address of the customer', () => {
  const rename = async (change: Partial<Party> = {}): Promise<RecordOutcome[]> => {
    const { done, skipped, attention } = await scene.sync([known('Y1', to, referenceTo(from), change)]);
    return [...done, ...skipped, ...attention];
  };

  test('goes to the same contact, which keeps its id and its history', async () => {
    const { contactId, timestampOpt } = add(from);
    const [outcome] = await rename();
    expect(member(from)).toBeUndefined();
    expect(member(to)).toMatchObject({ contactId, timestampOpt, status: 'subscribed' });
    expect(outcome).toMatchObject({ outcome: 'done', crossReference: referenceTo(to) });
    expect(scene.mailchimp.writes.filter(({ action }) => action === 'create' || action === 'delete')).toEqual(
      [],
    );
  });

  test('and back again ends where it began, in one write each', async () => {
    const { contactId } = add(from);
    await rename();
    await scene.sync([known('Y1', from, referenceTo(to))]);
    expect(member(from)).toMatchObject({ contactId });
    expect(scene.mailchimp.writes.filter(({ emailBefore }) => emailBefore !== undefined)).toHaveLength(2);
    const before = scene.mailchimp.writes.length;
    await scene.sync([known('Y1', from, referenceTo(from))]);
    expect(scene.mailchimp.writes).toHaveLength(before);
  });

  test.each(['unsubscribe', 'unsubscribeByAdmin', 'hardBounce', 'archiveByAdmin'] as const)(
    'does not bring anybody back: after %s the contact stays as it is, and nobody is added',
    async (act) => {
      add(from);
      scene.mailchimp.audiences[act](scene.list, from);
      const before = scene.state();
      const [outcome] = await rename();
      expect(scene.state()).toEqual(before);
      expect(outcome!.outcome).not.toBe('done');
      expect(scene.mailchimp.consentViolations).toEqual([]);
    },
  );

  test('of a contact that was deleted adds nobody', async () => {
    add(from);
    const stored = referenceTo(from);
    scene.mailchimp.audiences.forget(scene.list, from);
    const { skipped } = await scene.sync([known('Y1', to, stored)]);
    expect(skipped).toMatchObject([
      { reason: 'forgotten', crossReference: { ...stored, preference: 'deleted' } },
    ]);
    expect(scene.state()).toEqual({});
  });

  test('that another contact has already leaves both contacts as they are', async () => {
    add(from);
    add(to, 'Y2');
    const before = [member(from)!.contactId, member(to)!.contactId];
    await rename();
    expect([member(from)!.contactId, member(to)!.contactId]).toEqual(before);
    expect(member(to)!.status).toBe('subscribed');
  });

  test('of one of two customers of a contact makes a contact of its own; the other one stays', async () => {
    const { contactId } = add(from, 'Y1,Y2');
    const shared = referenceTo(from);
    await scene.sync([known('Y1', to, shared), known('Y2', from, shared)]);
    expect(member(from)).toMatchObject({ contactId });
    expect(member(to)!.contactId).not.toBe(contactId);
    expect([member(from)!.mergeFields.CUSTNO, member(to)!.mergeFields.CUSTNO]).toEqual(['Y2', 'Y1']);
  });

  test('is not undone by one that the contact chose itself', async () => {
    add(from);
    const stored = referenceTo(from);
    scene.mailchimp.audiences.changeEmail(scene.list, from, to);
    const { skipped } = await scene.sync([known('Y1', from, stored)]);
    expect(skipped).toMatchObject([{ reason: 'address-changed-in-mailchimp' }]);
    expect(member(to)).toBeDefined();
    expect(member(from)).toBeUndefined();
  });

  test('counts where both sides changed it', async () => {
    const { contactId } = add(from);
    const stored = referenceTo(from);
    scene.mailchimp.audiences.changeEmail(scene.list, from, 'anna@herself.example');
    await scene.sync([known('Y1', to, stored)]);
    expect(member(to)).toMatchObject({ contactId });
    expect(member('anna@herself.example')).toBeUndefined();
  });
});

test('a reference to another audience is no reference', async () => {
  add(from);
  const stored = referenceTo(from, { audienceId: 'otheraud00' });
  const { done } = await scene.sync([known('Y1', to, stored)]);
  expect(done).toMatchObject([{ actions: ['create'], crossReference: { audienceId: scene.list } }]);
  expect(member(from)).toBeDefined();
});
