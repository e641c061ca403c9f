import fc from 'fast-check';
import type { ConnectorError } from '../../../connectors/errors.ts';
import type { HttpRequest, HttpResponse } from '../../../connectors/http/port.ts';
import type { Safety } from '../../../connectors/http/retry.ts';
import type { Gateway } from '../../../connectors/infor/gateway.ts';
import { isNotFound, miError, readAnswer, type MiResult } from '../../../connectors/infor/m3/answer.ts';
import { splitAddresses } from '../../../connectors/infor/emails.ts';
import { miDate, miNumber, trimmed } from '../../../connectors/infor/m3/fields.ts';
import { createMi, isRead } from '../../../connectors/infor/m3/mi.ts';
import { toParty } from '../../../connectors/infor/m3/party.ts';

const answer = (status: number, body: unknown): HttpResponse => ({ status, headers: {}, body });
const errors = (results: MiResult[]) =>
  results.map((result) => ('error' in result ? result.error : undefined));

describe('which transactions may be repeated', () => {
  test.each([
    'Get',
    'GetBasicData',
    'Lst',
    'LstByNumber',
    'List',
    'Select',
    'SelectPad',
    'SelItem',
    'SearchItem',
  ])('%s is a read', (name) => expect(isRead(name)).toBe(true));

  test.each([
    'Add',
    'ChgBasicData',
    'Delete',
    'RtvNextNumber',
    'SndItmDesc',
    'Settle',
    'Getaway',
    'CheckCredit',
    'get',
    '',
  ])('“%s” counts as a write', (name) => expect(isRead(name)).toBe(false));
});

describe('what stands in an address', () => {
  const sentBy = async (transaction: string, record: Record<string, string>): Promise<HttpRequest> => {
    const sent: Array<Omit<HttpRequest, 'url'> & { path: string }> = [];
    const gateway: Gateway = {
      pathOf: (link) => link,
      tenant: 'T',
      send: async (request) => (sent.push(request), answer(200, { results: [{ records: [] }] })),
    };
    await createMi(gateway, { company: '', division: '' }).call({ program: 'CRS610MI', transaction, record });
    return { ...sent[0]!, url: sent[0]!.path };
  };

  test('never a name, an e-mail address or a search text', async () => {
    for (const field of ['CUNM', 'MAIL', 'PHNO', 'SQRY', 'QERY', 'EMAL', 'XXXX']) {
      const { method, url, query } = await sentBy('LstByName', { CUNO: '1', [field]: 'anna@one.example' });
      expect(method).toBe('POST');
      expect(url + JSON.stringify(query ?? {})).not.toContain('anna');
    }
  });

  test('the key of a record, so that a list stays one plain GET', async () => {
    expect((await sentBy('LstByNumber', { CUNO: 'Y30000' })).method).toBe('GET');
  });
});

describe('an answer of M3', () => {
  test('gives an outcome to each transaction, however few results came', () => {
    fc.assert(
      fc.property(fc.nat(20), fc.nat(20), (came, asked) => {
        const results = Array.from({ length: came }, () => ({ records: [{ CUNO: '1' }] }));
        const read = readAnswer(answer(200, { results, wasTerminated: came < asked }), asked, 'repeatable');
        expect(read).toHaveLength(asked);
        read.forEach((result, i) => expect('records' in result).toBe(i < came));
      }),
    );
  });

  test.each([200, 400])(
    'with one error at its top (HTTP %d) never says that 100 records do not exist',
    (status) => {
      const body = {
        errorMessage: 'XRE0103   Record does not exist',
        errorCode: 'XRE0103',
        wasTerminated: true,
      };
      expect(
        errors(readAnswer(answer(status, body), 100, 'repeatable')).some((error) => isNotFound(error!)),
      ).toBe(false);
      expect(
        errors(readAnswer(answer(status, body), 1, 'repeatable')).every((error) => isNotFound(error!)),
      ).toBe(true);
    },
  );

  test('is understood in any language of the user', () => {
    const body = { results: [{ errorMessage: 'Kundnummer X finns inte', errorCode: 'WCU0203' }] };
    const [error] = errors(readAnswer(answer(200, body), 1, 'repeatable'));
    expect(miError('CRS610MI', 'GetBasicData', error!).errorCode).toBe('M3_NOT_FOUND');
  });

  test.each([
    [403, {}, 'ION_FORBIDDEN'],
    [404, {}, 'ION_TENANT_UNKNOWN'],
    [200, '<html>', 'ION_ANSWER'],
    [200, {}, 'ION_ANSWER'],
    [200, [], 'ION_ANSWER'],
    [502, { results: [] }, 'ION_UNAVAILABLE'],
    [302, '', 'ION_ANSWER'],
  ])('that is none (HTTP %d, %j) is an error', (status, body, errorCode) => {
    expect(() => readAnswer(answer(status, body), 1, 'repeatable')).toThrow(
      expect.objectContaining({ errorCode }),
    );
  });
});

test.each([
  [504, ''],
  [502, '<html>'],
  [200, '<html>'],
])('a write that ends with HTTP %d says that it may have been done, a read does not', (status, body) => {
  const remedyOf = (safety: Safety): string => {
    try {
      readAnswer(answer(status, body), 1, safety);
    } catch (error) {
      return (error as ConnectorError).remedy;
    }
    throw new Error('no error came');
  };
  expect(remedyOf('once')).toContain('may have been made');
  expect(remedyOf('repeatable')).not.toContain('may have been made');
});

test('an e-mail address that M3 quotes in its refusal stands in no error text', () => {
  const body = {
    results: [{ errorMessage: 'E-mail address MAIL   anna@one.example is not valid', errorField: 'MAIL' }],
  };
  const [error] = errors(readAnswer(answer(200, body), 1, 'once'));
  expect(miError('CRS610MI', 'ChgBasicData', error!).message).toBe(
    '[M3_TRANSACTION] M3 did not do CRS610MI/ChgBasicData: E-mail address … is not valid (MAIL).',
  );
});

describe('fields', () => {
  test.each([
    ['20240131', '2024-01-31'],
    ['0', ''],
    ['00000000', ''],
    ['', ''],
    [' ', ''],
  ])('the date “%s” is “%s”', (given, expected) => expect(miDate(given)).toBe(expected));

  test.each([
    ['1500.00', 1500],
    ['1500,5', 1500.5],
    ['1.500,25', 1500.25],
    ['0012', 12],
    ['12-', -12],
    ['-0,5', -0.5],
    ['', undefined],
    ['abc', undefined],
  ])('the number “%s” is %p', (given, expected) => expect(miNumber(given)).toBe(expected));

  test('numbers with two decimals are read back, whichever sign M3 writes', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e9, max: 1e9 }), fc.constantFrom('.', ','), (cents, sign) => {
        const text = (Math.abs(cents) / 100).toFixed(2).replace('.', sign) + (cents < 0 ? '-' : '');
        expect(miNumber(text)).toBeCloseTo(cents / 100, 5);
      }),
    );
  });

  test('keep blanks at the front, lose those at the end, and are texts', () => {
    expect(trimmed({ A: ' x  ', B: 7, C: null })).toEqual({ A: ' x', B: '7', C: '' });
  });
});

test('several addresses in one field are split in their order, none lost, none twice', () => {
  const address = fc.stringMatching(/^[a-z]{1,5}@[a-z]{1,5}\.example$/);
  fc.assert(
    fc.property(fc.array(address), fc.constantFrom(';', ',', ' ', ' ; ', '\n', ';;'), (addresses, by) => {
      expect(splitAddresses(addresses.join(by))).toEqual([...new Set(addresses)]);
    }),
  );
});

test('a customer whose finances were not found is unknown, never good', () => {
  const party = toParty({ basic: { CUNO: '1', STAT: '20', TDIN: '0' }, emails: [], activeStatuses: ['20'] });
  expect(party.financialStatus).toBe('unknown');
});
