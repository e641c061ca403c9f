import type { Invoice } from '../../../sync/record.ts';
import { Activity, invoiceWindow, MARGIN_DAYS, windowStart } from '../../../sync/standing/activity.ts';
import { classify, counts, deadRules } from '../../../sync/standing/classify.ts';
import { DEFAULT_RULES, type Rule } from '../../../sync/standing/rules.ts';
import { checkTags, tagsBy } from '../../../sync/standing/tags.ts';
import { readParty } from '../../../sync/party.ts';
import { customer, known, when } from './scene.mts';

const DAY = 86_400_000;
const NOW = Date.parse('2026-03-01T12:00:00Z');
const invoice = (customerNumber: string, invoiceDate: string, more: Partial<Invoice> = {}): Invoice => ({
  ...{ kind: 'invoice', number: '1', invoiceNumber: '1', payerNumber: '', dueDate: '', currency: 'EUR' },
  ...{ amount: '10.00', openAmount: '', modifiedAt: '', raw: {}, customerNumber, invoiceDate },
  ...more,
});
const rule = (...conditions: Rule['conditions']): Rule => ({ status: 'A', conditions });

test('the window is the longest number of days that a rule asks for', () => {
  expect(invoiceWindow(DEFAULT_RULES)).toBe(365);
  expect(invoiceWindow([rule(when('overdueDays', 'above', '1'))])).toBeUndefined();
  expect(invoiceWindow([rule(when('invoiceDays', 'notTold'))])).toBeUndefined();
  expect(
    invoiceWindow([rule(when('invoiceDays', 'below', '90.5')), rule(when('invoiceDays', 'is', '7'))]),
  ).toBe(91);
  expect(invoiceWindow([rule(when('invoiceDays', 'isEmpty'))])).toBe(Infinity);
  expect(windowStart(NOW, 365)).toBe(NOW - (365 + MARGIN_DAYS) * DAY);
  expect([windowStart(NOW, Infinity), windowStart(NOW, 1e9), windowStart(0, 365)]).toEqual([0, 0, 0]);
});

test('the last invoice in the window counts, whatever order they come in; credit notes and older ones do not', () => {
  const start = windowStart(NOW, 30);
  const activity = new Activity(NOW);
  const invoices = [
    ...[invoice('A', '2026-02-01'), invoice(' A ', '2026-02-20'), invoice('A', '2026-01-15')],
    ...[invoice('B', '2025-06-01'), invoice('C', '2026-02-02', { amount: '-5.00' })],
    ...[invoice('D', ''), invoice('E', ''), invoice('E', '2026-02-03'), invoice('', '2026-02-03')],
    invoice('F', '2026-02-04', { amount: '' }),
  ];
  for (const one of invoices) activity.add(one);
  const last = (number: string) => activity.lastInvoice({ number }, start);
  expect(['A', 'B', 'C', 'D', 'E', 'F'].map(last)).toEqual([
    ...['2026-02-20', '', '', '', '2026-02-03', '2026-02-04'],
  ]);
  expect(activity.lastInvoice({ number: 'B' }, 0)).toBe('2025-06-01');
  expect([...activity.undated(start)]).toEqual(['D']);
});

test('today is the system’s day; an invoice that is newer than its clock proves a later one', () => {
  const activity = new Activity(Date.parse('2025-12-24T09:00:00Z'));
  activity.add(invoice('A', '2026-02-01', { modifiedAt: '2026-02-01T10:00:00.000Z' }));
  activity.add(invoice('A', '2026-02-01', { modifiedAt: 'no time' }));
  expect(activity.today).toBe('2026-02-01');
});

test('a status has its tag, all others are to be removed, and nothing is written of an unknown one', () => {
  const rules = [...DEFAULT_RULES, { status: 'ACTIVE', conditions: [] }];
  const others = ['Account: On Hold', 'Account: Delinquent', 'Account: Dormant', 'Account: *'];
  expect(tagsBy(rules, 'Account: ')('Active')).toEqual({ tag: 'Account: Active', otherTags: others });
  expect(tagsBy(rules, 'Account: ')('unknown')).toEqual({ tag: '', otherTags: [] });
  expect(tagsBy(rules, '')('none')).toEqual({
    ...{ tag: '', otherTags: ['On Hold', 'Delinquent', 'Dormant', 'Active'] },
  });
  expect([checkTags(rules, 'Account: '), checkTags(rules, '')]).toEqual(['', '']);
  expect(checkTags(rules, 'a, ')).toContain('comma');
  expect(checkTags([rule(), { status: 'x'.repeat(95), conditions: [] }], 'Account: ')).toContain('100');
});

test('whatever begins with the prefix is to be removed, unless words could begin so', () => {
  const families = (prefix: string): string[] =>
    tagsBy([rule()], prefix)('none').otherTags.filter((tag) => tag.endsWith('*'));
  expect(['Account: ', 'fin-', '#', 'CS '].flatMap(families)).toEqual(['Account: *', 'fin-*', '#*', 'CS *']);
  expect(['', ' ', 'Account', 'Äö', 'v2'].flatMap(families)).toEqual([]);
  expect(checkTags([{ status: 'VIP*', conditions: [] }], 'Account: ')).toContain('leave out the *');
});

test('counts name every status of the table, and rules that are never answered are named with what they ask', () => {
  const parties = [
    customer({ overdueAmount: 1, overdueDays: 31 }, { number: 'A' }),
    customer(undefined, { number: 'B', parentNumber: 'A' }),
  ];
  const settings = { rules: DEFAULT_RULES, grouping: 'first' as const, tagPrefix: '' };
  const standings = classify(parties, settings, known());
  expect(counts(DEFAULT_RULES, standings)).toBe(
    'On Hold: 0, Delinquent: 1, Dormant: 0, Active: 0, unknown: 1',
  );
  expect(standings[0]).toMatchObject({
    ...{ status: 'Delinquent', accountGroup: 'A', groupSize: 2, tag: 'Delinquent' },
    facts: { overdueDays: 31, overdueAmount: 1, creditUsed: null, stop: '', invoiceDays: null },
  });
  const told = new Set(['stopped' as const, 'lastInvoiceDate' as const]);
  expect(deadRules(DEFAULT_RULES, parties[0]!, known({ told }))).toEqual([
    ...['2 (Overdue Days)', '3 (Overdue Amount)'],
  ]);
});

test('thousands of customers, rules and statuses take a moment', () => {
  const rules = Array.from({ length: 2000 }, (_, i) => rule(when('overdueDays', 'is', String(i)))).map(
    (one, i) => ({ ...one, status: `S${i}` }),
  );
  const parties = Array.from({ length: 1000 }, (_, i) => customer({ overdueDays: i }, { number: `N${i}` }));
  const started = performance.now();
  const standings = classify(parties, { rules, grouping: 'first', tagPrefix: '' }, known());
  expect(standings.map(({ tag }) => tag)).toEqual(parties.map((_, i) => `S${i}`));
  expect(standings[7]!.otherTags).toHaveLength(1999);
  expect(performance.now() - started).toBeLessThan(10_000);
});

test('financials and group come back from an item’s JSON, numbers as numbers, and none where there were none', () => {
  const party = customer(
    { stopped: true, stopCode: '1', overdueDays: 3, openAmount: 0.5 },
    { groupNumber: 'G' },
  );
  const json = JSON.parse(JSON.stringify(party)) as Record<string, unknown>;
  expect(readParty(json)).toEqual(party);
  expect(readParty({ ...json, financials: undefined })).not.toHaveProperty('financials');
  expect(
    readParty({ ...json, financials: { overdueDays: 'n/a', openAmount: ' ', creditLimit: '12.5' } }),
  ).toMatchObject({
    financials: { overdueDays: null, openAmount: null, creditLimit: 12.5, stopped: null },
  });
});
