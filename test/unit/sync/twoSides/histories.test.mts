import * as fc from 'fast-check';
import { addressHashOf } from '../../../../sync/crossReference.ts';
import { memberIdOf } from '../../../../sync/email.ts';
import { AUDIENCE, type Contact } from './audience.mts';
import { anyRules, anySteps, History } from './edits.mts';
import type { Customer } from './erp.mts';
import { TwoSides } from './history.mts';

/** 1,000,000 with HISTORIES=1000000, as for a night. */
const HISTORIES = Number(process.env.HISTORIES ?? 100_000);
const CYCLES = 6;

function cycle(sides: TwoSides): number {
  const before = sides.writes;
  sides.sweep();
  sides.forth();
  return sides.writes - before;
}

/** Cycles until both systems are silent. */
function converge(sides: TwoSides): number {
  for (let cycles = 1; cycles <= CYCLES; cycles++) if (cycle(sides) === 0) return cycles;
  throw new Error('The two systems do not fall silent');
}

/** What the customer keeps is what is so. */
function checkReferences(sides: TwoSides): void {
  for (const { number, reference } of sides.erp.customers.values()) {
    if (reference.audienceId !== AUDIENCE || !reference.contactId) continue;
    const contact = sides.audience.contacts.get(reference.contactId);
    expect({ number, preference: reference.preference }).toEqual({
      number,
      preference: contact?.status ?? 'deleted',
    });
  }
}

test(`0 consent violations and silence after each of ${HISTORIES} two-sided histories`, () => {
  let edits = 0;
  let writes = 0;
  fc.assert(
    fc.property(anyRules, anySteps, fc.boolean(), (rules, steps, withApi) => {
      const sides = new TwoSides(rules);
      const history = new History(sides, withApi);
      for (const step of steps) history.do(step);
      converge(sides);
      if (sides.violations.length > 0) throw new Error(sides.violations.join());
      // A contact that passes to another customer takes the person's name along.
      const limit = (rules.nameIsTheirs ? 3 : 2) * history.concerned;
      if (sides.writes > limit) throw new Error(`${sides.writes} writes, ${history.concerned} edits`);
      edits += history.concerned;
      writes += sides.writes;
      checkReferences(sides);
    }),
    { numRuns: HISTORIES },
  );
  expect(edits).toBeGreaterThan(HISTORIES);
  expect(writes).toBeGreaterThan(HISTORIES / 4);
}, 3_600_000);

/** One edit of somebody with an address of its own, on either side. */
const EDITS: Record<string, (sides: TwoSides, contact: Contact, customer: Customer) => void> = {
  'a new name in CloudSuite': (_, __, customer) => void (customer.name = 'New'),
  'a new address in CloudSuite': (_, __, customer) => void (customer.mail = 'new@x.example'),
  'no address in CloudSuite': (_, __, customer) => void (customer.mail = ''),
  'inactive in CloudSuite': (_, __, customer) => void (customer.status = 'inactive'),
  'removed from CloudSuite': ({ erp }) => void erp.customers.delete('Y1'),
  'a customer more': ({ erp }) => erp.add('Y2', 'Bo', 'bo@x.example'),
  'a new name in Mailchimp': ({ audience }, contact) =>
    audience.change(contact, { mergeFields: { ...contact.mergeFields, FNAME: 'New' } }),
  'a new address in Mailchimp': ({ audience }, contact) =>
    audience.change(contact, { email: 'new@x.example' }),
  unsubscribed: ({ audience }, contact) => audience.change(contact, { status: 'unsubscribed' }),
  cleaned: ({ audience }, contact) => audience.change(contact, { status: 'cleaned' }),
  archived: ({ audience }, contact) => audience.change(contact, { status: 'archived' }),
  deleted: ({ audience }, contact) => audience.forget(contact),
};

test.each(Object.entries(EDITS))('%s costs at most 2 writes, whatever the rules', (_, edit) => {
  fc.assert(
    fc.property(anyRules, (rules) => {
      const sides = new TwoSides(rules);
      sides.erp.add('Y1', 'Anna', 'a@x.example');
      converge(sides);
      const before = sides.writes;
      edit(sides, [...sides.audience.contacts.values()][0]!, sides.erp.customers.get('Y1')!);
      converge(sides);
      expect(sides.writes - before).toBeLessThanOrEqual(2);
      expect(sides.violations).toEqual([]);
    }),
    { numRuns: 300 },
  );
});

test('silence lasts: 10 further cycles write nothing', () => {
  fc.assert(
    fc.property(anyRules, anySteps, (rules, steps) => {
      const sides = new TwoSides(rules);
      const history = new History(sides, true);
      for (const step of steps) history.do(step);
      converge(sides);
      for (let further = 0; further < 10; further++) expect(cycle(sides)).toBe(0);
    }),
    { numRuns: 2000 },
  );
});

test('a → b → a ends where it began, by the same contact', () => {
  const sides = new TwoSides({
    newContactStatus: 'subscribed',
    inactiveParties: 'keep',
    optedOutContacts: 'leave',
    addressChanges: 'update',
    nameIsTheirs: false,
  });
  sides.erp.add('Y1', 'Anna', 'a@x.example');
  sides.forth();
  const [contact] = [...sides.audience.contacts.values()];
  for (const mail of ['b@x.example', 'a@x.example']) {
    sides.erp.customers.get('Y1')!.mail = mail;
    sides.forth();
  }
  for (const email of ['b@x.example', 'a@x.example']) {
    sides.audience.change(contact!, { email });
    sides.sweep();
  }
  expect([...sides.audience.contacts.values()]).toEqual([contact]);
  expect(sides.erp.customers.get('Y1')).toMatchObject({
    mail: 'a@x.example',
    reference: { contactId: contact!.contactId, addressHash: addressHashOf(memberIdOf('a@x.example')) },
  });
  expect(converge(sides)).toBe(1);
});
