import * as fc from 'fast-check';
import { toMemberState } from '../../../connectors/mailchimp/members.ts';
import { Audiences } from '../../../sandbox/mailchimp/audiences.mts';
import { memberView } from '../../../sandbox/mailchimp/memberView.mts';
import { STATUSES, type Audience } from '../../../sandbox/mailchimp/model.mts';
import type { World } from '../../../sandbox/mailchimp/world.mts';
import { FIELD_OPS, type SegmentAudience, type SegmentDefinition } from '../../../sync/segment/types.ts';
import type { MemberState } from '../../../sync/types.ts';

/** Generated audiences and tables of segments: few values in many spellings, so that they meet. */

const TEXTS = ['North', 'NORTH', 'no', 'rth', 'Größe', 'GRÖSSE', 'x y', '0', '100'];
const NUMBERS = [0, -5, 5, 99.5, 100, 1000];
const DATES = ['2024-01-30', '2024-02-01', '2025-12-31'];
const CHOICES = ['Retail', 'Wholesale', 'On Hold'];
export const TAGS = ['Overdue', 'VIP', 'north'];

export const FIELDS = [
  { tag: 'GROUP', name: 'Group', type: 'text' as const },
  { tag: 'CREDIT', name: 'Credit', type: 'number' as const },
  { tag: 'SINCE', name: 'Since', type: 'date' as const },
  { tag: 'KIND', name: 'Kind', type: 'dropdown' as const, options: { choices: CHOICES } },
];

const anyContact = fc.record({
  status: fc.constantFrom(...STATUSES),
  tags: fc.subarray(TAGS),
  GROUP: fc.constantFrom('', ...TEXTS),
  CREDIT: fc.constantFrom('', ...NUMBERS),
  SINCE: fc.constantFrom('', ...DATES),
  KIND: fc.constantFrom('', ...CHOICES),
});

/** An audience of the simulator that holds the contacts and every tag. */
export const anyAudience: fc.Arbitrary<Audience> = fc.array(anyContact, { maxLength: 12 }).map((contacts) => {
  const audiences = new Audiences(() => 1_700_000_000_000);
  const audience = audiences.create({ name: 'Customers', mergeFields: FIELDS });
  for (const tag of TAGS) audience.addSegment(tag, 1);
  contacts.forEach(({ status, tags, ...mergeFields }, i) =>
    audiences.addMember(audience.id, { email: `p${i}@person.example`, status, tags, mergeFields }),
  );
  return audience;
});

/** What the connector makes of the contacts when it lists them. */
export const statesOf = (audience: Audience): MemberState[] => {
  const world = { url: () => '' } as World;
  return [...audience.members.values()].map((one) => toMemberState(memberView(world, audience, one))!);
};

export const audienceOf = (audience: Audience): SegmentAudience => ({
  id: audience.id,
  mergeFields: audience.mergeFields.map(({ tag, name, type, required, options }) => ({
    ...{ tag, name, type, required },
    choices: options.choices ?? [],
  })),
  segments: [],
  tags: audience.tags().map(({ id, name }) => ({ id, name })),
});

const VALUES = [...TEXTS, ...NUMBERS, ...DATES, ...CHOICES, 'retail', '20240130', '100.0', '', 'é'];

const anyCondition = fc.oneof(
  fc.record({
    kind: fc.constant('mergeField' as const),
    tag: fc.constantFrom('GROUP', 'credit', 'SINCE', 'KIND', 'PHONE', 'NOPE'),
    op: fc.constantFrom(...FIELD_OPS),
    value: fc.constantFrom<unknown>(...VALUES),
  }),
  fc.record({
    kind: fc.constant('tag' as const),
    name: fc.constantFrom(...TAGS, 'vip', 'Missing', 'missing', 'Other'),
    op: fc.constantFrom('has' as const, 'hasNot' as const),
  }),
);

export const anyDefinition: fc.Arbitrary<SegmentDefinition> = fc.record({
  name: fc.constantFrom('A', 'B', 'C', 'D', 'Retail'),
  match: fc.constantFrom('any' as const, 'all' as const),
  conditions: fc.array(anyCondition, { maxLength: 4 }),
});
