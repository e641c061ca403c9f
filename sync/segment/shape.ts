import type { ApiCondition, ApiRule, CheckedCondition, CheckedRule, FieldOp, SavedSegment } from './types';

const API_OPS: Record<FieldOp, string> = {
  is: 'is',
  isNot: 'not',
  contains: 'contains',
  notContains: 'notcontain',
  startsWith: 'starts',
  endsWith: 'ends',
  greater: 'greater',
  less: 'less',
  blank: 'blank',
  notBlank: 'blank_not',
};

const CONDITION_TYPES = {
  text: 'TextMerge',
  number: 'TextMerge',
  choice: 'SelectMerge',
  date: 'DateMerge',
} as const;

/** YYYY-MM-DD as 01/30/2015, the form of DateMerge. */
const usDate = (iso: string): string => {
  const [year, month, day] = iso.split('-');
  return `${month}/${day}/${year}`;
};

/** @param idOf the id of a tag that did not exist when the rule was checked */
function apiCondition(condition: CheckedCondition, idOf: (tag: string) => number | undefined): ApiCondition {
  if (condition.kind === 'tag') {
    const op = condition.op === 'has' ? 'static_is' : 'static_not';
    const value = condition.id ?? idOf(condition.name) ?? 0;
    return { condition_type: 'StaticSegment', field: 'static_segment', op, value };
  }
  const { fieldType, tag: field, op, value } = condition;
  const base = { condition_type: CONDITION_TYPES[fieldType], field, op: API_OPS[op] };
  if (value === '') return base;
  return { ...base, value: fieldType === 'date' ? usDate(value) : value };
}

const textOf = ({ condition_type, field, op, value }: Record<string, unknown>): string =>
  JSON.stringify([condition_type, field, op, String(value ?? '')]);

/** Each condition once, in one order, so that neither the user's order nor Mailchimp's counts. */
const distinctTexts = (conditions: ReadonlyArray<object>): string[] =>
  [...new Set(conditions.map((one) => textOf(one as Record<string, unknown>)))].sort();

/** The rule in Mailchimp's shape (POST and PATCH /lists/{list_id}/segments), each condition once. */
export function apiRule(
  { match, conditions }: CheckedRule,
  idOf: (tag: string) => number | undefined = () => undefined,
): ApiRule {
  const byText = new Map(
    conditions
      .map((condition) => apiCondition(condition, idOf))
      .map((condition) => [textOf({ ...condition }), condition]),
  );
  return { match, conditions: [...byText.keys()].sort().map((text) => byText.get(text)!) };
}

/**
 * Whether the audience's segment already asks what the rule asks. Mailchimp may reorder conditions and give numbers as
 * texts; with a single condition `match` says nothing.
 */
export function asksTheSame(
  { match, conditions }: ApiRule,
  existing: Pick<SavedSegment, 'match' | 'conditions'>,
): boolean {
  const [wanted, held] = [distinctTexts(conditions), distinctTexts(existing.conditions)];
  if (wanted.join('\n') !== held.join('\n')) return false;
  return wanted.length === 1 || match === existing.match;
}
