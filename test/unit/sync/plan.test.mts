import { memberIdOf } from '../../../sync/email.ts';
import { planContacts } from '../../../sync/plan.ts';
import type { MemberState, Plan, SyncSettings } from '../../../sync/types.ts';
import { input, member, settings, STATUSES } from './world.mts';

const reasonsOf = (plan: Plan, index = 0): string[] => plan.records[index]!.notes.map((note) => note.reason);
const planOne = (
  inputs: Parameters<typeof planContacts>[0],
  members: Array<[string, MemberState]> = [],
  change: Partial<SyncSettings> = {},
): Plan => planContacts(inputs, new Map(members), settings(change));

describe('one record', () => {
  const email = 'info@nordicbikes.example';

  test('an unknown address becomes a contact with its filled fields, its number and its tags', () => {
    const plan = planOne([
      input({}, { mapped: { FNAME: 'Nordic', CREDIT: '' }, tagsToAdd: [' Customer ', 'customer'] }),
    ]);
    expect(plan.effects).toMatchObject([
      {
        kind: 'create',
        email,
        status: 'subscribed',
        mergeFields: { FNAME: 'Nordic', CUSTNO: 'Y30000' },
        tags: ['customer'],
      },
    ]);
    expect(plan.effects[0]).not.toHaveProperty('mergeFields.CREDIT');
  });

  test('a known contact gets only the fields that differ, and an empty value clears nothing unless asked', () => {
    const known = member(email, { mergeFields: { FNAME: 'Nordic', CREDIT: 5, CUSTNO: 'Y30000' } });
    const one = input({}, { mapped: { FNAME: 'Nordic', CREDIT: '' } });
    expect(reasonsOf(planOne([one], [known]))).toEqual(['unchanged']);
    expect(planOne([one], [known], { emptyValues: 'clear' }).effects).toMatchObject([
      { mergeFields: { CREDIT: '' } },
    ]);
  });

  test.each(STATUSES)('a contact in status %s is never created again', (status) => {
    const plan = planOne([input()], [member(email, { status })]);
    expect(plan.effects.filter((effect) => effect.kind === 'create')).toEqual([]);
  });

  test.each([
    [[], 'no-email'],
    [['nobody'], 'malformed-email'],
    [[`${'x'.repeat(65)}@long.example`], 'email-too-long'],
  ])('with addresses %j it is left alone for the reason %s', (emails, reason) => {
    expect(reasonsOf(planOne([input({ emails })]))).toEqual([reason]);
  });

  test('with a bad first address the good second one stands for the customer', () => {
    expect(planOne([input({ emails: ['nobody', email] })]).effects).toMatchObject([
      { kind: 'create', email },
    ]);
  });

  test('with all addresses wanted, each becomes a contact and the bad one is reported', () => {
    const plan = planOne([input({ emails: [email, 'bad', 'b@two.example', email.toUpperCase()] })], [], {
      addresses: 'all',
    });
    expect(plan.effects.map((effect) => effect.memberId)).toEqual([
      memberIdOf(email),
      memberIdOf('b@two.example'),
    ]);
    expect(reasonsOf(plan)).toEqual(['malformed-email']);
  });

  test('a value that does not fit its field stops the contact and names the field', () => {
    const plan = planOne([input({}, { mapped: { CREDIT: 'n/a' } })]);
    expect(plan.effects).toEqual([]);
    expect(plan.records[0]!.notes).toMatchObject([{ reason: 'merge-value', subject: 'CREDIT' }]);
  });

  test('an inactive customer is not added, and archived only where the user chose it', () => {
    const inactive = input({ status: 'inactive' });
    const known = member(email, { mergeFields: { FNAME: 'Nordic Bikes AB', CUSTNO: 'Y30000' } });
    expect(reasonsOf(planOne([inactive]))).toEqual(['inactive']);
    expect(planOne([inactive], [known]).effects).toEqual([]);
    expect(planOne([inactive], [known], { inactiveParties: 'archive' }).effects).toMatchObject([
      { kind: 'archive' },
    ]);
  });
});

describe('an address that several customers share', () => {
  const email = 'buying@group.example';
  const three = ['Y3', 'Y1', 'Y2'].map((number) =>
    input({ number, emails: [email], name: `Name ${number}` }),
  );

  test('becomes one contact of the smallest active number that keeps all numbers', () => {
    const plan = planOne(three);
    expect(plan.effects).toMatchObject([
      { recordNumber: 'Y1', mergeFields: { FNAME: 'Name Y1', CUSTNO: 'Y1,Y2,Y3' } },
    ]);
    expect([reasonsOf(plan, 0), reasonsOf(plan, 1), reasonsOf(plan, 2)]).toEqual([
      ['shared-address'],
      [],
      ['shared-address'],
    ]);
  });

  test('keeps the fields of a primary customer that is not in this run, and still takes the new number', () => {
    const known = member(email, { mergeFields: { FNAME: 'Name Y1', CUSTNO: 'Y1' } });
    const plan = planOne([input({ number: 'Y2', emails: [email] })], [known]);
    expect(plan.effects).toMatchObject([
      { kind: 'update', recordNumber: 'Y2', mergeFields: { CUSTNO: 'Y1,Y2' } },
    ]);
    expect(plan.effects[0]).not.toHaveProperty('mergeFields.FNAME');
  });

  test('stays with the active customer where smaller numbers were passed over and are not in this run', () => {
    const known = member(email, { mergeFields: { FNAME: 'Name Y2', CUSTNO: 'Y2,Y1,Y3' } });
    const plan = planOne([input({ number: 'Y2', emails: [email], name: 'New' })], [known]);
    expect(plan.effects).toMatchObject([{ kind: 'update', mergeFields: { FNAME: 'New' } }]);
  });

  test('keeps first whose values it shows until the next one is in a run', () => {
    const known = member(email, { mergeFields: { FNAME: 'Name Y1', CUSTNO: 'Y1,Y2' } });
    const one = input({ number: 'Y1', emails: [email], name: 'Name Y1', status: 'inactive' });
    expect(planOne([one], [known]).effects).toEqual([]);
    const other = input({ number: 'Y2', emails: [email], name: 'Name Y2' });
    expect(planOne([one, other], [known]).effects).toMatchObject([
      { recordNumber: 'Y2', mergeFields: { FNAME: 'Name Y2', CUSTNO: 'Y2,Y1' } },
    ]);
  });

  test('passes to a customer of this run where the one it shows has left and the next one is not in it', () => {
    const known = member(email, { mergeFields: { FNAME: 'Name Y1', CUSTNO: 'Y1,Y2' } });
    const plan = planOne(
      [
        input({ number: 'Y1', emails: ['new@one.example'] }),
        input({ number: 'Y3', emails: [email], name: 'Name Y3' }),
      ],
      [known],
    );
    expect(plan.effects).toContainEqual(
      expect.objectContaining({ kind: 'update', mergeFields: { FNAME: 'Name Y3', CUSTNO: 'Y3,Y2' } }),
    );
  });

  test('loses the number of a customer of this run that has moved to another address', () => {
    const known = member(email, { mergeFields: { FNAME: 'Nordic Bikes AB', CUSTNO: 'Y1,Y2' } });
    const plan = planOne(
      [input({ number: 'Y1', emails: ['new@one.example'] }), input({ number: 'Y2', emails: [email] })],
      [known],
    );
    expect(plan.effects).toContainEqual(
      expect.objectContaining({ kind: 'update', mergeFields: { CUSTNO: 'Y2' } }),
    );
  });

  test('is archived only when the last of its customers is inactive', () => {
    const known = member(email, { mergeFields: { CUSTNO: 'Y1,Y2' } });
    const one = input({ number: 'Y1', emails: [email], status: 'inactive' });
    const other = input({ number: 'Y2', emails: [email], status: 'inactive' });
    const kinds = (inputs: typeof three): string[] =>
      planOne(inputs, [known], { inactiveParties: 'archive' }).effects.map((effect) => effect.kind);
    expect(kinds([one])).not.toContain('archive');
    expect(kinds([one, other])).toEqual(['archive']);
  });

  test('is reported, not cut, when the numbers outgrow the field', () => {
    const many = Array.from({ length: 60 }, (_, i) => input({ number: `CUST${i + 100}`, emails: [email] }));
    const plan = planOne(many);
    expect(plan.effects).toEqual([]);
    for (let i = 0; i < many.length; i++) expect(reasonsOf(plan, i)).toEqual(['too-many-numbers']);
  });
});

test('a customer that comes twice counts once, with its last values', () => {
  const plan = planOne([input({ name: 'Old' }), input({ name: 'New' })]);
  expect(plan.effects).toMatchObject([{ mergeFields: { FNAME: 'New' } }]);
  expect(reasonsOf(plan)).toEqual(['duplicate-record']);
});
