import fc from 'fast-check';
import { NO_REFERENCE } from '../../../sync/crossReference.ts';
import { earlierRows, holdBack } from '../../../sync/holdBack.ts';
import { MAX_ATTEMPTS } from '../../../sync/ledger.ts';
import { settle } from '../../../sync/outcome.ts';
import { planContacts } from '../../../sync/plan.ts';
import type { LedgerRow, RunContext } from '../../../sync/types.ts';
import { input, member, settings } from './world.mts';

const context = (earlier: RunContext['earlier']): RunContext => ({
  ...{ mode: 'apply', flow: 'f', executionId: '1', workflowId: 'w', link: '', audienceId: 'aud0000001' },
  earlier,
});

/** As of a contact that exists: only that its effects are held keeps it from being stored. */
const WANTED = { audienceId: 'aud0000001', contactId: 'c1', addressHash: 'aa', preference: 'subscribed' };

const TROUBLE = { applied: false, reason: 'mailchimp-unavailable', subject: '' } as const;

/** A run that meets the record without knowing that it is a retry, and whose every write fails. */
function run(ledger: Map<string, LedgerRow>, company = 'Nordic Bikes', retryOf = ''): number {
  const open = [...ledger.values()].filter(({ status }) => status === 'failed' || status === 'quarantined');
  const earlier = earlierRows(open);
  const one = input({}, { mapped: { FNAME: company }, tagsToAdd: ['Customer'], retryOf, attempts: 0 });
  const plan = holdBack(planContacts([one], new Map(), settings()), earlier);
  const results = new Map(plan.effects.map(({ key }) => [key, TROUBLE]));
  for (const { ledger: rows } of settle(plan, results, context(earlier)))
    for (const row of rows) ledger.set(row.effectKey, row);
  return plan.effects.length;
}

describe('an effect that fails at every run', () => {
  test('is tried five times in its life, however often its record is read again', () => {
    const ledger = new Map<string, LedgerRow>();
    const tries = Array.from({ length: 12 }, () => run(ledger)).filter((effects) => effects > 0);
    expect(tries).toHaveLength(MAX_ATTEMPTS);
    expect([...ledger.values()]).toMatchObject([{ status: 'quarantined', attempts: MAX_ATTEMPTS }]);
  });

  test('is tried again once its record has changed', () => {
    const ledger = new Map<string, LedgerRow>();
    for (let i = 0; i < 7; i += 1) run(ledger);
    expect(run(ledger, 'Nordic Bikes AB')).toBeGreaterThan(0);
  });

  test('is tried again when a person asks for it', () => {
    const ledger = new Map<string, LedgerRow>();
    for (let i = 0; i < 7; i += 1) run(ledger);
    const [key] = ledger.keys();
    expect(run(ledger, 'Nordic Bikes', key)).toBeGreaterThan(0);
    expect(ledger.get(key!)).toMatchObject({ status: 'failed', attempts: 1 });
  });
});

test('a held tag does not keep the change of an address from its contact', () => {
  const known = member('info@nordicbikes.example', { mergeFields: { CUSTNO: 'Y30000', FNAME: 'Old' } });
  const one = input({}, { mapped: { FNAME: 'New' }, tagsToAdd: ['Customer'] });
  const plan = planContacts([one], new Map([known]), settings());
  const tag = plan.effects.find(({ kind }) => kind === 'tag')!;
  const held = holdBack(plan, earlierRows([{ effectKey: tag.key, attempts: MAX_ATTEMPTS }]));
  expect(held.effects.map(({ kind }) => kind)).toEqual(['update']);
  expect(held.records[0]!.notes).toMatchObject([{ reason: 'tried-too-often' }]);
});

describe('an earlier trouble of a record that is as it should be now', () => {
  const known = member('info@nordicbikes.example', {
    mergeFields: { FNAME: 'Nordic Bikes', CUSTNO: 'Y30000' },
  });
  const row = { effectKey: 'update:aud:Y30000:old', attempts: 2, kind: 'update', recordNumber: 'Y30000' };
  const settled = (open: object[], number = 'Y30000') => {
    const one = input({ number }, { mapped: { FNAME: 'Nordic Bikes' } });
    const plan = planContacts([one], new Map([known]), settings());
    const results = new Map(plan.effects.map(({ key }) => [key, { applied: true } as const]));
    return settle(plan, results, context(earlierRows(open))).flatMap(({ ledger }) => ledger);
  };

  test('is closed', () => {
    expect(settled([row])).toMatchObject([
      { effectKey: row.effectKey, status: 'superseded', attempts: 2, recordNumber: 'Y30000' },
    ]);
  });

  test('is not closed by another record, nor by who does not write it', () => {
    const keys = (open: object[], number?: string) => settled(open, number).map(({ effectKey }) => effectKey);
    expect(keys([row], 'Y39999')).not.toContain(row.effectKey);
    expect(keys([{ ...row, kind: 'crossReference' }])).not.toContain(row.effectKey);
  });
});

test('what is held back stays open in the ledger', () => {
  const ledger = new Map<string, LedgerRow>();
  for (let i = 0; i < 9; i += 1) run(ledger);
  expect([...ledger.values()].map(({ status }) => status)).toEqual(['quarantined']);
});

test('rows of a ledger are read whatever else stands in the list', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(earlierRows(value)).toBeInstanceOf(Map);
    }),
  );
  expect(earlierRows([{ effectKey: 'a', attempts: 5 }, null, { effectKey: 1, attempts: 5 }, {}]).size).toBe(
    1,
  );
});

test('the row of a run is no earlier trouble, also where it names its only record', () => {
  const row = { effectKey: 'run:orders:7', kind: 'run', status: 'started', attempts: 0, source: 'order s/1' };
  expect(earlierRows([row]).size).toBe(0);
});

test('an earlier trouble stays open while nobody knows how its record is', () => {
  const row = {
    effectKey: 'updateCustomer:aud:Y1:old',
    attempts: 2,
    kind: 'updateCustomer',
    recordNumber: 'Y1',
  };
  const notes = [{ reason: 'infor-unavailable' as const, subject: '', memberId: '' }];
  const record = { itemIndex: 0, number: 'Y1', attempts: 0, retryOf: '', memberIds: [], effects: [], notes };
  const [outcome] = settle({ records: [record], effects: [] }, new Map(), context(earlierRows([row])));
  expect(outcome!.ledger.map(({ effectKey }) => effectKey)).not.toContain(row.effectKey);
});

test('no cross-reference is stored for a contact whose creation is held back', () => {
  const one = input({}, { mapped: { FNAME: 'Nordic Bikes' } });
  const plan = planContacts([one], new Map(), settings());
  const contact = { memberId: plan.effects[0]!.memberId, stored: NO_REFERENCE, wanted: WANTED };
  const linked = { ...plan, records: plan.records.map((record) => ({ ...record, contact })) };
  const spent = earlierRows([{ effectKey: plan.effects[0]!.key, attempts: MAX_ATTEMPTS }]);
  const [outcome] = settle(holdBack(linked, spent), new Map(), context(spent));
  expect(outcome).toMatchObject({ outcome: 'attention', reason: 'tried-too-often', crossReference: null });
  expect(outcome!.ledger).toEqual([]);
});
