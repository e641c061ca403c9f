import { checkRules, DEFAULT_RULES, type Rule } from '../../../sync/standing/rules.ts';
import type { Condition } from '../../../sync/standing/condition.ts';
import { ALL_FACTS, customer, known, standingOf, statusOf, TODAY, when } from './scene.mts';

const only = (...conditions: Condition[]): Rule[] => [{ status: 'Yes', conditions }];
const GOOD = { overdueAmount: 0, overdueDays: 0, lastInvoiceDate: TODAY };

describe('the usual table', () => {
  const usual = (
    financials: Parameters<typeof customer>[0],
    without: string[] = [],
    context: Parameters<typeof known>[0] = {},
  ) => {
    const told = new Set(ALL_FACTS.filter((name) => !without.includes(name)));
    return standingOf(customer(financials), DEFAULT_RULES, known({ told, ...context }));
  };

  test('the first rule that holds wins, and says why', () => {
    const all = { stopped: true, stopCode: '2', overdueAmount: 9, overdueDays: 90 };
    expect(usual(all)).toMatchObject({ status: 'On Hold', rule: 1 });
    expect(usual({ ...all, stopped: false })).toEqual({
      ...{ status: 'Delinquent', rule: 2 },
      because: 'Decided by rule 2: Overdue Days (90) Is Above 30',
      grounds: [{ fact: 'Overdue Days', demand: 'Is Above 30', found: '90' }],
    });
    expect(usual({ ...GOOD, overdueDays: 30, overdueAmount: 50 }).status).toBe('Active');
    expect(usual({ ...GOOD, lastInvoiceDate: '' })).toMatchObject({
      ...{ status: 'Dormant', rule: 4, because: expect.stringContaining('more than 365') },
    });
    expect(usual({ ...GOOD, lastInvoiceDate: '2025-03-01' }).status).toBe('Active');
    expect(usual({ ...GOOD, lastInvoiceDate: '2025-02-28' }).status).toBe('Dormant');
  });

  test('an overdue amount counts only where the line never tells days', () => {
    expect(usual({ ...GOOD, overdueAmount: 0.01, overdueDays: null }, ['overdueDays']).status).toBe(
      'Delinquent',
    );
    expect(usual({ ...GOOD, overdueAmount: 0, overdueDays: null }, ['overdueDays']).status).toBe('Active');
    expect(usual({ ...GOOD, overdueAmount: 99, overdueDays: null })).toMatchObject({
      ...{ status: 'unknown', rule: 2, grounds: [{ fact: 'Overdue Days', found: '' }] },
    });
  });

  test('what the line never tells holds nothing up; what was not read decides nothing', () => {
    expect(usual(GOOD, ['overdueDays', 'overdueAmount', 'stopped']).status).toBe('Active');
    expect(usual(undefined)).toMatchObject({ status: 'unknown', rule: 1 });
    expect(usual({ stopped: null })).toMatchObject({ status: 'unknown', rule: 1 });
  });

  test('an invoice without a date is no proof that there is none', () => {
    const undated = { undated: new Set(['Y30000']) };
    expect(usual({ ...GOOD, lastInvoiceDate: '' }, [], undated)).toMatchObject({
      status: 'unknown',
      rule: 4,
    });
    const asked = only(when('invoiceDays', 'isEmpty'));
    expect(statusOf(asked, customer({}), known({ invoiceWindow: Infinity, ...undated }))).toBe('unknown');
  });
});

describe('conditions', () => {
  test('amounts compare exactly, however they are written', () => {
    const above = (amount: number, value: string, operator: Condition['operator'] = 'above') =>
      statusOf(only(when('overdueAmount', operator, value)), customer({ overdueAmount: amount }));
    expect(above(0.3, '0.3', 'is')).toBe('Yes');
    expect(above(0.1 + 0.2, '0.3')).toBe('Yes');
    expect(above(1234.5, '1234.50')).toBe('none');
    expect(above(1234.5, '1234.4999999999999999999')).toBe('Yes');
    expect(above(9007199254740992, '9007199254740991.99', 'above')).toBe('Yes');
    expect(above(1e21, '1000000000000000000000', 'is')).toBe('Yes');
    expect(above(-5, '-5.0', 'atMost')).toBe('Yes');
    expect(above(5e-7, '0')).toBe('Yes');
  });

  test('the share of the credit limit is exact, and there is none without a limit', () => {
    const share = (openAmount: number | null, creditLimit: number | null, operator: Condition['operator']) =>
      statusOf(only(when('creditUsed', operator, '33.3')), customer({ openAmount, creditLimit }));
    expect(share(333, 1000, 'is')).toBe('Yes');
    expect(share(333.01, 1000, 'above')).toBe('Yes');
    expect(share(1, 3, 'above')).toBe('Yes');
    expect(share(333, 1000, 'above')).toBe('none');
    for (const limit of [0, null, -1]) expect(share(5, limit, 'above')).toBe('unknown');
    expect(share(5, 0, 'isEmpty')).toBe('Yes');
    expect(share(-10, 100, 'below')).toBe('Yes');
  });

  test.each([
    [100.004, 100, '100', '100.004'],
    [99.999, 100, '100', ''],
    [100, 100, '99.99', '100'],
    [1, 3, '33.33', '33.333'],
    [1, 3, '33.3333333333', '33.33333333333'],
    [2, 3, '66', '66.66'],
    [-1, 3, '-34', '-33.33'],
  ])('a share of %p in %p that is above %s is told as %s', (openAmount, creditLimit, value, found) => {
    const rules = only(when('creditUsed', 'above', value));
    const { grounds } = standingOf(customer({ openAmount, creditLimit }), rules, known());
    expect(grounds[0]?.found ?? '').toBe(found);
  });

  test('what is written and cannot be read is neither set nor empty', () => {
    const unread = ['openAmount', 'createdDate', 'lastInvoiceDate'];
    for (const fact of ['openAmount', 'creditUsed', 'createdDays', 'invoiceDays'] as const)
      for (const operator of ['isSet', 'isEmpty'] as const) {
        const rules = only(when(fact, operator));
        const context = known({ invoiceWindow: Infinity });
        const expected = operator === 'isEmpty' ? 'Yes' : 'none';
        expect([fact, operator, statusOf(rules, customer({}), context)]).toEqual([fact, operator, expected]);
        const written = customer({ creditLimit: 100, unread });
        expect([fact, operator, statusOf(rules, written, context)]).toEqual([fact, operator, 'unknown']);
      }
    const unreal = customer({ createdDate: '2026-02-31' });
    expect(statusOf(only(when('createdDays', 'isEmpty')), unreal)).toBe('unknown');
  });

  test('days are whole days of the system, across leap days and years', () => {
    const since = (createdDate: string, value: string, today: string) =>
      statusOf(only(when('createdDays', 'is', value)), customer({ createdDate }), known({ today }));
    expect(since('2024-02-28', '2', '2024-03-01')).toBe('Yes');
    expect(since('2025-02-28', '1', '2025-03-01')).toBe('Yes');
    expect(since('2023-12-31', '366', '2024-12-31')).toBe('Yes');
    expect(since('2026-03-02', '-1', TODAY)).toBe('Yes');
    for (const noDay of ['', '2026-3-1', '0000-00-00', 'soon', '2025-02-29', '2026-02-31'])
      expect(since(noDay, '1', TODAY)).toBe('unknown');
  });

  test('beyond the days that were read only what is certain is said', () => {
    const ask = (operator: Condition['operator'], value: string, invoiceWindow = 365) =>
      statusOf(only(when('invoiceDays', operator, value)), customer({}), known({ invoiceWindow }));
    expect([ask('above', '365'), ask('above', '10'), ask('atLeast', '366')]).toEqual(['Yes', 'Yes', 'Yes']);
    expect([ask('atMost', '365'), ask('is', '365'), ask('below', '366')]).toEqual(['none', 'none', 'none']);
    expect([ask('isNot', '5'), ask('isNot', '366'), ask('above', '366')]).toEqual([
      'Yes',
      'unknown',
      'unknown',
    ]);
    expect([ask('isEmpty', ''), ask('isEmpty', '', Infinity)]).toEqual(['unknown', 'Yes']);
    expect([ask('isSet', '', Infinity), ask('above', '99999', Infinity)]).toEqual(['none', 'Yes']);
  });

  test('a source field is read as a text or as a number, and never guessed', () => {
    const ask = (raw: string | undefined, condition: Condition) =>
      statusOf(only(condition), customer({}, { raw: raw === undefined ? {} : { CUCL: raw } }));
    const text = (operator: Condition['operator'], value = '') => when('fieldText', operator, value, 'CUCL');
    const number = (value: string) => when('fieldNumber', 'above', value, 'CUCL');
    expect(ask(' 100 ', text('is', '100'))).toBe('Yes');
    expect(ask('0100', text('is', '100'))).toBe('none');
    expect(ask('Key Account', text('contains', 'Acc'))).toBe('Yes');
    expect(ask('Key Account', text('contains', 'acc'))).toBe('none');
    expect([ask('', text('isEmpty')), ask('', text('isNot', 'A'))]).toEqual(['Yes', 'Yes']);
    expect([ask(undefined, text('is', 'A')), ask(undefined, text('isEmpty'))]).toEqual(['unknown', 'Yes']);
    for (const written of ['1500', '1500.00', '1.500,00', '1,500.00', '1500,0', "1'500.00"])
      expect([written, ask(written, number('1499.99')), ask(written, number('1500'))]).toEqual([
        ...[written, 'Yes', 'none'],
      ]);
    for (const written of ['1,500', '', 'n/a', '1.2.3', '--5', '1,50,00']) {
      expect([written, ask(written, number('1'))]).toEqual([written, 'unknown']);
      for (const operator of ['isSet', 'isEmpty'] as const) {
        const empty = operator === 'isEmpty' ? 'Yes' : 'none';
        const status = ask(written, when('fieldNumber', operator, '', 'CUCL'));
        expect([written, operator, status]).toEqual([written, operator, written === '' ? empty : 'unknown']);
      }
    }
    expect(ask('12.50-', number('0'))).toBe('none');
    const other = only(when('fieldText', 'isEmpty', '', 'toString'));
    expect(statusOf(other)).toBe('unknown');
  });

  test('the record’s own status, and the code of a stop', () => {
    const record = only(when('recordStatus', 'is', 'inactive'));
    expect(statusOf(record, customer({}, { status: 'inactive' }))).toBe('Yes');
    const stop = only(when('stop', 'is', '2'));
    expect(statusOf(stop, customer({ stopped: true, stopCode: '2' }))).toBe('Yes');
    expect(statusOf(only(when('stop', 'isSet')), customer({ stopped: true }))).toBe('Yes');
    expect(statusOf(only(when('stop', 'isEmpty')), customer())).toBe('unknown');
  });
});

test('a table that cannot be meant so is refused, and its rule named', () => {
  const problem = (...rules: Rule[]) => checkRules(rules);
  expect(problem()).toContain('no rule');
  expect(problem(...DEFAULT_RULES)).toBe('');
  const rule = (condition: Condition, status = 'A'): Rule => ({ status, conditions: [condition] });
  const days = when('overdueDays', 'above', '1');
  expect(problem({ status: 'A', conditions: [] }, rule(days))).toContain('Rule 1 has no condition');
  expect(problem(rule(days, ' '))).toContain('no status');
  for (const taken of ['unknown', 'None']) expect(problem(rule(days, taken))).toContain('meaning of its own');
  expect(problem(rule(days, 'A, B'))).toContain('comma');
  for (const wrong of ['1,500', 'thirty', '', '1e999', '30 days', 'Infinity'])
    expect(problem(rule(days), rule(when('overdueDays', 'above', wrong)))).toMatch(/^Rule 2: /);
  expect(problem(rule(when('stop', 'above', '1')))).toContain('does not fit');
  expect(problem(rule(when('overdueDays', 'contains', '1')))).toContain('does not fit');
  expect(problem(rule(when('fieldText', 'is', '1')))).toContain('names no field');
  expect(problem(rule(when('recordStatus', 'is', 'Aktiv')))).toContain('never “Aktiv”');
  expect(problem(rule({ ...days, fact: 'toString' as 'stop' }))).toContain('is no fact');
  expect(problem(rule({ ...days, operator: 'like' as 'is' }))).toContain('is no operator');
});
