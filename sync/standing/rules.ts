import type { Party } from '../party';
import {
  ALONE,
  demandOf,
  fits,
  judge,
  OPERATORS,
  type Condition,
  type Demand,
  type Verdict,
} from './condition';
import { exactOf } from './decimal';
import { FACTS, factsOf, TEXT_FACTS, type Fact, type FactContext } from './facts';
import { shown } from './show';

export interface Rule {
  /** The status of a customer for whom all conditions hold. */
  status: string;
  conditions: Condition[];
}

/** A condition that decided, with what was found. */
export interface Ground {
  /** As users call it; the name of the source field behind it. */
  fact: string;
  demand: string;
  /** '' where nothing is known. */
  found: string;
}

export interface Standing {
  /** A status of the table, `unknown` where a fact is missing, `none` where no rule holds. */
  status: string;
  /** Place of the rule that decided, from 1 on; of `unknown` the rule whose fact is missing; 0 for none. */
  rule: number;
  /** Why, as a sentence. */
  because: string;
  /** The conditions of that rule; of `unknown` those whose facts are missing. */
  grounds: Ground[];
}

export const UNKNOWN = 'unknown';
/** Every rule could be answered, and none holds. */
export const NONE = 'none';

const condition = (fact: Condition['fact'], operator: Condition['operator'], value = ''): Condition => ({
  ...{ fact, operator, value },
  field: '',
});

/**
 * Active is everything else. A system that tells overdue days is asked for those; one that tells only the amount is
 * asked for that, because nobody knows how long it is due.
 */
export const DEFAULT_RULES: Rule[] = [
  { status: 'On Hold', conditions: [condition('stop', 'isSet')] },
  { status: 'Delinquent', conditions: [condition('overdueDays', 'above', '30')] },
  {
    status: 'Delinquent',
    conditions: [condition('overdueDays', 'notTold'), condition('overdueAmount', 'above', '0')],
  },
  { status: 'Dormant', conditions: [condition('invoiceDays', 'above', '365')] },
  { status: 'Active', conditions: [] },
];

const RECORD_STATUSES = ['active', 'preliminary', 'inactive'];

function problemOf({ fact, field, operator, value }: Condition): string {
  if (!Object.hasOwn(FACTS, fact)) return `“${String(fact)}” is no fact`;
  if (!Object.hasOwn(OPERATORS, operator)) return `“${String(operator)}” is no operator`;
  const name = FACTS[fact];
  if (!fits(fact, operator)) return `“${OPERATORS[operator]}” does not fit “${name}”`;
  if (/^field/.test(fact) && field.trim() === '') return `“${name}” names no field`;
  if (ALONE.includes(operator)) return '';
  if (value.trim() === '') return `“${name}” is compared with nothing; “Is Empty” asks for that`;
  if (fact === 'recordStatus' && operator !== 'contains' && !RECORD_STATUSES.includes(value.trim()))
    return `a record is ${RECORD_STATUSES.join(', ')}, never “${value.trim()}”`;
  const isNumber = TEXT_FACTS.includes(fact) || exactOf(value);
  return isNumber ? '' : `“${value.trim()}” is no plain number such as 1234.50`;
}

/** What is wrong with a table, in one sentence that names the rule; '' for nothing. */
export function checkRules(rules: Rule[]): string {
  if (rules.length === 0) return 'There is no rule.';
  for (const [index, { status, conditions }] of rules.entries()) {
    const place = `Rule ${index + 1}`;
    const name = status.trim();
    if (name === '') return `${place} gives no status.`;
    if ([UNKNOWN, NONE].includes(name.toLowerCase())) return `${place}: “${name}” has a meaning of its own.`;
    if (name.includes(',')) return `${place}: a comma would cut its tag in two.`;
    if (conditions.length === 0 && index < rules.length - 1)
      return `${place} has no condition, so that no later rule is ever asked.`;
    const problem = conditions.map(problemOf).find((one) => one !== '');
    if (problem) return `${place}: ${problem}.`;
  }
  return '';
}

interface Judged {
  demand: Demand;
  fact: Fact;
  verdict: Verdict;
}

const groundOf = ({ demand: { fact, field, operator, value, wanted }, fact: found }: Judged): Ground => ({
  fact: /^field/.test(fact) ? field : FACTS[fact],
  demand: [OPERATORS[operator], ALONE.includes(operator) ? '' : value].join(' ').trim(),
  found: shown(found, wanted),
});

const told = ({ fact, demand, found }: Ground): string => `${fact} (${found || 'not known'}) ${demand}`;

/** One condition that does not hold settles a rule, whatever is missing for the others. */
function verdictOf(judged: Judged[]): Verdict {
  const verdicts = judged.map(({ verdict }) => verdict);
  return (['no', 'untold', 'missing'] as const).find((one) => verdicts.includes(one)) ?? 'yes';
}

const outcome = (status: string, rule: number, judged: Judged[], verb: string): Standing => {
  const grounds = judged.map(groundOf);
  const because = grounds.length > 0 ? `: ${grounds.map(told).join('; ')}` : ', which has no condition';
  return { status, rule, grounds, because: `${verb} rule ${rule}${because}` };
};

interface Row {
  status: string;
  demands: Demand[];
}

function decided(party: Party, rows: Row[], context: FactContext): Standing {
  const factIn = factsOf(party, context);
  let neverAnswered = false;
  for (const [index, { status, demands }] of rows.entries()) {
    const judged = demands.map((demand): Judged => {
      const fact = factIn(demand.fact, demand.field);
      return { demand, fact, verdict: judge(demand, fact) };
    });
    const verdict = verdictOf(judged);
    if (verdict === 'yes') return outcome(status, index + 1, judged, 'Decided by');
    if (verdict === 'missing') {
      const missing = judged.filter((one) => one.verdict === 'missing');
      return outcome(UNKNOWN, index + 1, missing, 'Not decided, for lack of what is asked in');
    }
    neverAnswered ||= verdict === 'untold';
  }
  const none = { rule: 0, grounds: [] };
  return neverAnswered
    ? { ...none, status: UNKNOWN, because: 'No rule holds, and one asks what the system never tells' }
    : { ...none, status: NONE, because: 'No rule holds' };
}

/**
 * The status of each customer: that of the first rule whose conditions all hold. A rule on something that the product
 * line never tells never holds. Where a rule cannot be answered because this customer's fact is missing, the status is
 * `unknown`: a later rule could be the wrong one. It is `unknown`, too, where no rule holds and one could never be
 * answered.
 * @param rules a table in which `checkRules` finds nothing
 */
export function standingBy(rules: Rule[], context: FactContext): (party: Party) => Standing {
  const rows = rules.map(({ status, conditions }) => ({
    status: status.trim(),
    demands: conditions.map(demandOf),
  }));
  return (party) => decided(party, rows, context);
}
