import * as fc from 'fast-check';
import { sameValue, typedValue } from '../../../sync/mapping.ts';
import { field } from './world.mts';

const NL = { line1: 'Kade 1', city: 'Delft', postalCode: '1011', country: 'nl' };

describe('a value becomes what its merge field takes', () => {
  test.each([
    ['text', ' Åsa ', 'Åsa'],
    ['text', 12, '12'],
    ['text', undefined, ''],
    ['text', 'x'.repeat(255), 'x'.repeat(255)],
    ['number', '0012.50', 12.5],
    ['number', '', ''],
    ['number', 0, 0],
    ['date', '20240229', '2024-02-29'],
    ['date', '2024-02-29T10:00:00Z', '2024-02-29'],
    ['date', '0', ''],
    ['date', new Date('2024-01-31T00:00:00Z'), '2024-01-31'],
    ['birthday', '19801221', '12/21'],
    ['birthday', '12/21', '12/21'],
    ['phone', '+46 8 123', '+46 8 123'],
    ['zip', '90210', '90210'],
  ])('%s: %j is sent as %j', (type, raw, value) => {
    expect(typedValue(raw, field('F', type))).toEqual({ value });
  });

  test.each([
    ['number', 'n/a', 'merge-value'],
    ['number', '1,5', 'merge-value'],
    ['date', '20240230', 'merge-value'],
    ['date', 'soon', 'merge-value'],
    ['text', { a: 1 }, 'merge-value'],
    ['text', 'å'.repeat(128), 'merge-value-too-long'],
  ])('%s: %j is refused, never bent into shape', (type, raw, problem) => {
    expect(typedValue(raw, field('F', type))).toEqual({ problem });
  });

  test('a choice is matched without regard to case and sent in the audience’s spelling', () => {
    const status = field('S', 'dropdown', ['Active', 'On hold']);
    expect(typedValue('on HOLD', status)).toEqual({ value: 'On hold' });
    expect(typedValue('other', status)).toEqual({ problem: 'merge-value' });
  });
});

describe('an address is sent whole or not at all', () => {
  const address = field('ADDRESS', 'address');

  test.each([
    ['complete, no state needed', NL, true],
    ['no street', { ...NL, line1: '' }, false],
    ['no city', { ...NL, city: '' }, false],
    ['no postal code', { ...NL, postalCode: ' ' }, false],
    ['US without state', { ...NL, country: 'US' }, false],
    ['US with state', { ...NL, country: 'US', state: 'NY' }, true],
    ['no country is taken for the US', { ...NL, country: '' }, false],
    ['nothing mapped', undefined, false],
  ])('%s', (_case, raw, sent) => {
    expect('value' in typedValue(raw, address)).toBe(sent);
  });

  test('Mailchimp’s own keys work too', () => {
    const value = { addr1: 'Kade 1', addr2: '', city: 'Delft', state: '', zip: '1011', country: 'NL' };
    expect(typedValue(value, address)).toEqual({ value });
  });
});

test('no value of any type makes the mapping throw', () => {
  const types = ['text', 'number', 'date', 'birthday', 'address', 'radio', 'phone', 'url'];
  fc.assert(
    fc.property(fc.anything(), fc.constantFrom(...types), (raw, type) => {
      const typed = typedValue(raw, field('F', type, ['a']));
      expect(Object.keys(typed)).toHaveLength(1);
    }),
    { numRuns: 3000 },
  );
});

test('a typed value equals itself after Mailchimp has stored it', () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.string(), fc.double({ noNaN: true, noDefaultInfinity: true }), fc.constant(NL)),
      (raw) => {
        for (const type of ['text', 'number', 'address']) {
          const typed = typedValue(raw, field('F', type));
          if ('value' in typed) expect(sameValue(typed.value, structuredClone(typed.value))).toBe(true);
        }
      },
    ),
  );
});

test.each([
  ['', 0, false],
  [0, '0', true],
  ['12.50', 12.5, true],
  [undefined, '', true],
  ['a ', 'a', true],
  ['', { addr1: '', addr2: '', city: '', state: '', zip: '', country: '' }, false],
])('%j and %j are the same value: %s', (a, b, same) => {
  expect(sameValue(a, b)).toBe(same);
});
