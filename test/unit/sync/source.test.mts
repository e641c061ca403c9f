import fc from 'fast-check';
import { sourceIn } from '../../../sync/source.ts';

test.each([
  'event 0f3a',
  'document infor-nid:ACME:7:?CustomerPartyMaster&verb=Sync',
  'message 4e1c',
  'order shop/1001',
])('%s is taken as it is', (source) => expect(sourceIn({ source: ` ${source} ` })).toBe(source));

test.each([
  'anna@shop.example',
  'event anna@shop.example',
  'Anna Berg',
  'website',
  'event two words',
  '',
  7,
  null,
])('a field of the user’s own named source never reaches the ledger: %p', (source) =>
  expect(sourceIn({ source })).toBe(''),
);

test('whatever an item holds, no address and no sentence comes out', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.emailAddress(), fc.jsonValue()), (source) => {
      expect(sourceIn({ source })).toMatch(/^$|^(?:document|event|message|order) [^\s@]{1,200}$/);
    }),
  );
});
