import { addressReader } from '../../../connectors/infor/m3/addresses.ts';
import { financialReader } from '../../../connectors/infor/m3/financials.ts';
import type { Mi, MiCall } from '../../../connectors/infor/m3/mi.ts';
import type { MiResult } from '../../../connectors/infor/m3/answer.ts';

const SETTINGS = { emailType: '04', supplierEmailType: '02', contactReferenceType: '' };

/** An M3 whose e-mail repository holds one address a customer, sorted as its database sorts. */
function repository(sorted: string[]): Mi & { calls: number } {
  const row = (EMKY: string) => ({ EMTP: '04', EMKY, EMAL: `${EMKY}@one.example` });
  const mi = {
    calls: 0,
    call: async ({ record, maxRecords = 0 }: MiCall) => {
      mi.calls += 1;
      return sorted.slice(sorted.indexOf(record.EMKY!)).slice(0, maxRecords).map(row);
    },
    bulk: async (_program: string, calls: Array<Omit<MiCall, 'program'>>): Promise<MiResult[]> => {
      mi.calls += 1;
      return calls.map(({ record }) => ({ records: [row(record.EMKY!)] }));
    },
  };
  return mi;
}

const numbered = (count: number): string[] =>
  Array.from({ length: count }, (_, i) => `C${String(i).padStart(5, '0')}`);

test.each([
  ['as we do', (numbers: string[]) => numbers],
  [
    'letters before digits',
    (numbers: string[]) => [...numbers.slice(0, 900), 'X1', '11', '5A', ...numbers.slice(900)],
  ],
  ['backwards', (numbers: string[]) => [...numbers].reverse()],
])('every address is found when M3 sorts %s', async (_order, arrange) => {
  const sorted = arrange(numbered(997));
  const mi = repository(sorted);
  const found = await addressReader('repositoryList', mi, SETTINGS)(sorted.map((CUNO) => ({ CUNO })));
  expect([...found.keys()].sort()).toEqual([...sorted].sort());
  expect(mi.calls).toBe(1);
});

test('an employee’s address is not taken for that of the customer with the same number', async () => {
  const rows = [
    { EMTP: '04', EMKY: '1', EMAL: 'customer@one.example' },
    { EMTP: '05', EMKY: '2', EMAL: 'employee@one.example' },
  ];
  const mi: Mi = { call: async () => rows, bulk: async () => [] };
  const found = await addressReader('repositoryList', mi, SETTINGS)([{ CUNO: '1' }, { CUNO: '2' }]);
  expect([...found]).toEqual([['1', ['customer@one.example']]]);
});

test.each([
  ['', ['buyer@one.example', 'agent@one.example']],
  ['1', ['buyer@one.example']],
])(
  'contacts of the reference type “%s” are those of the customer',
  async (contactReferenceType, expected) => {
    const rows = [
      { CNPE: 'a', STAT: '20', ERTP: '1', EMRE: '1', EMAL: 'buyer@one.example' },
      { CNPE: 'b', STAT: '20', ERTP: '2', EMRE: '1', EMAL: 'agent@one.example' },
      { CNPE: 'c', STAT: '90', ERTP: '1', EMRE: '1', EMAL: 'gone@one.example' },
    ];
    const mi: Mi = {
      call: async ({ record }) => rows.filter(({ CNPE }) => CNPE >= (record.CNPE ?? '')),
      bulk: async () => [],
    };
    const read = addressReader('contactList', mi, { ...SETTINGS, contactReferenceType });
    expect((await read([{ CUNO: '1' }])).get('1')).toEqual(expected);
  },
);

const refusing = (message: string, notProcessed = false): Mi => ({
  call: async () => [],
  bulk: async (_program, calls) =>
    calls.map(() => ({ error: { code: '', field: '', message, notProcessed } })),
});

test.each([
  ['User is not authorized', false, 'M3_RIGHTS'],
  ['Job ended', true, 'M3_TRANSACTION'],
  ['Customer does not exist', true, 'M3_TRANSACTION'],
])(
  'finances that M3 refuses (“%s”) are an error, not a customer in good standing',
  async (message, stopped, errorCode) => {
    const read = financialReader('bulkGet', refusing(message, stopped));
    await expect(read([{ CUNO: '1' }])).rejects.toMatchObject({ errorCode });
  },
);

test.each(['repositoryGet', 'repositoryList'] as const)(
  'no right to the repository (%s) is an error, not “no addresses”',
  async (way) => {
    const numbers = way === 'repositoryGet' ? ['1'] : ['2', '1'];
    const read = addressReader(way, refusing('No permission'), SETTINGS);
    await expect(read(numbers.map((CUNO) => ({ CUNO })))).rejects.toMatchObject({ errorCode: 'M3_RIGHTS' });
  },
);
