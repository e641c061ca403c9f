import * as fc from 'fast-check';
import { dayOf, decimalOf, isNoDay } from '../../../connectors/infor/formats.ts';

/** Amounts as systems and tenants write them. */

test.each([
  ['1234.50', '1234.50'],
  ['100.00000000', '100.00'],
  ['0012', '12'],
  ['.5', '0.5'],
  ['-7.25', '-7.25'],
  ['7.25-', '-7.25'],
  ['1500,00', '1500.00'],
  ['1.500,00', '1500.00'],
  ['1,234,567', '1234567'],
  ['1.234.567', '1234567'],
  ["1'234.5", '1234.5'],
  ['1 234,50', '1234.50'],
  ['1\u00a0234\u00a0567,50-', '-1234567.50'],
  ['1,234.56', '1234.56'],
])('%s is %s', (written, plain) => expect(decimalOf(written)).toBe(plain));

test.each(['', ' ', '-', '.', 'n/a', '1.2.3', '--5', '-5-', '1,50,00', '1,500.00,0', '1e5', 'EUR 5', '12 %'])(
  '“%s” is no amount',
  (written) => expect(decimalOf(written)).toBe(''),
);

test.each([
  ['2026-02-28', '2026-02-28', false],
  ['20260228', '2026-02-28', false],
  ['2026-02-28T13:00:00Z', '2026-02-28', false],
  ['20260228 13:00:00.000', '2026-02-28', false],
  ['', '', true],
  ['0', '', true],
  ['00000000', '', true],
  ['0000-00-00T00:00:00Z', '', true],
  ['0001-01-01T00:00:00', '', true],
  ['00010101 00:00:00.000', '', true],
  ['0000-12-31', '', false],
  ['28.02.2026', '', false],
  ['202602281', '', false],
  ['soon', '', false],
])('“%s” is the day “%s”, and means none: %p', (written, day, isNone) => {
  expect([dayOf(written), isNoDay(written)]).toEqual([day, isNone]);
});

test('1,500 is fifteen hundred in one country and one and a half in another, so it is neither', () =>
  expect(decimalOf('1,500')).toBe(''));

test('every amount comes back exactly, in whatever style it was written', () => {
  const style = fc.constantFrom([',', '.'], ['.', ','], [' ', ','], ["'", '.'], ['', '.'], ['', ',']);
  fc.assert(
    fc.property(
      fc.bigInt({ min: 0n, max: 10n ** 18n }),
      style,
      fc.boolean(),
      (cents, [group, point], minus) => {
        const [whole, rest] = [String(cents / 100n), String(cents % 100n).padStart(2, '0')];
        const grouped = whole.replace(/\B(?=(\d{3})+$)/g, group!);
        const sign = minus ? '-' : '';
        expect(decimalOf(`${sign}${grouped}${point}${rest}`)).toBe(`${sign}${whole}.${rest}`);
      },
    ),
    { numRuns: 2000 },
  );
});
