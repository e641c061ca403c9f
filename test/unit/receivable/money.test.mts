import fc from 'fast-check';
import { decimalsOf, timesMinor, toMinor, toText } from '../../../sync/money.ts';

/** Amounts are exact: no cent is made or lost by a binary fraction. */

const SEED = Number(process.env.SEED ?? 20261123);
const decimals = fc.constantFrom(0, 2, 3, 4);
const minor = fc.integer({ min: -9_999_999_999, max: 9_999_999_999 });

test(`an amount survives the way into JSON and back (seed ${SEED})`, () => {
  fc.assert(
    fc.property(minor, decimals, (amount, places) => {
      const text = toText(amount, places);
      expect(toMinor(text, places)).toBe(amount);
      expect(toMinor(Number(text), places)).toBe(amount);
      expect(
        toMinor(
          JSON.parse(text.replace(/^-?0+(?=\d)/, (zeros) => (zeros.startsWith('-') ? '-' : '')) || '0'),
          places,
        ),
      ).toBe(amount);
    }),
    { numRuns: 20_000, seed: SEED },
  );
});

test(`price times quantity is the sum of its parts (seed ${SEED})`, () => {
  fc.assert(
    fc.property(fc.nat(9_999_999), fc.nat(9999), decimals, (price, quantity, places) => {
      expect(timesMinor(Number(toText(price, places)), quantity, places)).toBe(price * quantity);
    }),
    { numRuns: 20_000, seed: SEED },
  );
});

test.each([
  [0.1 + 0.2, 2, 30],
  [1.005, 2, 101],
  [-1.005, 2, -101],
  [19.989999999999998, 2, 1999],
  [1e21, 0, undefined],
  [1e-7, 2, 0],
  ['1.5e2', 2, 15_000],
  [1234.5, 0, 1235],
  [0.0005, 3, 1],
  ['', 2, 0],
  [null, 2, 0],
  ['12,50', 2, undefined],
  ['abc', 2, undefined],
  [Number.NaN, 2, undefined],
  [{}, 2, undefined],
])('%p with %d decimals is %p', (amount, places, expected) => {
  expect(toMinor(amount, places)).toBe(expected);
});

test('a price finer than the currency is rounded once, after the multiplication', () => {
  expect(timesMinor(0.0125, 1000, 2)).toBe(1250);
  expect(timesMinor(0.335, 3, 2)).toBe(101);
  expect(timesMinor(99.99, 1.5, 2)).toBe(14_999);
});

test('currencies have the decimals of ISO 4217', () => {
  expect(['EUR', 'JPY', 'KWD', 'CLF', 'ISK'].map(decimalsOf)).toEqual([2, 0, 3, 4, 0]);
  expect(['eur', 'EURO', '', '€'].map(decimalsOf)).toEqual([undefined, undefined, undefined, undefined]);
});
