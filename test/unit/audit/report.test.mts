import fc from 'fast-check';
import { periodOf } from '../../../sync/audit/period.ts';
import { report, type Counted } from '../../../sync/audit/report.ts';
import { reportPage } from '../../../sync/audit/reportPage.ts';
import type { AuditRow } from '../../../sync/audit/rows.ts';
import { anyRows, auditOf, BEGIN, DAY } from './scene.mts';

const FROM = BEGIN + 5 * DAY;
const TO = FROM + 7 * DAY;
const sum = (list: Counted[]): number => list.reduce((total, { count }) => total + count, 0);
const isWork = ({ kind }: AuditRow): boolean => kind !== 'run' && kind !== 'execution';

test('every number equals an independent count', () => {
  fc.assert(
    fc.property(anyRows, (rows) => {
      const numbers = report(rows, FROM, TO);
      const within = rows.filter(({ updatedAt }) => updatedAt >= FROM && updatedAt < TO);
      const count = (test: (row: AuditRow) => boolean): number => within.filter(test).length;
      for (const status of ['applied', 'failed', 'quarantined', 'skipped', 'superseded'] as const)
        expect(numbers[status]).toBe(count((row) => isWork(row) && row.status === status));
      expect(numbers.runs).toBe(count(({ kind }) => kind === 'run'));
      expect(numbers.unfinishedRuns).toBe(
        count(({ kind, status }) => kind === 'run' && (status === 'started' || status === 'superseded')),
      );
      expect(reportPage('Runs', numbers).includes('not ended')).toBe(numbers.unfinishedRuns > 0);
      expect(numbers.failedExecutions).toBe(count(({ kind }) => kind === 'execution'));
      expect([sum(numbers.appliedByKind), sum(numbers.appliedByFlow)]).toEqual([
        numbers.applied,
        numbers.applied,
      ]);
      expect(numbers.consentSkips).toBe(
        count((row) => isWork(row) && row.status === 'skipped' && row.reason === 'unsubscribed'),
      );
      expect(sum(numbers.consentByReason)).toBe(numbers.consentSkips);
    }),
  );
});

test('the days hold each row once, and add up to the totals', () => {
  fc.assert(
    fc.property(anyRows, (rows) => {
      const { days, ...numbers } = report(rows, FROM, TO);
      expect(days.map(({ day }) => day)).toEqual(
        [7, 8, 9, 10, 11, 12, 13].map((day) => `2026-11-${String(day).padStart(2, '0')}`),
      );
      const total = (name: 'done' | 'attention' | 'skipped') => days.reduce((all, day) => all + day[name], 0);
      expect(total('done')).toBe(numbers.applied);
      expect(total('attention')).toBe(numbers.failed + numbers.quarantined);
      expect(total('skipped')).toBe(numbers.skipped + numbers.superseded);
    }),
  );
});

test('what is still open counts also where it began before the period, and not where it is settled', () => {
  const old = { kind: 'note', status: 'quarantined', reason: 'malformed-email', executionId: '1' };
  const time = (at: number) => ({ updatedAt: new Date(at).toISOString() });
  const rows = [
    auditOf({ ...old, recordNumber: 'Y1', ...time(FROM - 1) }),
    auditOf({ ...old, recordNumber: 'Y2', ...time(FROM - 1) }),
    auditOf({ recordNumber: 'Y2', executionId: '2', ...time(FROM) }),
    auditOf({ ...old, recordNumber: 'Y3', ...time(TO) }),
  ];
  expect(report(rows, FROM, TO)).toMatchObject({ openQuarantined: 1, quarantined: 0, applied: 1 });
});

test('no row at all makes a page of zeros', () => {
  const numbers = report([], FROM, TO);
  expect(numbers).toMatchObject({ applied: 0, reasons: [], mostAttempts: [] });
  expect(reportPage('Nothing', numbers)).not.toMatch(/NaN|Infinity|undefined/);
});

test('reasons come with their explanation and at most three examples', () => {
  const note = {
    kind: 'note',
    status: 'quarantined',
    reason: 'merge-value',
    updatedAt: new Date(FROM).toISOString(),
  };
  const rows = ['Y1', 'Y1', 'Y2', 'Y3', 'Y4'].map((recordNumber) => auditOf({ ...note, recordNumber }));
  expect(report(rows, FROM, TO).reasons).toEqual([
    {
      ...{ reason: 'merge-value', count: 5, examples: ['Y1', 'Y2', 'Y3'] },
      explanation: 'A value does not fit the type or the choices of its merge field.',
    },
  ]);
});

test('100,000 rows are reported in seconds', () => {
  const rows = Array.from({ length: 100_000 }, (_, index) =>
    auditOf({
      ...{ effectKey: `k:${index}`, recordNumber: `Y${index % 30_000}`, executionId: String(index % 500) },
      ...{ status: ['applied', 'failed', 'skipped'][index % 3], attempts: (index % 5) + 1 },
      updatedAt: new Date(FROM + index * 1000).toISOString(),
    }),
  );
  const begin = performance.now();
  const page = reportPage('Many', report(rows, FROM, TO));
  expect(performance.now() - begin).toBeLessThan(5000);
  expect(page.length).toBeLessThan(100_000);
});

describe('the period', () => {
  const now = Date.parse('2026-11-09T07:00:00Z');
  test('is the seven days that ended now, unless somebody says otherwise', () => {
    expect(periodOf('', '', now)).toEqual({ from: now - 7 * DAY, to: now });
    expect(periodOf('', '2026-11-08', now)).toEqual({ from: BEGIN, to: BEGIN + 7 * DAY });
    expect(periodOf('2026-11-02T00:00:00', '2026-11-02T02:00:00+02:00', now)).toBe(
      '“From” is not before “To”.',
    );
    expect(periodOf('2026-11-02 00:00', '2026-11-02T02:00:00+01:00', now)).toEqual({
      from: BEGIN,
      to: BEGIN + DAY / 24,
    });
  });
  test('that is none is told', () => {
    for (const [from, to] of [
      ['soon', ''],
      ['', '1'],
      ['2026-13-01', ''],
      ['2020-01-01', ''],
      ['2027-01-01', ''],
    ])
      expect(typeof periodOf(from!, to!, now)).toBe('string');
  });
});
