import { MAX_ATTEMPTS } from '../../../sync/ledger.ts';
import { settle } from '../../../sync/outcome.ts';
import { planContacts } from '../../../sync/plan.ts';
import type { ContactInput, EffectResult, MemberState, RunContext } from '../../../sync/types.ts';
import { input, member, settings } from './world.mts';

const context = (mode: RunContext['mode'] = 'apply'): RunContext => ({
  mode,
  flow: '01',
  executionId: '77',
  workflowId: 'w1',
  link: 'https://n8n.example/workflow/w1/executions/77',
  audienceId: 'aud0000001',
});

const settled = (
  one: ContactInput,
  result: EffectResult | undefined,
  members: Array<[string, MemberState]> = [],
) => {
  const plan = planContacts([one], new Map(members), settings());
  const results = new Map(result ? plan.effects.map((effect) => [effect.key, result]) : []);
  return settle(plan, results, context())[0]!;
};

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

test('two flows that leave out the same record have a row each, and each keeps its own from run to run', () => {
  const noteOf = (flow: string): string => {
    const plan = planContacts([input({ emails: ['not an address'] })], new Map(), settings());
    const [outcome] = settle(plan, new Map(), { ...context(), flow });
    return outcome!.ledger.find(({ kind }) => kind === 'note')!.effectKey;
  };
  expect(noteOf('01')).toBe(noteOf('01'));
  expect(noteOf('08')).not.toBe(noteOf('01'));
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
