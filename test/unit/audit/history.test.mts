import fc from 'fast-check';
import { history } from '../../../sync/audit/history.ts';
import { auditRows } from '../../../sync/audit/rows.ts';
import { memberIdOf } from '../../../sync/email.ts';
import { anyRows, auditOf, BEGIN, rowOf } from './scene.mts';

const automatic = 'automatic' as const;
const at = (minute: number): string => new Date(BEGIN + minute * 60_000).toISOString();
const A = 'a'.repeat(32);

test('every row of the record appears exactly once, in the order of time, and none of another record', () => {
  fc.assert(
    fc.property(anyRows, (rows) => {
      const { entries } = history(rows, { lookFor: 'Y1', kind: 'record' });
      const keys = entries.map(({ effectKey }) => effectKey);
      const own = rows.filter(({ recordNumber }) => recordNumber === 'Y1');
      const contacts = new Set(own.map(({ memberId }) => memberId));
      const ofContacts = rows.filter(
        ({ recordNumber, memberId }) => recordNumber === '' && memberId !== '' && contacts.has(memberId),
      );
      expect([...keys].sort()).toEqual([...own, ...ofContacts].map(({ effectKey }) => effectKey).sort());
      expect(entries.every(({ recordNumber }) => ['Y1', ''].includes(recordNumber))).toBe(true);
      const times = entries.map((entry) => entry.at);
      expect(times).toEqual([...times].sort());
    }),
  );
});

test.each(['contact', 'source', 'effect', 'execution'] as const)(
  'a %s has its own rows and no other',
  (kind) => {
    const what = { contact: A, source: 'order shop/1', effect: 'key:0', execution: '2' }[kind];
    const columns = {
      contact: 'memberId',
      source: 'source',
      effect: 'effectKey',
      execution: 'executionId',
    } as const;
    fc.assert(
      fc.property(anyRows, (rows) => {
        const { entries } = history(rows, { lookFor: what, kind });
        const wanted = rows.filter((row) => row[columns[kind]] === what);
        expect(entries.map(({ effectKey }) => effectKey).sort()).toEqual(
          wanted.map(({ effectKey }) => effectKey).sort(),
        );
      }),
    );
  },
);

test('an order is found by its id alone, and 1 does not find 11', () => {
  const rows = [auditOf({ source: 'order shop/1', recordNumber: '' }), auditOf({ source: 'order shop/11' })];
  for (const lookFor of ['1', 'shop/1', 'order shop/1'])
    expect(history(rows, { lookFor, kind: automatic })).toMatchObject({
      kind: 'source',
      entries: [{ source: 'order shop/1' }],
    });
});

test('an address finds its contact by its hash, however it is written, and is not in the answer', () => {
  const rows = [auditOf({ memberId: memberIdOf('anna@shop.example') })];
  for (const lookFor of [
    ' Anna@Shop.example ',
    'Anna <ANNA@shop.example>',
    memberIdOf('anna@shop.example').toUpperCase(),
  ]) {
    const found = history(rows, { lookFor, kind: automatic });
    expect(found).toMatchObject({ kind: 'contact', entries: [{}] });
    expect(JSON.stringify(found).toLowerCase()).not.toContain('anna');
  }
});

test('the same words may name several things: a record comes first, and the others are told', () => {
  const rows = [auditOf({ recordNumber: '77', executionId: '5' }), auditOf({ executionId: '77' })];
  expect(history(rows, { lookFor: '77', kind: automatic })).toMatchObject({
    kind: 'record',
    alsoFound: ['execution'],
  });
  expect(history(rows, { lookFor: '77', kind: 'execution' }).entries).toHaveLength(1);
});

test('what happened is said in plain words, with its time, reason and link', () => {
  const rows = [
    auditOf({ updatedAt: '2026-11-02T06:15:00.000Z' }),
    auditOf({ kind: 'update', status: 'failed', reason: 'mailchimp-unavailable', attempts: 2 }),
  ];
  const { entries, summary, whatToDo } = history(rows, { lookFor: 'Y30000', kind: automatic });
  const created = entries.find(({ kind }) => kind === 'create')!;
  expect(`${created.when}: ${created.text}`).toBe(
    '2 November 2026, 06:15 UTC: The contact was created in Mailchimp.',
  );
  expect(summary).toBe('The ledger has 2 rows about it. 1 problem is open.');
  expect(whatToDo).toEqual(['Mailchimp did not answer, or not completely. The next run tries again.']);
});

describe('a problem', () => {
  const open = (...rows: Array<Record<string, unknown>>) =>
    history(
      rows.map((row) => auditOf(row)),
      { lookFor: 'Y30000', kind: 'record' },
    ).openProblems;
  const note = {
    kind: 'note',
    status: 'quarantined',
    reason: 'malformed-email',
    executionId: '1',
    updatedAt: at(1),
  };
  const failed = { kind: 'update', memberId: A, status: 'failed', executionId: '1', updatedAt: at(1) };
  const later = { memberId: A, executionId: '2', updatedAt: at(2) };

  test('of a note is settled once a later run decided about the record without repeating it', () => {
    expect(open(note)).toBe(1);
    expect(open(note, { ...later, executionId: '1' })).toBe(1);
    expect(open(note, later)).toBe(0);
    expect(open({ ...note, updatedAt: at(2), executionId: '2' }, later)).toBe(1);
    expect(open(note, { ...later, flow: 'another' })).toBe(1);
  });

  test('of a write is settled once a later run wrote to the same contact', () => {
    expect(open(failed, later)).toBe(0);
    expect(open(failed, { ...later, memberId: 'b'.repeat(32) })).toBe(1);
    expect(open(failed, { ...later, kind: 'crossReference' })).toBe(1);
    expect(open(failed, { ...later, status: 'failed' })).toBe(2);
  });

  test('of an order is not settled by another order of the customer', () => {
    const order = {
      kind: 'note',
      status: 'quarantined',
      source: 'order shop/1',
      executionId: '1',
      updatedAt: at(1),
    };
    expect(open(order, { ...later, kind: 'receivable', source: 'order shop/2' })).toBe(1);
    expect(open(order, { ...later, kind: 'receivable', source: 'order shop/1' })).toBe(0);
  });
});

test('nothing found is said, and what is empty finds nothing', () => {
  expect(history([auditOf()], { lookFor: 'Y3', kind: automatic })).toMatchObject({
    entries: [],
    lastState: '',
    kind: 'record',
  });
  expect(history([auditOf({ recordNumber: '' })], { lookFor: ' ', kind: 'record' }).entries).toEqual([]);
});

test('a row that was read twice counts once, and an empty item is no row', () => {
  const row = rowOf();
  expect(auditRows([row, {}, { ...row }, { error: 'x' }, rowOf()])).toHaveLength(2);
});

test.each([
  ['started', 'A run began to write, and has not ended.'],
  ['superseded', 'A run did not end.'],
  ['skipped', 'A run planned, and wrote nothing.'],
  ['applied', 'A run ended.'],
])('a run that is %s is told as such, under the record that it names', (status, text) => {
  const rows = auditRows([rowOf({ kind: 'run', status, reason: 'begun', recordNumber: 'Y7' })]);
  const { entries, openProblems } = history(rows, { lookFor: 'Y7', kind: automatic });
  expect(entries).toMatchObject([{ text, explanation: 'begun' }]);
  expect(openProblems).toBe(0);
});
