import { compared, exactOf, times, type Decimal } from './decimal';
import { TEXT_FACTS, type Fact, type FactName } from './facts';

/** What a condition can demand → how users call it. */
export const OPERATORS = {
  above: 'Is Above',
  atLeast: 'Is at Least',
  atMost: 'Is at Most',
  below: 'Is Below',
  contains: 'Contains',
  is: 'Is',
  isEmpty: 'Is Empty',
  isNot: 'Is Not',
  isSet: 'Is Set',
  notTold: 'Is Never Told by the System',
} as const;
export type Operator = keyof typeof OPERATORS;

const ORDERS: readonly Operator[] = ['above', 'atLeast', 'atMost', 'below'];
/** Operators without a value. */
export const ALONE: readonly Operator[] = ['isEmpty', 'isSet', 'notTold'];

export interface Condition {
  fact: FactName;
  /** Source field, for `fieldText` and `fieldNumber`; else ''. */
  field: string;
  operator: Operator;
  value: string;
}

/** A condition whose number is read once, although many customers are asked. */
export interface Demand extends Condition {
  wanted: Decimal | undefined;
}

export const demandOf = (condition: Condition): Demand => ({
  ...condition,
  field: condition.field.trim(),
  value: condition.value.trim(),
  wanted: TEXT_FACTS.includes(condition.fact) ? undefined : exactOf(condition.value),
});

/** `missing` and `untold`: it cannot be said. */
export type Verdict = 'yes' | 'no' | 'missing' | 'untold';

export const fits = (fact: FactName, operator: Operator): boolean =>
  TEXT_FACTS.includes(fact) ? !ORDERS.includes(operator) : operator !== 'contains';

const verdict = (holds: boolean): Verdict => (holds ? 'yes' : 'no');

function ofText(text: string, operator: Operator, value: string): Verdict {
  if (operator === 'is') return verdict(text === value);
  if (operator === 'isNot') return verdict(text !== value);
  return verdict(text.includes(value));
}

function ofOrder(order: number, operator: Operator): Verdict {
  switch (operator) {
    case 'above':
      return verdict(order > 0);
    case 'atLeast':
      return verdict(order >= 0);
    case 'below':
      return verdict(order < 0);
    case 'atMost':
      return verdict(order <= 0);
    case 'is':
      return verdict(order === 0);
    default:
      return verdict(order !== 0);
  }
}

/** Whole days of which only a lower bound is known: they are `moreThan + 1` at least. */
function ofBound(moreThan: number, operator: Operator, value: Decimal): Verdict {
  if (moreThan === Infinity) return ofOrder(1, operator);
  if (compared(exactOf(moreThan + 1)!, value) > 0) return ofOrder(1, operator);
  const isEqual = compared(exactOf(moreThan + 1)!, value) === 0;
  if (!isEqual || (operator !== 'atLeast' && operator !== 'below')) return 'missing';
  return verdict(operator === 'atLeast');
}

/** Whether there is anything; nothing can only be said where everything was looked at. */
function isSet(fact: Exclude<Fact, 'untold' | 'unclear'>): boolean | undefined {
  if (fact === 'missing') return false;
  if ('moreThan' in fact) return fact.moreThan === Infinity ? false : undefined;
  return 'text' in fact ? fact.text !== '' : true;
}

/** @param demand of a condition that `checkRules` has accepted */
export function judge({ operator, value, wanted }: Demand, fact: Fact): Verdict {
  if (operator === 'notTold') return verdict(fact === 'untold');
  if (fact === 'untold') return 'untold';
  if (fact === 'unclear') return 'missing';
  if (operator === 'isSet' || operator === 'isEmpty') {
    const set = isSet(fact);
    return set === undefined ? 'missing' : verdict(set === (operator === 'isSet'));
  }
  if (fact === 'missing') return 'missing';
  if ('text' in fact) return ofText(fact.text, operator, value);
  if ('moreThan' in fact) return ofBound(fact.moreThan, operator, wanted!);
  return ofOrder(compared(fact.over, fact.under ? times(wanted!, fact.under) : wanted!), operator);
}
