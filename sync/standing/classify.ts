import type { Party } from '../party';
import { factOf, FACTS, type Fact, type FactContext, type FactName } from './facts';
import { accountGroups, type Account, type Grouping } from './hierarchy';
import { NONE, standingBy, UNKNOWN, type Rule, type Standing } from './rules';
import { shown } from './show';
import { tagsBy, type StandingTags } from './tags';

export interface StandingSettings {
  rules: Rule[];
  grouping: Grouping;
  /** What tags begin with. */
  tagPrefix: string;
}

/** Everything that is said of one customer. */
export interface CustomerStanding extends Standing, Account, StandingTags {
  /** What is known of it, whether a rule asked for it or not; null where it is not, or more than was read. */
  facts: Partial<Record<FactName, string | number | null>>;
}

const valueOf = (fact: Fact): string | number | null => {
  if (typeof fact === 'string' || 'moreThan' in fact) return null;
  return 'text' in fact ? fact.text : Number(shown(fact));
};

const shownFacts = (party: Party, context: FactContext): CustomerStanding['facts'] =>
  Object.fromEntries(
    (Object.keys(FACTS) as FactName[])
      .filter((name) => !/^field/.test(name))
      .map((name) => [name, valueOf(factOf(name, '', party, context))]),
  );

/** @returns one standing a party, in order */
export function classify(
  parties: Party[],
  { rules, grouping, tagPrefix }: StandingSettings,
  context: FactContext,
): CustomerStanding[] {
  const accounts = accountGroups(parties, grouping);
  const [standingOf, tagsOf] = [standingBy(rules, context), tagsBy(rules, tagPrefix)];
  return parties.map((party) => {
    const standing = standingOf(party);
    const account = accounts.get(party.number.trim())!;
    return {
      ...standing,
      facts: shownFacts(party, context),
      ...account,
      ...tagsOf(standing.status),
    };
  });
}

/** Such as `On Hold: 2, Delinquent: 0, Dormant: 5, Active: 40, unknown: 1`. */
export function counts(rules: Rule[], standings: Standing[]): string {
  const found = new Map(rules.map(({ status }) => [status.trim(), 0]));
  for (const { status } of standings) found.set(status, (found.get(status) ?? 0) + 1);
  const own = [...found].filter(([status]) => status !== UNKNOWN && status !== NONE);
  const rest = [NONE, UNKNOWN].flatMap((status) => (found.has(status) ? [[status, found.get(status)!]] : []));
  return [...own, ...rest].map(([status, count]) => `${status}: ${count}`).join(', ');
}

/** Rules that can never hold, because they ask what the product line never tells, such as `2 (Overdue Days)`. */
export function deadRules(rules: Rule[], anyone: Party, context: FactContext): string[] {
  return rules.flatMap(({ conditions }, index) => {
    const untold = conditions
      .filter(({ operator }) => operator !== 'notTold')
      .filter(({ fact, field }) => factOf(fact, field.trim(), anyone, context) === 'untold')
      .map(({ fact, field }) => (/^field/.test(fact) ? field.trim() : FACTS[fact]));
    return untold.length > 0 ? [`${index + 1} (${[...new Set(untold)].join(', ')})`] : [];
  });
}
