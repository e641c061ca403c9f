import { readFileSync } from 'node:fs';
import { memberIdOf } from '../../../../sync/email.ts';
import type { Contact } from './audience.mts';
import type { Customer } from './erp.mts';
import { TwoSides, type Rules } from './history.mts';

/** The table of docs/sync.md is the test: each row is played on both sides, and its cells are compared with the end. */
const RULES: Rules = {
  newContactStatus: 'subscribed',
  inactiveParties: 'keep',
  optedOutContacts: 'leave',
  addressChanges: 'update',
  nameIsTheirs: false,
};
const THEIRS: Partial<Rules> = { nameIsTheirs: true };

const OLD = { name: 'Old', email: 'old@x.example' };
const ERP = { name: 'Erp', email: 'erp@x.example' };
const PERSON = { name: 'Person', email: 'person@x.example' };

type Act = (sides: TwoSides, customer: Customer, contact: Contact) => void;

const nameInErp: Act = (_, customer) => void (customer.name = ERP.name);
const nameInMailchimp: Act = ({ audience }, _, contact) =>
  audience.change(contact, { mergeFields: { ...contact.mergeFields, FNAME: PERSON.name } });
const addressInErp: Act = (_, customer) => void (customer.mail = ERP.email);
const addressInMailchimp: Act = ({ audience }, _, contact) =>
  audience.change(contact, { email: PERSON.email });
const becomes =
  (status: Contact['status']): Act =>
  ({ audience }, _, contact) =>
    audience.change(contact, { status });
const deleted: Act = ({ audience }, _, contact) => audience.forget(contact);
const signsUp: Act = ({ audience }) => {
  audience.forgotten.delete(OLD.email);
  audience.add(OLD.email, 'subscribed');
};
const inactive: Act = (_, customer) => void (customer.status = 'inactive');

const CASES: Record<string, [Act[], Partial<Rules>?]> = {
  'name changed in CloudSuite': [[nameInErp]],
  'name changed in CloudSuite, mapped back': [[nameInErp], THEIRS],
  'name changed in Mailchimp': [[nameInMailchimp]],
  'name changed in Mailchimp, mapped back': [[nameInMailchimp], THEIRS],
  'name changed in both': [[nameInErp, nameInMailchimp]],
  'name changed in both, mapped back': [[nameInErp, nameInMailchimp], THEIRS],
  'address changed in CloudSuite': [[addressInErp]],
  'address changed in Mailchimp': [[addressInMailchimp]],
  'address changed in Mailchimp, changes only reported': [[addressInMailchimp], { addressChanges: 'report' }],
  'address changed in both': [[addressInErp, addressInMailchimp]],
  'address changed in CloudSuite, contact unsubscribed': [[becomes('unsubscribed'), addressInErp]],
  'address changed in CloudSuite, another contact has it': [
    [({ audience }) => void audience.add(ERP.email, 'subscribed'), addressInErp],
  ],
  'unsubscribed in Mailchimp': [[becomes('unsubscribed')]],
  'unsubscribed, name changed in CloudSuite': [[becomes('unsubscribed'), nameInErp]],
  'unsubscribed, then subscribed again by the person': [[becomes('unsubscribed'), becomes('subscribed')]],
  'cleaned (bounced)': [[becomes('cleaned')]],
  'archived in Mailchimp': [[becomes('archived')]],
  'archived, address changed in CloudSuite': [[becomes('archived'), addressInErp]],
  'deleted in Mailchimp': [[deleted]],
  'deleted, address changed in CloudSuite': [[deleted, addressInErp]],
  'deleted, then signed up again by the person': [[deleted, signsUp]],
  'inactive in CloudSuite': [[inactive]],
  'inactive in CloudSuite, inactive ones are archived': [[inactive], { inactiveParties: 'archive' }],
  'inactive and unsubscribed, inactive ones are archived': [
    [becomes('unsubscribed'), inactive],
    { inactiveParties: 'archive' },
  ],
  'removed from CloudSuite': [[({ erp }) => void erp.customers.delete('Y1')]],
  'customer number removed in Mailchimp': [
    [
      ({ audience }, _, contact) =>
        audience.change(contact, { mergeFields: { FNAME: OLD.name, CUSTNO: '' } }),
    ],
  ],
};

const table = readFileSync('docs/sync.md', 'utf8').split('## Conflicts')[1]!.split('\n## ')[0]!;
const rows = table
  .split('\n')
  .filter((line) => line.startsWith('| '))
  .slice(2)
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .map(([, name, , ...cells]) => ({ name: name!, cells: cells.slice(0, 4) }));

function both(inErp: string | undefined, inMailchimp: unknown, part: 'name' | 'email'): string {
  if (inErp === undefined || inMailchimp === undefined) return '—';
  if (inErp !== inMailchimp) return 'each its own';
  return { [OLD[part]]: 'unchanged', [ERP[part]]: 'CloudSuite’s', [PERSON[part]]: 'the contact’s' }[inErp]!;
}

function play(acts: Act[], change: Partial<Rules> = {}): string[] {
  const sides = new TwoSides({ ...RULES, ...change });
  sides.erp.add('Y1', OLD.name, OLD.email);
  sides.forth();
  const [first] = [...sides.audience.contacts.values()];
  for (const act of acts) act(sides, sides.erp.customers.get('Y1')!, first!);
  for (let cycle = 0; cycle < 3; cycle++) {
    sides.sweep();
    sides.backTo([{ email: OLD.email, numbers: ['Y1'], deletedMemberId: memberIdOf(OLD.email) }]);
    sides.forth();
  }
  expect(sides.violations).toEqual([]);
  const customer = sides.erp.customers.get('Y1');
  const linked = sides.audience.contacts.get(customer?.reference.contactId ?? first!.contactId);
  const which = !linked ? 'none' : linked === first ? 'the same' : 'another';
  return [
    both(customer?.name, linked?.mergeFields.FNAME, 'name'),
    both(customer?.mail, linked?.email, 'email'),
    customer ? customer.reference.preference : '—',
    linked ? `${which}, ${linked.status}` : which,
  ];
}

test('the published table has a row for each case, and each row is a case', () => {
  expect(rows.map(({ name }) => name)).toEqual(Object.keys(CASES));
});

test.each(rows)('$name', ({ name, cells }) => {
  const [acts, rules] = CASES[name]!;
  expect(play(acts, rules)).toEqual(cells);
});

test.each(rows)('$name: the same in the other order of edits', ({ name, cells }) => {
  const [acts, rules] = CASES[name]!;
  const independent = name.includes('in both');
  expect(play(independent ? [...acts].reverse() : acts, rules)).toEqual(cells);
});
