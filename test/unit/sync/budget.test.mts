import * as fc from 'fast-check';
import {
  chooseStateRead,
  chooseWriteWay,
  inBlocks,
  MEMBERS_PER_BULK,
  OPERATIONS_PER_BATCH,
} from '../../../sync/budget.ts';
import type { Effect } from '../../../sync/types.ts';

const effects = (count: number): Effect[] =>
  Array.from({ length: count }, (_, i) => ({
    kind: 'archive',
    key: `${i}`,
    memberId: '',
    recordNumber: '',
    fingerprint: '',
    why: '',
  }));

test.each([
  [1, 0, 0, 'single'],
  [10, 1_000_000, 0, 'single'],
  [11, 3000, 0, 'pages'],
  [1000, 0, 0, 'pages'],
  [100, 50_000, 2000, 'batch'],
  [50_000, 50_000, 2000, 'pages'],
] as const)(
  '%d addresses in an audience of %d and %d archived are read as %s',
  (addresses, listed, archived, way) => {
    expect(chooseStateRead(addresses, listed, archived)).toBe(way);
  },
);

test('a few contacts never wait for a batch, many never go one by one', () => {
  expect(chooseWriteWay(effects(10), true)).toEqual({ creates: 'put', others: 'plain' });
  expect(chooseWriteWay(effects(11), true)).toEqual({ creates: 'bulk', others: 'batch' });
});

test('an incompletely read audience never gets the bulk call that carries a status', () => {
  fc.assert(fc.property(fc.nat(5000), (count) => chooseWriteWay(effects(count), false).creates !== 'bulk'));
});

test('1,000 changed contacts, each with tags, cost at most 4 write requests in any mix', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1000 }), (created) => {
      const bulk = inBlocks(effects(created), MEMBERS_PER_BULK).length;
      const batch = inBlocks(effects(2 * (1000 - created)), OPERATIONS_PER_BATCH).length;
      return bulk + batch <= 4;
    }),
  );
});
