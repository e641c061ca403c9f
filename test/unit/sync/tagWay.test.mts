import * as fc from 'fast-check';
import { chooseTagWay } from '../../../sync/budget.ts';
import { MEMBERS_PER_SEGMENT_CALL, tagBlocks } from '../../../sync/tagBlocks.ts';
import type { Effect, TagEffect } from '../../../sync/types.ts';

/** The way of tags: by contact, or tag by tag in blocks. */

const common = (i: number) => ({
  ...{ key: `${i}`, memberId: `m${i}`, recordNumber: `Y${i}`, fingerprint: '', why: '' },
});
const tag = (i: number, add: string[], remove: string[] = []): TagEffect => ({
  ...{ ...common(i), kind: 'tag', email: `y${i}@customer.example`, add, remove },
});
const update = (i: number): Effect => ({ ...common(i), kind: 'update', mergeFields: { FNAME: 'After' } });
const create = (i: number): Effect => ({
  ...{ ...common(i), kind: 'create', email: `y${i}@customer.example`, status: 'subscribed' },
  ...{ mergeFields: {}, tags: [] },
});
const times = <T,>(count: number, make: (i: number) => T): T[] =>
  Array.from({ length: count }, (_, i) => make(i));

test.each<[string, Effect[], string]>([
  ['nothing at all', [], 'contacts'],
  ['no tags', times(500, update), 'contacts'],
  ['two contacts, one tag', times(2, (i) => tag(i, ['VIP'])), 'contacts'],
  ['three contacts, one tag', times(3, (i) => tag(i, ['VIP'])), 'segments'],
  ['ten contacts, each its own tag', times(10, (i) => tag(i, [`T${i}`])), 'contacts'],
  ['10,000 contacts, 20 tags', times(10_000, (i) => tag(i, [`T${i % 20}`])), 'segments'],
  ['8,000 contacts, 20 tags', times(8000, (i) => tag(i, [`T${i % 20}`])), 'segments'],
  ['1,000 contacts, each its own tag', times(1000, (i) => tag(i, [`T${i}`])), 'contacts'],
  [
    '1,000 contacts, fields and one tag',
    times(1000, (i) => i).flatMap((i) => [update(i), tag(i, ['VIP'])]),
    'segments',
  ],
  [
    '500 contacts, fields and one tag',
    times(500, (i) => i).flatMap((i) => [update(i), tag(i, ['VIP'])]),
    'contacts',
  ],
  ['addresses unknown', times(100, (i) => ({ ...tag(i, ['VIP']), email: '' })), 'contacts'],
])('%s', (_case, effects, way) => {
  expect(chooseTagWay(effects)).toBe(way);
});

test('tags that must be made first count before the choice is final', () => {
  const effects = times(20, (i) => tag(i, [`T${i % 3}`]));
  expect(chooseTagWay(effects)).toBe('segments');
  expect(chooseTagWay(effects, { pages: 0, newTags: 3 })).toBe('contacts');
});

const anyTags = fc.subarray(['A', 'a', 'B', 'C', 'D']);
const anyEffects = fc
  .array(
    fc.record({
      add: anyTags,
      remove: anyTags,
      isKnown: fc.boolean(),
      extra: fc.constantFrom('', 'update', 'create'),
    }),
    { maxLength: 60 },
  )
  .map((rows) =>
    rows.flatMap(({ add, remove, isKnown, extra }, i): Effect[] => {
      if (extra === 'create') return [create(i)];
      const one = { ...tag(i, add, remove), ...(isKnown ? {} : { email: '' }) };
      return extra === 'update' ? [update(i), one] : [one];
    }),
  );

test('the blocks hold every change of every addressed effect once, and nothing else', () => {
  fc.assert(
    fc.property(anyEffects, fc.constantFrom(1, 40, 400), (some, copies) => {
      const tags = times(copies, () => some)
        .flat()
        .filter((effect) => effect.kind === 'tag')
        .map((effect, i) => ({ ...effect, key: `${i}` }));
      const blocks = tagBlocks(tags);
      const seen = blocks.flatMap(({ name, add, remove }) => [
        ...add.map(({ key }) => `${key}+${name.toLowerCase()}`),
        ...remove.map(({ key }) => `${key}-${name.toLowerCase()}`),
      ]);
      const wanted = tags
        .filter(({ email }) => email !== '')
        .flatMap(({ key, add, remove }) => [
          ...add.map((name) => `${key}+${name.toLowerCase()}`),
          ...remove.map((name) => `${key}-${name.toLowerCase()}`),
        ]);
      expect(seen.sort()).toEqual(wanted.sort());
      for (const { add, remove } of blocks) {
        expect(Math.max(add.length, remove.length)).toBeLessThanOrEqual(MEMBERS_PER_SEGMENT_CALL);
        expect(add.length + remove.length).toBeGreaterThan(0);
      }
    }),
  );
});

test('by segments, 1,000 changed contacts never take more than 4 write requests, or than they take by contact', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 1000 }),
      fc.integer({ min: 0, max: 1000 }),
      fc.integer({ min: 1, max: 6 }),
      fc.nat(6),
      (created, changed, tags, newTags) => {
        const known = times(Math.min(changed, 1000 - created), (i) => i + created);
        const effects = [
          ...times(created, create),
          ...known.flatMap((i) => [update(i), tag(i, [`T${i % tags}`])]),
        ];
        if (chooseTagWay(effects, { pages: 0, newTags }) === 'contacts') return;
        const others = created + known.length;
        const rest = others <= 10 ? others : Math.ceil(created / 500) + Math.ceil(known.length / 1000);
        const writes = rest + newTags + tagBlocks(effects.filter((one) => one.kind === 'tag')).length;
        expect(writes).toBeLessThanOrEqual(Math.max(4, effects.length <= 10 ? effects.length : 0));
      },
    ),
    { numRuns: 2000, examples: [[0, 2, 1, 0]] },
  );
});
