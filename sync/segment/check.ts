import { typedValue } from '../mapping';
import { note } from '../note';
import type { Reason } from '../reasons';
import type { MergeFieldDefinition, RecordNote } from '../types';
import type {
  CheckedCondition,
  CheckedRule,
  FieldCondition,
  FieldOp,
  SegmentAudience,
  SegmentDefinition,
  Tag,
  TagCondition,
} from './types';

type FieldType = Extract<CheckedCondition, { kind: 'mergeField' }>['fieldType'];
type Trouble = { reason: Reason; subject: string };

export const NEEDS_NO_VALUE: ReadonlySet<FieldOp> = new Set(['blank', 'notBlank'] as const);

/** Merge field type → how segments compare it; other types have no condition with these operators. */
const FIELD_TYPES: Record<string, FieldType> = {
  text: 'text',
  number: 'number',
  radio: 'choice',
  dropdown: 'choice',
  date: 'date',
};

const COMMON: FieldOp[] = ['is', 'isNot', 'blank', 'notBlank'];

/**
 * Operators by field type. TextMerge serves text and number alike (mailchimp-marketing §8), but what a part of a number
 * or a greater text means is not told anywhere, so these are not offered.
 */
const OPS: Record<FieldType, ReadonlySet<FieldOp>> = {
  text: new Set([...COMMON, 'contains', 'notContains', 'startsWith', 'endsWith'] as const),
  number: new Set([...COMMON, 'greater', 'less'] as const),
  choice: new Set([...COMMON, 'contains', 'notContains'] as const),
  date: new Set([...COMMON, 'greater', 'less'] as const),
};

/** A tag by its name; where none is written exactly so, one that differs only in case. */
export const findTag = (tags: Tag[], name: string): Tag | undefined =>
  tags.find((tag) => tag.name === name) ?? tags.find((tag) => tag.name.toLowerCase() === name.toLowerCase());

const isTrouble = (found: CheckedCondition | Trouble): found is Trouble => 'reason' in found;

function checkValue(
  { op, value }: FieldCondition,
  field: MergeFieldDefinition,
): { value: string } | { problem: Reason } {
  if (NEEDS_NO_VALUE.has(op)) return { value: '' };
  // A part of a choice need not be a choice.
  const isPart = op === 'contains' || op === 'notContains';
  const typed = typedValue(value, isPart ? { ...field, type: 'text' } : field);
  if ('problem' in typed) return typed;
  const text = 'value' in typed ? String(typed.value) : '';
  return text === '' ? { problem: 'segment-incomplete' } : { value: text };
}

function checkField(condition: FieldCondition, fields: MergeFieldDefinition[]): CheckedCondition | Trouble {
  const tag = condition.tag.trim().toUpperCase();
  if (tag === '') return { reason: 'segment-incomplete', subject: '' };
  const field = fields.find((one) => one.tag === tag);
  if (!field) return { reason: 'segment-field-missing', subject: tag };
  const fieldType = FIELD_TYPES[field.type];
  if (!fieldType || !OPS[fieldType].has(condition.op)) {
    return { reason: 'segment-field-type', subject: `${tag}, ${field.type}` };
  }
  const checked = checkValue(condition, field);
  if ('problem' in checked) return { reason: checked.problem, subject: tag };
  return { kind: 'mergeField', fieldType, tag, op: condition.op, value: checked.value };
}

function checkTag(condition: TagCondition, tags: Tag[], mayCreate: boolean): CheckedCondition | Trouble {
  const name = condition.name.trim();
  if (name === '') return { reason: 'segment-incomplete', subject: '' };
  const tag = findTag(tags, name);
  if (!tag && !mayCreate) return { reason: 'segment-tag-missing', subject: name };
  return { kind: 'tag', name: tag?.name ?? name, id: tag?.id, op: condition.op };
}

/** What stands in the ledger's reason is exact; whose it is, its subject tells. */
const about = (name: string, { reason, subject }: Trouble): RecordNote =>
  note(reason, subject ? `${name}: ${subject}` : name);

/** @param name of the segment, for the note */
export function checkRule(
  name: string,
  { match, conditions }: SegmentDefinition,
  { mergeFields, tags }: SegmentAudience,
  mayCreateTags: boolean,
): { rule: CheckedRule } | { note: RecordNote } {
  const checked = conditions.map((condition) =>
    condition.kind === 'tag' ? checkTag(condition, tags, mayCreateTags) : checkField(condition, mergeFields),
  );
  const trouble = checked.find(isTrouble);
  if (trouble) return { note: about(name, trouble) };
  if (checked.length === 0) return { note: about(name, { reason: 'segment-incomplete', subject: '' }) };
  return { rule: { match, conditions: checked.flatMap((one) => (isTrouble(one) ? [] : one)) } };
}
