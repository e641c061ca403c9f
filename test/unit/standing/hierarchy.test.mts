import * as fc from 'fast-check';
import { accountGroups, GROUPINGS, type Account, type Member } from '../../../sync/standing/hierarchy.ts';

const member = (number: string, rest: Partial<Member> = {}): Member => ({
  ...{ number, parentNumber: '', payerNumber: '', groupNumber: '' },
  ...rest,
});
const child = (number: string, parentNumber: string): Member => member(number, { parentNumber });

/** Step by step, one customer after the other: slow, and right at a glance. */
function naiveTop(members: Member[], number: string): Omit<Account, 'groupSize'> {
  const parentOf = (at: string): string | undefined => {
    const parent = members.find((one) => one.number === at)?.parentNumber;
    return parent === '' || parent === at ? undefined : parent;
  };
  const walked: string[] = [];
  for (let at: string | undefined = number; at !== undefined; at = parentOf(at)) {
    const first = walked.indexOf(at);
    if (first >= 0) return { accountGroup: walked.slice(first).sort()[0]!, depth: first, cycle: true };
    walked.push(at);
  }
  return { accountGroup: walked.at(-1)!, depth: walked.length - 1, cycle: false };
}

const naive = (members: Member[]): Map<string, Account> => {
  const tops = members.map(({ number }) => [number, naiveTop(members, number)] as const);
  const size = (group: string): number => tops.filter(([, top]) => top.accountGroup === group).length;
  return new Map(tops.map(([number, top]) => [number, { ...top, groupSize: size(top.accountGroup) }]));
};

/** Few numbers, so that chains, circles and parents that nobody read are frequent. */
const anyNumber = fc.integer({ min: 0, max: 14 }).map((n) => `C${n}`);
const anyLink = fc.oneof(fc.constant(''), anyNumber);
const anyMembers = fc.uniqueArray(
  fc.record({ number: anyNumber, parentNumber: anyLink, payerNumber: anyLink, groupNumber: anyLink }),
  { selector: ({ number }) => number, maxLength: 12 },
);
const sortedEntries = (map: Map<string, Account>) => [...map].sort(([a], [b]) => (a < b ? -1 : 1));

test('the top parent is that of a walk by hand, for every hierarchy', () => {
  fc.assert(
    fc.property(anyMembers, (members) =>
      expect(sortedEntries(accountGroups(members, 'parent'))).toEqual(sortedEntries(naive(members))),
    ),
    { numRuns: 3000 },
  );
});

test('the order of the rows changes nothing, for every choice', () => {
  const shuffled = anyMembers.chain((members) =>
    fc.tuple(
      fc.constant(members),
      fc.shuffledSubarray(members, { minLength: members.length, maxLength: members.length }),
    ),
  );
  fc.assert(
    fc.property(shuffled, fc.constantFrom(...GROUPINGS), ([members, other], grouping) =>
      expect(sortedEntries(accountGroups(other, grouping))).toEqual(
        sortedEntries(accountGroups(members, grouping)),
      ),
    ),
    { numRuns: 1500 },
  );
});

test('sizes add up to the customers, and a group is never empty', () => {
  fc.assert(
    fc.property(anyMembers, fc.constantFrom(...GROUPINGS), (members, grouping) => {
      const accounts = [...accountGroups(members, grouping).values()];
      const sizes = new Map(accounts.map(({ accountGroup, groupSize }) => [accountGroup, groupSize]));
      expect([...sizes.values()].reduce((sum, size) => sum + size, 0)).toBe(members.length);
    }),
    { numRuns: 1000 },
  );
});

test('First of Them keeps the members of a group, and of a family without one, together with its head', () => {
  fc.assert(
    fc.property(anyMembers, (members) => {
      const accounts = accountGroups(members, 'first');
      for (const { number, groupNumber } of members) {
        if (groupNumber === '' || groupNumber === number) continue;
        const { accountGroup, cycle } = accounts.get(number)!;
        const head = accounts.get(groupNumber)?.accountGroup;
        expect(accountGroup).toBe(cycle ? head : groupNumber);
      }
    }),
    { numRuns: 1000 },
  );
  const family = [
    member('G'),
    member('P', { payerNumber: 'BANK' }),
    child('A', 'P'),
    member('B', { groupNumber: 'G', parentNumber: 'P' }),
    member('C', { payerNumber: 'BANK' }),
  ];
  const groups = [...accountGroups(family, 'first')].map(
    ([number, { accountGroup }]) => number + accountGroup,
  );
  expect(groups).toEqual(['GG', 'PP', 'AP', 'BG', 'CBANK']);
});

test('payer and group are one step; who names each other in a circle is one group with those who name one of them', () => {
  const circle = { D: 'C', C: 'B', B: 'A', A: 'B', E: 'GONE' };
  for (const [grouping, field] of [
    ['payer', 'payerNumber'],
    ['group', 'groupNumber'],
  ] as const) {
    const members = Object.entries(circle).map(([number, named]) => member(number, { [field]: named }));
    expect(Object.fromEntries(accountGroups(members, grouping))).toEqual({
      A: { accountGroup: 'A', depth: 0, cycle: true, groupSize: 3 },
      B: { accountGroup: 'A', depth: 0, cycle: true, groupSize: 3 },
      C: { accountGroup: 'A', depth: 1, cycle: true, groupSize: 3 },
      D: { accountGroup: 'C', depth: 1, cycle: false, groupSize: 1 },
      E: { accountGroup: 'GONE', depth: 1, cycle: false, groupSize: 1 },
    });
  }
});

test('one step is that of a walk by hand, for every hierarchy', () => {
  fc.assert(
    fc.property(anyMembers, (members) => {
      const payers = members.map(({ number, payerNumber }) => child(number, payerNumber));
      const accounts = accountGroups(members, 'payer');
      for (const { number, payerNumber } of members) {
        const top = naiveTop(payers, number);
        const named = payerNumber === '' ? number : payerNumber;
        const expected = top.cycle && top.depth <= 1 ? top.accountGroup : named;
        expect(accounts.get(number)!.accountGroup).toBe(expected);
      }
    }),
    { numRuns: 2000 },
  );
});

describe('twisted hierarchies', () => {
  const top = (members: Member[], number: string): Account => accountGroups(members, 'parent').get(number)!;

  test('depth 50, 1,000 and 100,000 in one chain, listed from either end, in a moment', () => {
    for (const length of [50, 1000, 100_000]) {
      const chain = Array.from({ length }, (_, i) => child(`N${i}`, i === 0 ? '' : `N${i - 1}`));
      const started = performance.now();
      for (const listed of [chain, [...chain].reverse()])
        expect(top(listed, `N${length - 1}`)).toEqual({
          ...{ accountGroup: 'N0', depth: length - 1, cycle: false, groupSize: length },
        });
      expect(performance.now() - started).toBeLessThan(10_000);
    }
  });

  test('a circle of 100,000, with a tail that hangs on it', () => {
    const length = 100_000;
    const circle = Array.from({ length }, (_, i) => child(`N${i}`, `N${(i + 1) % length}`));
    const tail = [child('T1', 'N5'), child('T2', 'T1')];
    const accounts = accountGroups([...tail, ...circle], 'parent');
    expect(accounts.get('N777')).toEqual({
      ...{ accountGroup: 'N0', depth: 0, cycle: true, groupSize: length + 2 },
    });
    expect(accounts.get('T2')).toEqual({
      ...{ accountGroup: 'N0', depth: 2, cycle: true, groupSize: length + 2 },
    });
  });

  test('a customer that is its own parent stands alone; two that are each other’s do not', () => {
    expect(top([child('A', 'A')], 'A')).toMatchObject({ accountGroup: 'A', depth: 0, cycle: false });
    expect(top([child('B', 'A'), child('A', 'B')], 'B')).toMatchObject({ accountGroup: 'A', cycle: true });
  });

  test('the smallest number of a circle is that of a plain text compare', () => {
    expect(top([child('10', '9'), child('9', '10')], '9').accountGroup).toBe('10');
    expect(top([child('b', 'Z'), child('Z', 'b')], 'b').accountGroup).toBe('Z');
    expect(top([child('é', 'z'), child('z', 'é')], 'é').accountGroup).toBe('z');
  });

  test('a parent that was not read is the group of all its children', () => {
    const accounts = accountGroups([child('A', 'GONE'), child('B', 'gone '), child('C', 'B')], 'parent');
    expect(accounts.get('A')).toEqual({ accountGroup: 'GONE', depth: 1, cycle: false, groupSize: 3 });
    expect(accounts.get('C')).toEqual({ accountGroup: 'GONE', depth: 2, cycle: false, groupSize: 3 });
  });

  test('blanks and capitals are no other customer, unless there is one', () => {
    expect(top([child('  a1', ''), child('B', 'A1 ')], 'B').accountGroup).toBe('a1');
    expect(top([child('a1', ''), child('A1', ''), child('B', 'a1')], 'B').accountGroup).toBe('a1');
  });

  test('numbers that are names of JavaScript’s own are numbers', () => {
    const odd = [child('__proto__', 'constructor'), child('constructor', ''), child('toString', '__proto__')];
    expect(top(odd, 'toString')).toMatchObject({ accountGroup: 'constructor', depth: 2, groupSize: 3 });
  });

  test('nobody at all', () => expect(accountGroups([], 'first').size).toBe(0));
});
