import { addressHashOf, type CrossReference } from '../../../sync/crossReference.ts';
import { memberIdOf } from '../../../sync/email.ts';
import { settle } from '../../../sync/outcome.ts';
import { referenceKey } from '../../../sync/referenceRow.ts';
import { planContacts } from '../../../sync/plan.ts';
import type { ContactInput, MemberStatus } from '../../../sync/types.ts';
import { input, member, settings } from './world.mts';

const AUDIENCE = settings().audienceId;
const a = 'a@one.example';
const b = 'b@one.example';

const contactOf = (email: string): string => member(email)[1].contactId;

const reference = (email: string, preference = 'subscribed'): CrossReference => ({
  audienceId: AUDIENCE,
  contactId: contactOf(email),
  addressHash: addressHashOf(memberIdOf(email)),
  preference,
});

const NOTHING: CrossReference = { audienceId: '', contactId: '', addressHash: '', preference: '' };

const customer = (number: string, emails: string[], stored: CrossReference = NOTHING): ContactInput =>
  input({ number, emails, crossReference: stored });

const audience = (...contacts: Array<[string, MemberStatus, string]>) =>
  new Map(contacts.map(([email, status, CUSTNO]) => member(email, { status, mergeFields: { CUSTNO } })));

const context = {
  mode: 'apply' as const,
  flow: 'f',
  executionId: '1',
  workflowId: 'w',
  link: '',
  audienceId: AUDIENCE,
};

test('a customer with the address that a contact is about to get shares that contact', () => {
  const inputs = [customer('Y1', [b], reference(a)), customer('Y2', [b])];
  const { effects, records } = planContacts(inputs, audience([a, 'subscribed', 'Y1']), settings());
  expect(effects).toMatchObject([
    { kind: 'rename', contactId: contactOf(a), email: b, mergeFields: { CUSTNO: 'Y1,Y2' } },
  ]);
  expect(records.map(({ contact }) => contact!.wanted.contactId)).toEqual([contactOf(a), contactOf(a)]);
});

test('two contacts that are to get one address: the customer with the smaller number decides', () => {
  const inputs = [customer('Y2', [b], reference('c@two.example')), customer('Y1', [b], reference(a))];
  const members = audience([a, 'subscribed', 'Y1'], ['c@two.example', 'subscribed', 'Y2']);
  expect(planContacts(inputs, members, settings()).effects).toMatchObject([
    { kind: 'rename', contactId: contactOf(a), email: b },
  ]);
});

test('an address that is not changed is not called agreed', () => {
  const inactive = input({
    number: 'Y1',
    emails: [b, a],
    status: 'inactive',
    crossReference: reference(a, 'pending'),
  });
  const members = audience([a, 'pending', 'Y1']);
  const plan = planContacts([inactive], members, settings({ inactiveParties: 'archive' }));
  expect(plan.effects).toEqual([]);
  expect(settle(plan, new Map(), context)[0]!.crossReference).toBeNull();
});

test.each([
  ['unsubscribed', 'unsubscribed' as const],
  ['deleted', undefined],
])('a customer without an address is told that its contact is %s', (preference, status) => {
  const members = status ? audience([a, status, 'Y1']) : new Map();
  const plan = planContacts([customer('Y1', [], reference(a))], members, settings());
  expect(plan.effects).toEqual([]);
  expect(settle(plan, new Map(), context)[0]!.crossReference).toEqual({ ...reference(a), preference });
});

test.each([
  ['is told as applied where CloudSuite keeps it', a, 'applied'],
  ['is closed where CloudSuite keeps another one', b, 'superseded'],
])('a cross-reference of which no answer came %s', (_, kept, status) => {
  const retryOf = referenceKey('Y1', reference(a));
  const retried = { ...customer('Y1', [kept], reference(kept)), attempts: 1, retryOf };
  const members = audience([kept, 'subscribed', 'Y1']);
  const plan = planContacts([{ ...retried, mapped: {} }], members, settings());
  expect(plan.effects).toEqual([]);
  expect(settle(plan, new Map(), context)[0]!.ledger).toMatchObject([
    { effectKey: retryOf, kind: 'crossReference', status, recordNumber: 'Y1' },
  ]);
});
