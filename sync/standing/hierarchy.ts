import { Numbers, smaller } from './numbers';

/** By what customers belong together. */
export const GROUPINGS = ['parent', 'payer', 'group', 'first'] as const;
export type Grouping = (typeof GROUPINGS)[number];

/** What a customer says of its account; numbers as the source has them, '' for none. */
export interface Member {
  number: string;
  parentNumber: string;
  payerNumber: string;
  groupNumber: string;
}

export interface Account {
  /** Number of the customer that stands for the group, also where that one was not read. */
  accountGroup: string;
  /** Steps from the customer to it; 0 for itself. */
  depth: number;
  /** Parents, payers or groups name each other in a circle: the group is the smallest number of it. */
  cycle: boolean;
  /** Customers of this read in the group. */
  groupSize: number;
}

type Place = Omit<Account, 'groupSize'>;
type Links = ReadonlyMap<string, string>;

const alone = (number: string): Place => ({ accountGroup: number, depth: 0, cycle: false });

/** A circle of parents, from `start` round to it again. */
function placeCircle(start: string, parents: Links, places: Map<string, Place>): void {
  let least = start;
  for (let at = parents.get(start)!; at !== start; at = parents.get(at)!) least = smaller(least, at);
  let at = start;
  do {
    places.set(at, { accountGroup: least, depth: 0, cycle: true });
    at = parents.get(at)!;
  } while (at !== start);
}

/**
 * The top of every chain of parents. Each customer is walked once, so that the work grows with their number, however
 * deep the chains are.
 */
function tops(numbers: Iterable<string>, parents: Links): Map<string, Place> {
  const places = new Map<string, Place>();
  for (const number of numbers) {
    const path: string[] = [];
    const onPath = new Set<string>();
    let at = number;
    while (!places.has(at) && !onPath.has(at)) {
      const parent = parents.get(at);
      if (parent === undefined) {
        places.set(at, alone(at));
        break;
      }
      path.push(at);
      onPath.add(at);
      at = parent;
    }
    if (!places.has(at)) placeCircle(at, parents, places);
    for (const below of path.reverse()) {
      if (places.has(below)) continue;
      const above = places.get(parents.get(below)!)!;
      places.set(below, { ...above, depth: above.depth + 1 });
    }
  }
  return places;
}

function wholeChain(numbers: Iterable<string>, links: Links): (number: string) => Place {
  const places = tops(numbers, links);
  return (number) => places.get(number)!;
}

/** The customer that is named. Those who name each other in a circle are one group, and with them who names one. */
function oneStep(numbers: Iterable<string>, links: Links): (number: string) => Place {
  const places = tops(numbers, links);
  const circleAt = (number: string): Place | undefined => {
    const place = places.get(number)!;
    return place.cycle && place.depth === 0 ? place : undefined;
  };
  return (number) => {
    const other = links.get(number);
    if (other === undefined) return alone(number);
    const circle = circleAt(other);
    return circleAt(number) ?? { accountGroup: circle?.accountGroup ?? other, depth: 1, cycle: !!circle };
  };
}

/** Who says something by this kind of link, and whom it names: the head of a group belongs to its own group. */
const concerned = (links: Links): Set<string> => new Set([...links.keys(), ...links.values()]);

function placing(grouping: Grouping, numbers: Numbers): (number: string) => Place {
  const { all } = numbers;
  const groups = numbers.links('groupNumber');
  const parents = numbers.links('parentNumber');
  const by = {
    group: () => oneStep(all, groups),
    parent: () => wholeChain(all, parents),
    payer: () => oneStep(all, numbers.links('payerNumber')),
  };
  if (grouping !== 'first') return by[grouping]();
  const [byGroup, byParent, byPayer] = [by.group(), by.parent(), by.payer()];
  const [inGroup, inFamily] = [concerned(groups), concerned(parents)];
  return (number) =>
    inGroup.has(number) ? byGroup(number) : inFamily.has(number) ? byParent(number) : byPayer(number);
}

/**
 * The account group of each customer, the same in whatever order they come.
 * - `parent`: the top of the chain of parents; a parent that was not read ends the chain, and is the group.
 * - `payer` and `group`: the customer that the field names, one step; of a circle its smallest number.
 * - `first`: the group where the customer has one or heads one; else the top parent where it has a parent or is one;
 *   else its payer.
 * A customer that names itself, or nobody, is its own group.
 * @returns by trimmed number
 */
export function accountGroups(members: Iterable<Member>, grouping: Grouping): Map<string, Account> {
  const numbers = new Numbers(members);
  const placeOf = placing(grouping, numbers);
  const places = new Map(numbers.all.map((number) => [number, placeOf(number)]));
  const sizes = new Map<string, number>();
  for (const { accountGroup } of places.values()) sizes.set(accountGroup, (sizes.get(accountGroup) ?? 0) + 1);
  return new Map(
    [...places].map(([number, place]) => [number, { ...place, groupSize: sizes.get(place.accountGroup)! }]),
  );
}
