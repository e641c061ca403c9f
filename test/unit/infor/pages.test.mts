import fc from 'fast-check';
import type { Mi } from '../../../connectors/infor/m3/mi.ts';
import { listCustomers } from '../../../connectors/infor/m3/customers.ts';
import { pagesOf } from '../../../connectors/infor/m3/pages.ts';
import { settingsOf } from '../../../connectors/infor/m3/settings.ts';

/** M3 with these rows; a deaf one begins at the first row whatever the start. */
const lists = (rows: string[], cap: number, deaf: boolean): Mi => ({
  call: async ({ record, maxRecords = 0 }) =>
    rows
      .filter((row) => deaf || row >= (record.CUNO ?? ''))
      .slice(0, Math.min(cap, maxRecords))
      .map((CUNO) => ({ CUNO })),
  bulk: async () => [],
});
const read = async (mi: Mi): Promise<string[]> => {
  const list = { program: 'CRS610MI', transaction: 'LstByNumber', record: {} };
  const all: string[] = [];
  for await (const page of pagesOf(mi, list, 'CUNO')) all.push(...page.map(({ CUNO = '' }) => CUNO));
  return all;
};

const SETTINGS = settingsOf({ values: {}, fieldNames: {}, referenceFields: {} });

test('a list gives each row once, however few M3 gives at a time', async () => {
  const rows = fc.uniqueArray(fc.stringMatching(/^[0-9A-Z]{1,6}$/), { maxLength: 60 });
  await fc.assert(
    fc.asyncProperty(rows, fc.integer({ min: 2, max: 70 }), async (some, cap) => {
      const sorted = [...some].sort();
      expect(await read(lists(sorted, cap, false))).toEqual(sorted);
    }),
  );
});

test('a list ends with an error where M3 does not go on, instead of never', async () => {
  await expect(read(lists(['1', '2', '3', '4'], 3, true))).rejects.toMatchObject({
    errorCode: 'M3_TRANSACTION',
  });
});

test('a filter on a field that M3 leaves out without a word is an error, not an empty company', async () => {
  const mi: Mi = { call: async () => [{ CUNO: '1', CUCL: '100' }], bulk: async () => [] };
  const query = {
    withCrossReference: false,
    filter: { CUCLX: '100' },
    emailHome: 'MAIL',
    withFinancials: false,
    activeStatuses: ['20'],
  };
  const customers = listCustomers(mi, query, SETTINGS);
  await expect(customers.next()).rejects.toMatchObject({
    errorCode: 'M3_FIELD',
    what: expect.stringContaining('CUCLX'),
  });
});
