import * as fc from 'fast-check';
import type { Rule } from '../../../sync/standing/rules.ts';
import { ALL_FACTS, customer, known, standingOf, statusOf, when } from './scene.mts';

describe('for every table', () => {
  const anyAmount = fc.option(fc.integer({ min: -2, max: 3 }), { nil: null });
  const anyParty = fc
    .record({
      ...{ overdueAmount: anyAmount, overdueDays: anyAmount, openAmount: anyAmount },
      unread: fc.subarray(['overdueAmount', 'overdueDays', 'openAmount']),
    })
    .map((amounts) => {
      const nothing = Object.fromEntries(amounts.unread.map((name) => [name, null]));
      return customer({ ...amounts, ...nothing });
    });
  const anyCondition = fc.record({
    fact: fc.constantFrom('overdueAmount' as const, 'overdueDays' as const, 'openAmount' as const),
    field: fc.constant(''),
    operator: fc.constantFrom('above' as const, 'is' as const, 'isSet' as const, 'below' as const),
    value: fc.integer({ min: -2, max: 3 }).map(String),
  });
  const anyRule = fc.record({
    status: fc.constantFrom('A', 'B', 'C', 'D'),
    conditions: fc.array(anyCondition, { minLength: 1, maxLength: 3 }),
  });
  const anyTold = fc.subarray(ALL_FACTS).map((names) => known({ told: new Set(names) }));

  type Answer = boolean | 'missing' | 'untold';
  /** The same in other words. */
  function simple(party: ReturnType<typeof customer>, rules: Rule[], told: ReadonlySet<string>): string {
    let dead = false;
    for (const { status, conditions } of rules) {
      const answers = conditions.map(({ fact, operator, value }): Answer => {
        const found = party.financials![fact as 'openAmount'];
        if (!told.has(fact)) return 'untold';
        if (party.financials!.unread!.includes(fact)) return 'missing';
        if (operator === 'isSet') return found !== null;
        if (found === null) return 'missing';
        const [a, b] = [found, Number(value)];
        return operator === 'above' ? a > b : operator === 'below' ? a < b : a === b;
      });
      if (answers.includes(false)) continue;
      if (answers.includes('untold')) dead = true;
      else if (answers.includes('missing')) return 'unknown';
      else return status;
    }
    return dead ? 'unknown' : 'none';
  }

  test('the first rule that holds wins; a missing fact settles for unknown before any later rule', () => {
    fc.assert(
      fc.property(anyParty, fc.array(anyRule, { maxLength: 6 }), anyTold, (party, rules, context) =>
        expect(standingOf(party, rules, context).status).toBe(simple(party, rules, context.told)),
      ),
      { numRuns: 5000 },
    );
  });

  test('rules that do not hold, and the order of conditions, change nothing', () => {
    fc.assert(
      fc.property(
        anyParty,
        fc.array(anyRule, { minLength: 1, maxLength: 6 }),
        anyTold,
        (party, rules, context) => {
          const { status, rule } = standingOf(party, rules, context);
          const turned = rules.map((one) => ({ ...one, conditions: [...one.conditions].reverse() }));
          expect(standingOf(party, turned, context)).toMatchObject({ status, rule });
          if (rule === 0) return;
          const alone = [rules[rule - 1]!];
          expect(standingOf(party, alone, context)).toMatchObject({ status, rule: 1 });
          const others = rules.slice(0, rule - 1).reverse();
          expect(standingOf(party, [...others, ...alone], context)).toMatchObject({ status, rule });
        },
      ),
      { numRuns: 3000 },
    );
  });

  test('ten thousand rules are asked in order', () => {
    const rules = Array.from({ length: 10_000 }, (_, i) => ({
      ...{ status: `S${i}`, conditions: [when('overdueDays', 'is', String(i))] },
    }));
    expect(statusOf(rules, customer({ overdueDays: 9999 }))).toBe('S9999');
  });
});
