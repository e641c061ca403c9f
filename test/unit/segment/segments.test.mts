import * as fc from 'fast-check';
import { conditionsView, readRule } from '../../../sandbox/mailchimp/segmentConditions.mts';
import { membersOf } from '../../../sandbox/mailchimp/segmentMatch.mts';
import { checkRule } from '../../../sync/segment/check.ts';
import { planSegments } from '../../../sync/segment/plan.ts';
import { previewCount } from '../../../sync/segment/preview.ts';
import { apiRule, asksTheSame } from '../../../sync/segment/shape.ts';
import type {
  SegmentAudience,
  SegmentDefinition,
  SegmentPlan,
  SegmentSettings,
} from '../../../sync/segment/types.ts';
import { anyAudience, anyDefinition, audienceOf, statesOf } from './world.mts';

const RUNS = { numRuns: 2000 };
const SETTINGS: SegmentSettings = { existingSegments: 'update', createMissingTags: true };

const anyTable = fc.array(anyDefinition, { minLength: 1, maxLength: 6 });
const anySettings: fc.Arbitrary<SegmentSettings> = fc.record({
  existingSegments: fc.constantFrom('update' as const, 'leave' as const),
  createMissingTags: fc.boolean(),
});

/** The audience after the plan's effects, as Mailchimp would tell about it; `rewritten` is the settings' word. */
function after(audience: SegmentAudience, { effects }: SegmentPlan, rewritten: boolean): SegmentAudience {
  let id = Math.max(1_000_000, ...audience.tags.concat(audience.segments).map((one) => one.id));
  const made = effects.filter(({ action }) => action === 'createTag').map(({ name }) => ({ id: ++id, name }));
  const tags = [...audience.tags, ...made];
  const idOf = (name: string) =>
    made.find((tag) => tag.name.toLowerCase() === name.toLowerCase())?.id as number;
  const written = effects.flatMap(({ name, segmentId, rule }) => {
    if (!rule) return [];
    const { match, conditions } = apiRule(rule, idOf);
    const shown = conditionsView({ match, conditions }, rewritten ? 'rewritten' : 'kept');
    return { id: segmentId ?? ++id, name, memberCount: 0, createdAt: '', match, conditions: shown };
  });
  const kept = audience.segments.filter((one) => !written.some(({ id: other }) => other === one.id));
  return { ...audience, tags, segments: [...kept, ...written] };
}

const shuffled = (table: SegmentDefinition[], seed: number): SegmentDefinition[] => {
  const turn = <T,>(list: T[]): T[] => [
    ...list.slice(seed % (list.length || 1)),
    ...list.slice(0, seed % (list.length || 1)),
  ];
  return turn(table)
    .reverse()
    .map((one) => ({ ...one, conditions: turn(one.conditions).reverse() }));
};

const keysOf = ({ effects }: SegmentPlan): string[] => effects.map(({ key }) => key).sort();

test('the preview is what Mailchimp counts, and what we send is what Mailchimp takes', () => {
  let counted = 0;
  fc.assert(
    fc.property(anyAudience, anyDefinition, (audience, definition) => {
      const checked = checkRule(definition.name, definition, audienceOf(audience), false);
      if ('note' in checked) return;
      const rule = readRule(audience, apiRule(checked.rule));
      const segment = audience.addSegment('Saved', 1, rule);
      const expected = membersOf(audience, segment).filter(({ status }) => status === 'subscribed').length;
      expect(previewCount(checked.rule, statesOf(audience))).toBe(expected);
      counted += expected > 0 ? 1 : 0;
    }),
    { numRuns: 10_000 },
  );
  // The generators meet often enough to prove something.
  expect(counted).toBeGreaterThan(200);
});

test('ensuring twice writes once, also where Mailchimp rewrites the conditions', () => {
  fc.assert(
    fc.property(anyAudience, anyTable, fc.boolean(), (audience, table, rewritten) => {
      const before = audienceOf(audience);
      const plan = planSegments(table, before, SETTINGS);
      expect(planSegments(table, after(before, plan, rewritten), SETTINGS).effects).toEqual([]);
    }),
    RUNS,
  );
});

test('neither the order of the segments nor that of their conditions matters', () => {
  fc.assert(
    fc.property(
      fc.tuple(anyAudience, anyTable, anyTable, anySettings, fc.nat(20)),
      ([audience, earlier, table, settings, seed]) => {
        const empty = audienceOf(audience);
        const before = after(empty, planSegments(earlier, empty, SETTINGS), false);
        const plan = planSegments(table, before, settings);
        const other = planSegments(shuffled(table, seed), before, settings);
        expect(keysOf(other)).toEqual(keysOf(plan));
        expect(planSegments(shuffled(table, seed), after(before, plan, true), settings).effects).toEqual([]);
      },
    ),
    RUNS,
  );
});

test('each row comes out once: with an effect or with a note, and no effect comes twice', () => {
  fc.assert(
    fc.property(anyAudience, anyTable, anySettings, (audience, table, settings) => {
      const { records, effects } = planSegments(table, audienceOf(audience), settings);
      expect(records.map(({ itemIndex }) => itemIndex)).toEqual(table.map((_, i) => i));
      for (const { effects: own, notes } of records) expect(own.length > 0).toBe(notes.length === 0);
      expect(new Set(effects.map(({ key }) => key)).size).toBe(effects.length);
      const tags = effects
        .filter(({ action }) => action === 'createTag')
        .map(({ name }) => name.toLowerCase());
      expect(new Set(tags).size).toBe(tags.length);
      if (!settings.createMissingTags) expect(tags).toEqual([]);
    }),
    RUNS,
  );
});

test('a row that cannot be used changes nothing for the others', () => {
  const broken: SegmentDefinition = { name: 'Broken', match: 'all', conditions: [] };
  fc.assert(
    fc.property(anyAudience, anyTable, fc.nat(6), (audience, table, at) => {
      const with1 = [...table.slice(0, at), broken, ...table.slice(at)];
      const seen = audienceOf(audience);
      expect(keysOf(planSegments(with1, seen, SETTINGS))).toEqual(
        keysOf(planSegments(table, seen, SETTINGS)),
      );
    }),
    RUNS,
  );
});

describe('what counts as the same', () => {
  const text = { condition_type: 'TextMerge' as const, field: 'GROUP', op: 'is', value: 'North' };
  const blank = { condition_type: 'TextMerge' as const, field: 'GROUP', op: 'blank' };
  const rule = { match: 'all' as const, conditions: [text, blank] };
  test.each<[string, boolean, object]>([
    ['another order', true, { conditions: [...rule.conditions].reverse() }],
    ['one of them twice', true, { conditions: [text, ...rule.conditions] }],
    ['an empty value for none', true, { conditions: [text, { ...blank, value: '' }] }],
    ['any instead of all', false, { match: 'any' }],
    ['one more', false, { conditions: [...rule.conditions, { ...text, op: 'not' }] }],
    ['one fewer', false, { conditions: [text] }],
    ['another spelling', false, { conditions: [{ ...text, value: 'north' }, blank] }],
    ['a type we do not write', false, { conditions: [text, { condition_type: 'VIP', field: 'gmonkey' }] }],
    ['none at all', false, { conditions: [] }],
  ])('%s: %s', (_, same, change) => {
    expect(asksTheSame(rule, { match: 'all', conditions: [...rule.conditions], ...change })).toBe(same);
  });

  test('with one condition, any and all ask the same', () => {
    expect(asksTheSame({ match: 'any', conditions: [text] }, { match: 'all', conditions: [text] })).toBe(
      true,
    );
  });
});

test('a tag that differs only in case is that tag, unless one is written exactly so', () => {
  const condition = (name: string): SegmentDefinition => ({
    ...{ name: 'S', match: 'all' },
    conditions: [{ kind: 'tag', name, op: 'has' }],
  });
  const audience: SegmentAudience = {
    ...{ id: 'a', mergeFields: [], segments: [] },
    tags: [
      { id: 1, name: 'Retail' },
      { id: 2, name: 'retail' },
    ],
  };
  const idFor = (name: string): unknown => {
    const { effects } = planSegments([condition(name)], audience, SETTINGS);
    return apiRule(effects.at(-1)!.rule!).conditions[0]!.value;
  };
  expect([idFor('retail'), idFor('Retail'), idFor('RETAIL')]).toEqual([2, 1, 1]);
});
