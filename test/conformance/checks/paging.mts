import assert from 'node:assert/strict';
import type { RecordKind } from '../../../sync/record.ts';
import { errorOf, forEachKind, numbersOf, OPTIONS, read, sorted, type Check } from '../check.mts';
import type { LineUnderTest } from '../lineUnderTest.mts';

const MANY = { customers: 2300 };

const requestsFor = async (
  line: LineUnderTest,
  kind: RecordKind,
  limit?: number,
): Promise<[number, number]> => {
  line.ion.requests.clear();
  const records = await read(line, kind, limit === undefined ? {} : { limit });
  const lists = line.ion.requests.all.filter(({ path }) => line.listPath(kind).test(path));
  return [records.length, lists.length];
};

const LIMITS: Check = {
  name: 'customer: a limit of 1, a page, a page and one, and none give exactly so many, each once',
  changes: true,
  options: MANY,
  run: async (line) => {
    const all = numbersOf(await read(line, 'customer'));
    for (const limit of [1, line.pageSize - 1, line.pageSize, line.pageSize + 1]) {
      const some = numbersOf(await read(line, 'customer', { limit }));
      assert.deepEqual(some, all.slice(0, limit), `limit ${limit}`);
    }
  },
};

const COST: Check = {
  name: 'customer: a full read costs one request a page, and one or two more',
  changes: true,
  options: MANY,
  run: async (line) => {
    const [count, lists] = await requestsFor(line, 'customer');
    assert.equal(count, line.screens.numbers('customer').length);
    const pages = Math.ceil(count / line.pageSize);
    assert.ok(lists <= pages + 2, `${lists} list requests for ${pages} pages`);
    const all = line.ion.requests.all.length;
    assert.ok(all <= count / 20 + 10, `${all} requests for ${count} records`);
  },
};

const NO_N_PLUS_1 = forEachKind('a list costs no request a record', 'read', {
  changes: false,
  run: async (line, kind) => {
    const [count] = await requestsFor(line, kind);
    const all = line.ion.requests.all.length;
    assert.ok(all <= Math.max(30, count / 10), `${all} requests for ${count} records`);
  },
});

const SMALL = forEachKind('a list of one record is one, and of a small limit so many', 'read', {
  changes: false,
  run: async (line, kind) => {
    const all = await read(line, kind);
    assert.deepEqual(await read(line, kind, { limit: 1 }), all.slice(0, 1));
    assert.deepEqual(await read(line, kind, { limit: 3 }), all.slice(0, 3));
  },
});

const START = forEachKind('a list goes on after a number, without it', 'read', {
  changes: false,
  run: async (line, kind) => {
    const all = numbersOf(await read(line, kind));
    const middle = Math.floor(all.length / 2);
    assert.deepEqual(numbersOf(await read(line, kind, { startAfter: all[middle] })), all.slice(middle + 1));
    assert.deepEqual(await read(line, kind, { startAfter: all.at(-1) }), []);
  },
});

const FILTER: Check = {
  name: 'customer: a filter on a field of the source gives those that have the value',
  changes: false,
  run: async (line) => {
    const { field, value } = line.filterable;
    const all = line.screens.numbers('customer');
    const expected = all.filter((number) => line.screens.stored('customer', number, field) === value);
    assert.ok(expected.length > 0 && expected.length < all.length, 'the filter tells nothing apart');
    const found = await read(line, 'customer', { filter: { [field]: value } });
    assert.deepEqual(sorted(numbersOf(found)), sorted(expected));
    assert.deepEqual(await read(line, 'customer', { filter: { [field]: "O'B & #" } }), []);
  },
};

const UNKNOWN_FILTER = forEachKind(
  'a filter on a field that is none is an error, not an empty list',
  'read',
  {
    changes: false,
    run: async (line, kind) => {
      const error = await errorOf(read(line, kind, { filter: { NoSuchField: '1' } }));
      assert.ok(['INFOR_FIELD', 'M3_FIELD'].includes(error.errorCode), error.errorCode);
      assert.match(error.what, /NoSuchField|NOSUCHFIELD/i);
    },
  },
);

/** Reads a list while somebody changes the system after its first page. */
async function drift(line: LineUnderTest, act: (numbers: string[]) => void): Promise<string[]> {
  const came: string[] = [];
  let acted = false;
  for await (const page of line.line.list('customer', OPTIONS)) {
    came.push(...numbersOf(page));
    if (!acted) act(came);
    acted = true;
  }
  return came;
}

const drifting = (name: string, act: (line: LineUnderTest, came: string[]) => string[]): Check => ({
  name: `customer: ${name} between two pages loses no other record and doubles none`,
  changes: true,
  options: MANY,
  run: async (line) => {
    const before = line.screens.numbers('customer');
    let touched: string[] = [];
    const came = await drift(line, (first) => (touched = act(line, first)));
    assert.equal(new Set(came).size, came.length, 'one came twice');
    const lost = before.filter((number) => !touched.includes(number) && !came.includes(number));
    assert.deepEqual(lost, []);
  },
});

const DRIFT: Check[] = [
  drifting('a record removed', ({ screens }, came) => {
    for (const number of came.slice(0, 3)) screens.remove('customer', number);
    return came.slice(0, 3);
  }),
  drifting('a record added', ({ screens }) => [
    screens.add('customer', 'AAA first'),
    screens.add('customer', 'ZZZ'),
  ]),
  drifting('a record renamed', ({ screens }, came) => {
    screens.rename('customer', came[0]!, 'ZZZ last');
    screens.rename('customer', screens.numbers('customer').at(-1)!, 'AAA first');
    return [];
  }),
];

export const PAGING: Check[] = [
  ...[LIMITS, COST, ...NO_N_PLUS_1, ...SMALL, ...START, FILTER],
  ...[...UNKNOWN_FILTER, ...DRIFT],
];
