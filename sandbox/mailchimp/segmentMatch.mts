import type { Audience, Member, Segment } from './model.mts';
import type { Condition } from './segmentRule.mts';

/**
 * Who belongs to a segment. Assumed: texts compare without regard to case, a contact without a value fits `not` and
 * `notcontain` and neither `greater` nor `less`, and a deleted merge field or tag counts as empty.
 */

const compareText = (stored: string, op: string, wanted: string): boolean => {
  switch (op) {
    case 'is':
      return stored === wanted;
    case 'not':
      return stored !== wanted;
    case 'contains':
      return stored.includes(wanted);
    case 'notcontain':
      return !stored.includes(wanted);
    case 'starts':
      return stored.startsWith(wanted);
    case 'ends':
      return stored.endsWith(wanted);
    case 'greater':
      return stored !== '' && stored > wanted;
    case 'less':
      return stored !== '' && stored < wanted;
    case 'blank':
      return stored === '';
    case 'blank_not':
      return stored !== '';
    default:
      throw new Error(`Operator ${op} passed the check and cannot be compared`);
  }
};

/** A number field compares by size; by its digits only where a part of it is asked for. */
function compareNumber(stored: string, op: string, wanted: string): boolean {
  if (stored === '' || Number.isNaN(Number(wanted))) return compareText(stored, op, wanted);
  const difference = Number(stored) - Number(wanted);
  if (op === 'is') return difference === 0;
  if (op === 'not') return difference !== 0;
  if (op === 'greater') return difference > 0;
  return op === 'less' ? difference < 0 : compareText(stored, op, wanted);
}

/** 01/30/2015 as 2015-01-30, which is how values are kept. */
const isoOf = (text: string): string => `${text.slice(6)}-${text.slice(0, 2)}-${text.slice(3, 5)}`;

function fits(audience: Audience, member: Member, condition: Condition): boolean {
  const { condition_type: type, field, op } = condition;
  if (type === 'StaticSegment') {
    return member.tags.has(Number(condition.value)) === (op === 'static_is');
  }
  const wanted = String(condition.value ?? '').toLowerCase();
  if (type === 'EmailAddress') return compareText(member.email.toLowerCase(), op, wanted);
  const value = member.mergeFields[field];
  const stored = typeof value === 'object' ? '' : String(value ?? '').toLowerCase();
  if (type === 'DateMerge') return compareText(stored, op, wanted && isoOf(wanted));
  const isNumber = audience.mergeFields.find(({ tag }) => tag === field)?.type === 'number';
  return isNumber ? compareNumber(stored, op, wanted) : compareText(stored, op, wanted);
}

/** Holders of a tag, or contacts whom the rule of a saved segment fits, whatever their status. */
export function membersOf(audience: Audience, { id, rule }: Segment): Member[] {
  const members = [...audience.members.values()];
  if (!rule) return members.filter(({ tags }) => tags.has(id));
  return members.filter((member) => {
    const verdicts = rule.conditions.map((condition) => fits(audience, member, condition));
    return rule.match === 'all' ? verdicts.every(Boolean) : verdicts.some(Boolean);
  });
}
