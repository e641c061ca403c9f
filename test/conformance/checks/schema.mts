import assert from 'node:assert/strict';
import type { BusinessRecord, RecordKind } from '../../../sync/record.ts';
import { forEachKind, numbersOf, OPTIONS, read, sorted, type Check } from '../check.mts';

const PARTY = [
  'name',
  'phone',
  'taxId',
  'language',
  'parentNumber',
  'payerNumber',
  'groupNumber',
  'modifiedAt',
];
const TEXTS: Record<RecordKind, string[]> = {
  customer: PARTY,
  supplier: PARTY,
  item: ['name', 'unit', 'group', 'modifiedAt'],
  purchaseOrder: ['supplierNumber', 'status', 'orderDate', 'currency', 'amount', 'modifiedAt'],
  invoice: [
    ...['invoiceNumber', 'customerNumber', 'payerNumber', 'invoiceDate', 'dueDate', 'currency', 'amount'],
    ...['openAmount', 'modifiedAt'],
  ],
  glAccount: ['name', 'type', 'modifiedAt'],
};
const ADDRESS = ['line1', 'line2', 'city', 'state', 'postalCode', 'country'];
const DATE = /^(\d{4}-\d{2}-\d{2})?$/;
const MOMENT = /^(\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})?)?)?$/;
const DECIMAL = /^(-?\d+(\.\d+)?)?$/;

function checkParty(record: Record<string, unknown>): void {
  assert.ok(['active', 'preliminary', 'inactive'].includes(String(record.status)));
  assert.ok(['good', 'overdue', 'stopped', 'unknown'].includes(String(record.financialStatus)));
  const { emails } = record;
  assert.ok(
    Array.isArray(emails) && emails.every((email) => typeof email === 'string' && email === email.trim()),
  );
  for (const part of ADDRESS)
    assert.equal(typeof (record.address as Record<string, unknown>)[part], 'string', `address.${part}`);
}

function checkRecord(kind: RecordKind, typed: BusinessRecord): void {
  const record = typed as unknown as Record<string, unknown>;
  assert.equal(record.kind, kind);
  for (const field of TEXTS[kind]) {
    const value = record[field];
    assert.ok(typeof value === 'string' && value === value.trim(), `${field}: ${JSON.stringify(value)}`);
    if (/Date$/.test(field)) assert.match(value, DATE, field);
    if (/[aA]mount$/.test(field)) assert.match(value, DECIMAL, field);
    if (field === 'modifiedAt') assert.match(value, MOMENT, field);
  }
  for (const [field, value] of Object.entries(typed.raw))
    assert.equal(typeof value, 'string', `raw.${field}`);
  if (kind === 'customer' || kind === 'supplier') checkParty(record);
}

const SHAPE = forEachKind('every record has the canonical form, raw values are texts', 'read', {
  changes: false,
  run: async (line, kind) => {
    const records = await read(line, kind);
    assert.ok(records.length > 0, 'there are none');
    for (const record of records) checkRecord(kind, record);
  },
});

const KEYS = forEachKind('numbers are unique, never empty, without blanks around them', 'read', {
  changes: false,
  run: async (line, kind) => {
    const numbers = numbersOf(await read(line, kind));
    assert.ok(numbers.every((number) => number !== '' && number === number.trim()));
    assert.deepEqual(sorted(numbers), sorted(line.screens.numbers(kind)));
  },
});

const TWICE = forEachKind('two full reads give the same', 'read', {
  changes: false,
  run: async (line, kind) => assert.deepEqual(await read(line, kind), await read(line, kind)),
});

const GET = forEachKind('Get gives what the list gave, blanks around the number or not', 'read', {
  changes: false,
  run: async (line, kind) => {
    const records = await read(line, kind);
    for (const record of [records[0]!, records[Math.floor(records.length / 2)]!, records.at(-1)!]) {
      const got = await line.line.get(kind, record.number, OPTIONS);
      assert.ok(got, `no ${record.number}`);
      // Which of the source's own fields come may differ between a list and a single record.
      const modifiedAt = record.modifiedAt === '' ? '' : got.modifiedAt;
      assert.deepEqual({ ...got, modifiedAt, raw: {} }, { ...record, raw: {} });
    }
    assert.ok(await line.line.get(kind, ` ${records[0]!.number} `, OPTIONS), 'with blanks');
  },
});

const UNKNOWN = forEachKind('an unknown number is undefined, not an error', 'read', {
  changes: false,
  run: async (line, kind) => {
    for (const number of ['NOBODY', "O'B&#", 'ÄÖ'])
      assert.equal(await line.line.get(kind, number, OPTIONS), undefined, number);
  },
});

const LETTERS: Check = {
  name: 'customer: letters beyond ASCII and signs such as & # and quotes arrive as they are',
  changes: true,
  run: async (line) => {
    const [number] = line.screens.numbers('customer');
    for (const name of ["Zażółć & 'Søn' #1", '東京 "商事"', 'A<b>&amp;;=?/%20+']) {
      line.screens.rename('customer', number!, name);
      const record = await line.line.get('customer', number!, OPTIONS);
      assert.equal((record as { name: string }).name, name);
    }
  },
};

export const SCHEMA: Check[] = [...SHAPE, ...KEYS, ...TWICE, ...GET, ...UNKNOWN, LETTERS];
