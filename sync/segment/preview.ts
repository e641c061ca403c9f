import type { MemberState, MergeValue } from '../memberState';
import type { CheckedCondition, CheckedRule, FieldOp } from './types';

type FieldCondition = Extract<CheckedCondition, { kind: 'mergeField' }>;

const textOf = (value: MergeValue | undefined): string =>
  typeof value === 'object' ? '' : String(value ?? '').toLowerCase();

const ASK: Record<FieldOp, (stored: string, wanted: string) => boolean> = {
  is: (stored, wanted) => stored === wanted,
  isNot: (stored, wanted) => stored !== wanted,
  contains: (stored, wanted) => stored.includes(wanted),
  notContains: (stored, wanted) => !stored.includes(wanted),
  startsWith: (stored, wanted) => stored.startsWith(wanted),
  endsWith: (stored, wanted) => stored.endsWith(wanted),
  // Dates as YYYY-MM-DD sort as they follow each other.
  greater: (stored, wanted) => stored !== '' && stored > wanted,
  less: (stored, wanted) => stored !== '' && stored < wanted,
  blank: (stored) => stored === '',
  notBlank: (stored) => stored !== '',
};

function fitsNumber(stored: string, op: FieldOp, wanted: string): boolean {
  if (stored === '' || wanted === '') return ASK[op](stored, wanted);
  const difference = Number(stored) - Number(wanted);
  if (op === 'greater') return difference > 0;
  if (op === 'less') return difference < 0;
  return (difference === 0) === (op === 'is');
}

function fitsField({ fieldType, tag, op, value }: FieldCondition, member: MemberState): boolean {
  const stored = textOf(member.mergeFields[tag]);
  if (fieldType === 'number') return fitsNumber(stored, op, value);
  return ASK[op](stored, value.toLowerCase());
}

type TagCondition = Extract<CheckedCondition, { kind: 'tag' }>;

/** By the name of the audience's tag; one that is only planned may be spelled otherwise elsewhere. */
const hasTag = ({ tags }: MemberState, { name, id }: TagCondition): boolean =>
  id === undefined ? tags.some((tag) => tag.toLowerCase() === name.toLowerCase()) : tags.includes(name);

const fits = (condition: CheckedCondition, member: MemberState): boolean =>
  condition.kind === 'tag'
    ? hasTag(member, condition) === (condition.op === 'has')
    : fitsField(condition, member);

/**
 * How many subscribed contacts a rule fits. As in Mailchimp (assumed), texts compare without regard to case, and a
 * contact without a value is “not” anything and neither greater nor less.
 */
export const previewCount = ({ match, conditions }: CheckedRule, members: Iterable<MemberState>): number => {
  let count = 0;
  for (const member of members) {
    if (member.status !== 'subscribed') continue;
    const isIn =
      match === 'all'
        ? conditions.every((condition) => fits(condition, member))
        : conditions.some((condition) => fits(condition, member));
    if (isIn) count += 1;
  }
  return count;
};
