import * as fc from 'fast-check';
import type { PartyStatus } from '../../../../sync/party.ts';
import { numbersIn } from '../../../../sync/shared.ts';
import type { Contact } from './audience.mts';
import { TwoSides, type Rules } from './history.mts';

/** Several customers share one contact, and a field of it flows back: each keeps its own value, but for a person's edit. */
const RULES: Rules = {
  newContactStatus: 'subscribed',
  inactiveParties: 'keep',
  optedOutContacts: 'leave',
  addressChanges: 'update',
  nameIsTheirs: true,
};
const SHARED = 'buying@group.example';
const NUMBERS = ['Y1', 'Y2', 'Y3', 'Y4'];
const STATUSES: PartyStatus[] = ['active', 'inactive', 'active', 'preliminary'];

const theContact = ({ audience }: TwoSides): Contact => audience.byEmail(SHARED)!;
const namesOf = ({ erp }: TwoSides): Names =>
  Object.fromEntries([...erp.customers.values()].map(({ number, name }) => [number, name]));
const carrierOf = (sides: TwoSides): string => numbersIn(theContact(sides).mergeFields.CUSTNO)[0]!;
const edit = (sides: TwoSides, FNAME: string): void => {
  const contact = theContact(sides);
  sides.audience.change(contact, { mergeFields: { ...contact.mergeFields, FNAME } });
};

function threeCustomers(rules: Rules = RULES): TwoSides {
  const sides = new TwoSides(rules);
  for (const number of ['Y1', 'Y2', 'Y3']) sides.erp.add(number, `Name ${number}`, SHARED);
  sides.forth();
  return sides;
}

test('a sweep brings no customer the value of another one', () => {
  const sides = threeCustomers();
  sides.sweep();
  expect(namesOf(sides)).toEqual({ Y1: 'Name Y1', Y2: 'Name Y2', Y3: 'Name Y3' });
});

test('what the person edits goes to the customer who carries the contact, and the others keep theirs', () => {
  const sides = threeCustomers();
  edit(sides, 'Anna');
  sides.sweep();
  expect(namesOf(sides)).toEqual({ Y1: 'Anna', Y2: 'Name Y2', Y3: 'Name Y3' });
});

test('the active customer carries it, also where an inactive one has the smaller number', () => {
  const sides = threeCustomers();
  sides.erp.customers.get('Y1')!.status = 'inactive';
  sides.forth();
  sides.sweep();
  expect([carrierOf(sides), theContact(sides).mergeFields.CUSTNO]).toEqual(['Y2', 'Y2,Y1,Y3']);
  edit(sides, 'Anna');
  sides.sweep();
  expect(namesOf(sides)).toEqual({ Y1: 'Name Y1', Y2: 'Anna', Y3: 'Name Y3' });
});

test('a new carrier keeps its own value where the contact’s belongs to the person and is the old carrier’s', () => {
  const sides = threeCustomers();
  sides.erp.add('Y0', 'Name Y0', SHARED);
  sides.forth();
  sides.sweep();
  expect(carrierOf(sides)).toBe('Y0');
  expect(namesOf(sides)).toMatchObject({ Y0: 'Name Y0', Y1: 'Name Y1' });
});

/** [what, on whom, how] */
type Step = [number, number, number];
type Names = Record<string, string>;
const anySteps = fc.array<Step>(fc.tuple(fc.nat(9), fc.nat(3), fc.nat(11)), { minLength: 1, maxLength: 14 });

class Lives {
  /** Every value that a customer had by CloudSuite's own hand. */
  readonly own = new Map(NUMBERS.map((number) => [number, new Set<string>()]));
  readonly persons = new Set<string>();
  private versions = 0;

  constructor(readonly sides: TwoSides) {}

  do([what, who, how]: Step): void {
    const { erp } = this.sides;
    const number = NUMBERS[who]!;
    const customer = erp.customers.get(number);
    if (!customer) {
      erp.add(number, this.ownName(number), SHARED);
      return;
    }
    if (what < 2) customer.status = STATUSES[how % STATUSES.length]!;
    else if (what === 2) customer.mail = customer.mail === SHARED ? `${number}@own.example` : SHARED;
    else if (what === 3) customer.name = this.ownName(number);
    else if (what === 4) this.person();
    else if (what < 7) this.sides.forth(new Set(NUMBERS.filter((_, i) => (how + 1) & (1 << i))));
    else if (what === 7) this.sides.forth();
    else this.sides.sweep();
  }

  private person(): void {
    const contact = this.sides.audience.byEmail(SHARED);
    if (!contact) return;
    const name = `Person ${++this.versions}`;
    this.persons.add(name);
    edit(this.sides, name);
  }

  private ownName(number: string): string {
    const name = `${number} v${++this.versions}`;
    this.own.get(number)!.add(name);
    return name;
  }
}

function play(steps: Step[], nameOwned: boolean, check: (lives: Lives, before: Names) => void): void {
  const lives = new Lives(new TwoSides({ ...RULES, nameOwned }));
  for (const step of steps) {
    const before = namesOf(lives.sides);
    lives.do(step);
    check(lives, before);
  }
}

test('where the sync keeps the field, no value of one customer ever stands on another one', () => {
  fc.assert(
    fc.property(anySteps, (steps) => {
      play(steps, false, ({ own, persons, sides }) => {
        for (const [number, name] of Object.entries(namesOf(sides)))
          if (!own.get(number)!.has(name) && !persons.has(name)) throw new Error(`${number} has “${name}”`);
      });
    }),
    { numRuns: 20_000 },
  );
});

test('where the field is the person’s, no customer gets the value that another one on the contact has', () => {
  let written = 0;
  fc.assert(
    fc.property(anySteps, (steps) => {
      play(steps, true, ({ own, sides }, before) => {
        const numbers = numbersIn(sides.audience.byEmail(SHARED)?.mergeFields.CUSTNO);
        for (const [number, name] of Object.entries(namesOf(sides))) {
          if (own.get(number)!.has(name) || before[number] === name) continue;
          written += 1;
          const others = numbers.filter((other) => other !== number).map((other) => before[other]);
          if (others.includes(name)) throw new Error(`${number} got “${name}”`);
        }
      });
    }),
    { numRuns: 20_000 },
  );
  expect(written).toBeGreaterThan(300);
});

test('a customer whose new address joins nobody is still told what its contact becomes', () => {
  const sides = new TwoSides({ ...RULES, newContactStatus: 'transactional' });
  sides.erp.add('Y1', 'Anna', 'a@x.example');
  sides.forth();
  const [contact] = [...sides.audience.contacts.values()];
  Object.assign(sides.erp.customers.get('Y1')!, { status: 'inactive', mail: 'new@x.example' });
  // Somebody takes the customer's number out of the contact, and the person subscribes.
  sides.audience.change(contact!, { mergeFields: { CUSTNO: 'Q9' }, status: 'subscribed' });
  sides.sweep();
  sides.forth();
  expect(sides.erp.customers.get('Y1')!.reference).toMatchObject({
    contactId: contact!.contactId,
    preference: 'subscribed',
  });
  expect(sides.audience.contacts.size).toBe(1);
});
