import * as fc from 'fast-check';
import { blastVerdict } from '../../../sync/guard.ts';
import { MAX_ATTEMPTS, runRow, summary } from '../../../sync/ledger.ts';
import { notAParty, settle, type RunContext } from '../../../sync/outcome.ts';
import { readParty } from '../../../sync/party.ts';
import { planContacts } from '../../../sync/plan.ts';
import { REASONS, reasonClass, type Reason } from '../../../sync/reasons.ts';
import type { ContactInput, Effect, EffectResult, MemberState } from '../../../sync/types.ts';
import { anyInputs, anyMembers, anySettings, input, member, party, settings } from './world.mts';

const context = (mode: RunContext['mode'] = 'apply'): RunContext => ({
  mode,
  flow: '01',
  executionId: '77',
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

describe('the ledger row of an effect', () => {
  test('says applied, and replaces itself when the same effect is made again', () => {
    const [first, second] = [settled(input(), { applied: true }), settled(input(), { applied: true })];
    expect(first.ledger).toMatchObject([
      { status: 'applied', kind: 'create', recordNumber: 'Y30000', attempts: 1 },
    ]);
    expect(second.ledger[0]!.effectKey).toBe(first.ledger[0]!.effectKey);
  });

  test('counts attempts at the same effect, and is quarantined at the fifth', () => {
    const trouble: EffectResult = { applied: false, reason: 'mailchimp-unavailable', subject: '' };
    let row = settled(input(), trouble).ledger[0]!;
    const seen = [row.status];
    while (row.status === 'failed') {
      row = settled(input({}, { attempts: row.attempts, retryOf: row.effectKey }), trouble).ledger[0]!;
      seen.push(row.status);
    }
    expect(seen).toEqual(['failed', 'failed', 'failed', 'failed', 'quarantined']);
    expect(row.attempts).toBe(MAX_ATTEMPTS);
  });

  test('starts again at one when the record has changed, and closes the row of the earlier content', () => {
    const old = settled(input(), undefined).ledger[0]!;
    const changed = input({}, { mapped: { FNAME: 'New' }, attempts: old.attempts, retryOf: old.effectKey });
    expect(settled(changed, { applied: true }).ledger).toMatchObject([
      { status: 'applied', attempts: 1 },
      { status: 'superseded', effectKey: old.effectKey },
    ]);
  });

  test('is closed when a retried record needs nothing any more', () => {
    const retried = input({}, { attempts: 2, retryOf: 'create:aud:Y30000:0000000000000000' });
    const known = member('info@nordicbikes.example', {
      mergeFields: { FNAME: 'Nordic Bikes AB', CUSTNO: 'Y30000' },
    });
    expect(settled(retried, undefined, [known]).ledger).toMatchObject([
      { status: 'superseded', attempts: 2 },
    ]);
  });
});

test('a record that failed at two effects is retried for both, and neither row forgets its attempts', () => {
  const known = member('info@nordicbikes.example', { mergeFields: { FNAME: 'Old', CUSTNO: 'Y30000' } });
  const failing = { mapped: { FNAME: 'New' }, tagsToAdd: ['Customer'] };
  const run = (inputs: ContactInput[]) => {
    const plan = planContacts(inputs, new Map([known]), settings());
    const trouble: EffectResult = { applied: false, reason: 'mailchimp-unavailable', subject: '' };
    const results = new Map(plan.effects.map((effect) => [effect.key, trouble]));
    return settle(plan, results, context()).flatMap(({ ledger }) => ledger);
  };
  let rows = run([input({}, failing)]);
  for (let attempts = 1; attempts <= MAX_ATTEMPTS; attempts++) {
    expect(rows.map((row) => [row.kind, row.attempts])).toEqual([
      ['update', attempts],
      ['tag', attempts],
    ]);
    rows = run(rows.map((row) => input({}, { ...failing, attempts: row.attempts, retryOf: row.effectKey })));
  }
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
