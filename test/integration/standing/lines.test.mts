import type { IDataObject } from 'n8n-workflow';
import { startScene, type Scene } from '../infor/scene.mts';
import { LINES } from '../lines/lines.mts';
import { ask, FIELD_NAMES, SET_UP, standings, table, type StandingItem } from './scene.mts';

const DAY = 86_400_000;
const ymd = (daysAgo: number): string =>
  new Date(Date.now() - daysAgo * DAY).toISOString().slice(0, 10).replaceAll('-', '');

let scene: Scene;
beforeEach(async () => void (scene = await startScene({ customers: 60, business: 0 })));
afterEach(() => scene.ion.close());

const numberOf = (productLine: string, index: number): string =>
  productLine === 'distribution' ? String(30_000 + index) : `Y${30_000 + index}`;

/** An invoice as a person makes it in CloudSuite, at a time of its own. */
function invoice(
  productLine: string,
  customer: string,
  daysAgo: number,
  amount = '10.00',
  at?: number,
): void {
  const number = `9${customer}${daysAgo}`;
  if (productLine === 'm3') {
    const row = { CONO: '100', DIVI: 'AAA', PYNO: customer, CUNO: customer, CINO: number, INYR: '2026' };
    scene.ion.m3.business.invoices.put(
      { ...row, TRCD: '10', CUAM: amount, CUCD: 'EUR', IVDT: ymd(daysAgo), DUDT: ymd(daysAgo) },
      at,
    );
    return;
  }
  const db = scene.ion[productLine as 'ln'];
  const invoiceDate = ymd(daysAgo);
  db.add('invoice', { number, customerNumber: customer, invoiceDate, dueDate: invoiceDate, amount });
  const stored = [...db.table('invoice').keys()].at(-1)!;
  if (at !== undefined) db.change('invoice', stored, {}, at);
}

/** Customers 17 and 47 are stopped, 18 and 48 are 34 days overdue (sandbox/data). */
const EXPECTED: Record<string, string[]> = {
  m3: ['On Hold', 'Delinquent', 'Active', 'Dormant', 'Dormant', 'Dormant'],
  industrial: ['On Hold', 'Dormant', 'Active', 'Dormant', 'Dormant', 'Dormant'],
  financials: ['On Hold', 'Delinquent', 'Active', 'Dormant', 'Dormant', 'Dormant'],
  distribution: ['On Hold', 'Delinquent', 'Active', 'Dormant', 'Dormant', 'Dormant'],
  ln: ['On Hold', 'Delinquent', 'Active', 'Dormant', 'Dormant', 'Dormant'],
};

describe.each(SET_UP)('$productLine', (setUp) => {
  const { productLine } = setUp;
  const parameters = setUp as unknown as IDataObject;
  const pick = (items: StandingItem[], index: number): StandingItem =>
    items.find(({ number }) => number === numberOf(productLine, index))!;

  test('the usual rules find who is on hold, delinquent, dormant and active', async () => {
    // Of six customers: stopped, overdue, a new invoice, an old one, an old one that was paid today, a credit note.
    invoice(productLine, numberOf(productLine, 17), 3);
    invoice(productLine, numberOf(productLine, 1), 364);
    invoice(productLine, numberOf(productLine, 2), 366, '10.00', Date.now() - 366 * DAY);
    invoice(productLine, numberOf(productLine, 4), 900);
    invoice(productLine, numberOf(productLine, 6), 5, '-10.00');
    const result = await ask(scene, parameters);
    const items = result.outputs[0]!.map(({ json }) => json as unknown as StandingItem);
    expect(items).toHaveLength(60);
    const found = [17, 18, 1, 2, 4, 6].map((index) => pick(items, index));
    expect(found.map(({ standing }) => standing.status)).toEqual(EXPECTED[productLine]);
    const [held, overdue, active] = found;
    expect(held).toMatchObject({
      financials: { stopped: true, stopCode: expect.stringMatching(/./) },
      standing: { rule: 1, tag: 'Account: On Hold' },
    });
    expect(active).toMatchObject({
      financials: { lastInvoiceDate: expect.stringMatching(/^\d{4}-\d{2}-\d{2}$/) },
      standing: { facts: { invoiceDays: 364 } },
    });
    if (productLine !== 'industrial')
      expect(overdue).toMatchObject({ financials: { overdueAmount: 1250.5, overdueDays: 34 } });
    expect(result.hints[0]).toMatch(/^60 customers\. On Hold: 2, Delinquent: [02], Dormant: \d+, Active: 1$/);
    for (const item of items) expect(item).not.toHaveProperty('raw');
  });

  test('what the system tells of a customer’s account is told as numbers, and nothing else', async () => {
    const [any] = (await standings(scene, parameters)).filter(({ number }) => number.endsWith('30001'));
    const nothing = { lastOrderDate: '', stopped: false, stopCode: '' };
    expect(any).toMatchObject({ financials: { ...nothing, creditLimit: 50_000 } });
    expect(any!.financials!.openAmount).toEqual(expect.any(Number));
    const days = any!.financials!.overdueDays;
    expect(days).toBe(productLine === 'industrial' ? null : 0);
  });

  test('a rule on what the system never tells never holds, and the node says which', async () => {
    const rules = table(
      { status: 'Old', conditions: [{ fact: 'orderDays', field: '', operator: 'above', value: '1' }] },
      { status: 'Active', conditions: [] },
    );
    const result = await ask(scene, { ...parameters, rules });
    expect(result.hints.join('\n')).toMatch(/never tells.*1 \(Days Since Last Order\)/);
    expect(result.hints[0]).toBe('60 customers. Old: 0, Active: 60');
  });

  test('a source field decides, by its own name; one that does not exist is an error that names it', async () => {
    const field = {
      m3: 'CUTP',
      industrial: 'CustType',
      financials: 'CustomerClass',
      distribution: 'custtype',
      ln: 'SearchKey',
    };
    const value = { m3: '0' }[productLine] ?? '100';
    const by = (name: string) =>
      table({
        status: 'Hundred',
        conditions: [{ fact: 'fieldText', field: name, operator: 'is', value }],
      });
    const items = await standings(scene, {
      ...parameters,
      rules: by(field[productLine as 'ln']),
      simplify: false,
    });
    expect(items.length).toBe(60);
    for (const { raw, standing } of items)
      expect(standing.status).toBe(raw[field[productLine as 'ln']] === value ? 'Hundred' : 'none');
    expect(items.filter(({ standing }) => standing.status === 'Hundred').length).toBeGreaterThan(5);
    const { error } = await ask(scene, { ...parameters, rules: by('NOPE') });
    expect(error?.message).toMatch(/NOPE/);
  });
});

describe.each(LINES.filter(({ productLine }) => productLine !== 'ln'))('$productLine', (line) => {
  test('without further names the rules still decide, and the hint says what is never told', async () => {
    const result = await ask(scene, { ...line, emailHome: '' } as unknown as IDataObject);
    expect(result.error).toBeUndefined();
    expect(result.hints[1]).toContain('2 (Overdue Days); 3 (Overdue Amount)');
  });
});

test('LN tells nothing until the field of the credit hold is named, and says so', async () => {
  const ln = { ...LINES[3], emailHome: '' } as unknown as IDataObject;
  const refused = await ask(scene, ln);
  expect(refused.error?.message).toContain('[INFOR_NOT_OFFERED]');
  expect(refused.error?.description).toContain('creditHold');
  const others = { field: FIELD_NAMES.ln.field.filter(({ name }) => name !== 'creditHold') };
  expect((await ask(scene, { ...ln, fieldNames: others })).error?.message).toContain('[INFOR_NOT_OFFERED]');
});

test('a field of invoices can be named too, apart from one of customers', async () => {
  const named = (name: string, source: string) => ({ field: [{ name, source }] });
  const industrial = { ...LINES[0], emailHome: '' } as unknown as IDataObject;
  for (const name of ['invoice.invoiceDate', 'invoice.number']) {
    const { error } = await ask(scene, { ...industrial, fieldNames: named(name, 'NoSuchField') });
    expect(error?.message).toMatch(/\[INFOR_FIELD\].*NoSuchField/);
  }
  const number = await ask(scene, { ...industrial, fieldNames: named('number', 'CustNum') });
  expect(number.error).toBeUndefined();
});
