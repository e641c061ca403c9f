import * as fc from 'fast-check';
import { blastVerdict } from '../../../sync/guard.ts';
import { runRow, summary } from '../../../sync/ledger.ts';
import { notAParty, settle } from '../../../sync/outcome.ts';
import { readParty } from '../../../sync/party.ts';
import { planContacts } from '../../../sync/plan.ts';
import { REASONS, reasonClass, type Reason } from '../../../sync/reasons.ts';
import type { ContactInput, Effect, EffectResult, MemberState, RunContext } from '../../../sync/types.ts';
import { anyInputs, anyMembers, anySettings, input, member, party, settings } from './world.mts';

const context = (mode: RunContext['mode'] = 'apply'): RunContext => ({
  mode,
  flow: '01',
  executionId: '77',
  workflowId: 'w1',
  link: '',
  audienceId: 'aud0000001',
});

const allApplied = (effects: Effect[]): Map<string, EffectResult> =>
  new Map(effects.map((effect) => [effect.key, { applied: true }]));

const anyResult: fc.Arbitrary<EffectResult> = fc.oneof(
  fc.constant({ applied: true } as const),
  fc
    .constantFrom(...(Object.keys(REASONS) as Reason[]))
    .map((reason) => ({ applied: false, reason, subject: '' }) as const),
);

const settled = (
  one: ContactInput,
  result: EffectResult | undefined,
  members: Array<[string, MemberState]> = [],
) => {
  const plan = planContacts([one], new Map(members), settings());
  const results = new Map(result ? plan.effects.map((effect) => [effect.key, result]) : []);
  return settle(plan, results, context())[0]!;
};

test('every input comes out exactly once, whatever became of its effects', () => {
  fc.assert(
    fc.property(
      anyInputs,
      anyMembers,
      anySettings,
      fc.infiniteStream(anyResult),
      (inputs, members, change, stream) => {
        const plan = planContacts(inputs, members, change);
        const results = new Map(
          plan.effects.map((effect) => [effect.key, stream.next().value as EffectResult]),
        );
        const outcomes = settle(plan, results, context());
        expect(outcomes.map((outcome) => outcome.itemIndex)).toEqual(inputs.map((one) => one.itemIndex));
        for (const { outcome, reason } of outcomes) {
          expect(outcome === 'attention').toBe(reason !== '' && reasonClass(reason as Reason) !== 'skipped');
        }
      },
    ),
  );
});

test('no address and no name ever reaches the ledger', () => {
  fc.assert(
    fc.property(anyInputs, anyMembers, anySettings, (inputs, members, change) => {
      const plan = planContacts(inputs, members, change);
      const outcomes = settle(plan, allApplied(plan.effects), context());
      const text = JSON.stringify([
        ...outcomes.flatMap((outcome) => outcome.ledger),
        runRow(outcomes, context()),
      ]);
      expect(text).not.toContain('@');
      expect(text).not.toContain('Nordic');
      expect(text).not.toContain('Åsa');
    }),
  );
});

test('a dry run shows the effects of the apply and writes no ledger row', () => {
  fc.assert(
    fc.property(anyInputs, anyMembers, anySettings, (inputs, members, change) => {
      const plan = planContacts(inputs, members, change);
      const dry = settle(plan, new Map(), context('plan'));
      const wet = settle(plan, allApplied(plan.effects), context());
      expect(dry.map(({ ledger: _rows, ...rest }) => rest)).toEqual(
        wet.map(({ ledger: _rows, ...rest }) => rest),
      );
      expect(dry.flatMap((outcome) => outcome.ledger)).toEqual([]);
    }),
  );
});

test('an unchanged contact leaves no row, a skipped or refused one leaves one', () => {
  const known = member('info@nordicbikes.example', {
    mergeFields: { FNAME: 'Nordic Bikes AB', CUSTNO: 'Y30000' },
  });
  expect(settled(input(), undefined, [known])).toMatchObject({
    outcome: 'skipped',
    reason: 'unchanged',
    ledger: [],
  });
  expect(settled(input({ emails: [] }), undefined).ledger).toMatchObject([
    { status: 'skipped', reason: 'no-email' },
  ]);
  expect(settled(input({ emails: ['x'] }), undefined).ledger).toMatchObject([{ status: 'quarantined' }]);
  expect(notAParty(3, context())).toMatchObject({
    outcome: 'attention',
    reason: 'not-a-party',
    itemIndex: 3,
  });
});

test('the summary counts each record once by what was done or why not', () => {
  const outcomes = [settled(input(), { applied: true }), settled(input({ emails: [] }), undefined)];
  expect(summary(outcomes)).toBe('read 2, create 1, no-email 1');
});

describe('the guard', () => {
  const archives = (count: number): Effect[] =>
    Array.from({ length: count }, (_, i) => ({
      kind: 'archive',
      key: `${i}`,
      memberId: '',
      recordNumber: '',
      fingerprint: '',
      why: '',
    }));
  const limits = { maxContacts: 50, maxShare: 0.02 };

  test.each([
    [50, 0, true],
    [51, 0, false],
    [51, 2549, false],
    [51, 2550, true],
    [200, 10_000, true],
    [201, 10_000, false],
  ])('%d archives in an audience of %d are allowed: %s', (count, size, allowed) => {
    expect(blastVerdict(archives(count), size, limits).allowed).toBe(allowed);
  });
});

describe('an input item', () => {
  test('is a party with its number alone, and anything odd becomes empty, not an exception', () => {
    expect(readParty({ number: 30000 })).toMatchObject({ number: '30000', emails: [], status: 'active' });
    fc.assert(fc.property(fc.dictionary(fc.string(), fc.anything()), (json) => void readParty(json)));
  });

  test.each([
    [{}],
    [{ number: '' }],
    [{ number: 'Y1', emails: 'a@b.example' }],
    [{ number: 'Y1', status: 'odd' }],
  ])('like %j is no party', (json) => {
    expect(readParty(json)).toBeUndefined();
  });

  test('survives being read twice', () => {
    const once = readParty({ ...party() });
    expect(readParty({ ...once })).toEqual(once);
  });
});
