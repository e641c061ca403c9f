import type { Audience, MergeType } from './model.mts';
import { schemaProblem, type FieldError } from './problems.mts';
import type { Json } from './query.mts';
import type { Condition, Rule } from './segmentRule.mts';

/** Which fields and operators a condition type takes (Marketing API 3.0.55, POST /lists/{list_id}/segments). */
interface Shape {
  /** Types of the merge field that `field` names; none where `fields` lists the names. */
  mergeTypes?: MergeType[];
  fields?: string[];
  ops: string[];
  value: 'text' | 'date' | 'choice' | 'segment';
}

export const BLANK_OPS = ['blank', 'blank_not'];
const TEXT_OPS = ['is', 'not', 'contains', 'notcontain', 'starts', 'ends', 'greater', 'less'];

const SHAPES: Record<string, Shape> = {
  TextMerge: { mergeTypes: ['text', 'number'], ops: [...TEXT_OPS, ...BLANK_OPS], value: 'text' },
  SelectMerge: {
    mergeTypes: ['radio', 'dropdown'],
    ops: ['is', 'not', 'contains', 'notcontain', ...BLANK_OPS],
    value: 'choice',
  },
  DateMerge: { mergeTypes: ['date'], ops: ['is', 'not', 'less', 'greater', ...BLANK_OPS], value: 'date' },
  EmailAddress: { fields: ['EMAIL', 'merge0'], ops: TEXT_OPS, value: 'text' },
  StaticSegment: { fields: ['static_segment'], ops: ['static_is', 'static_not'], value: 'segment' },
};

const found = (value: unknown): string => {
  if (value === null) return 'NULL';
  return Array.isArray(value) ? 'array' : typeof value;
};

const oneOf = (values: string[]): string =>
  `Data presented is not one of the accepted values: ${values.join(', ')}.`;

/** What is wrong with `field`; undefined when it is right. The words are assumed. */
function fieldProblem(audience: Audience, shape: Shape, field: string): string | undefined {
  if (shape.fields) return shape.fields.includes(field) ? undefined : oneOf(shape.fields);
  const known = audience.mergeFields.find(({ tag }) => tag === field);
  if (!known) return `There is no merge field ${field}.`;
  return shape.mergeTypes?.includes(known.type)
    ? undefined
    : `Merge field ${field} is of type ${known.type}.`;
}

function isDate(text: string): boolean {
  const [, month, day, year] = /^(\d{2})\/(\d{2})\/(\d{4})$/.exec(text) ?? [];
  const time = new Date(`${year}-${month}-${day}T00:00:00Z`);
  return !Number.isNaN(time.getTime()) && time.getUTCDate() === Number(day);
}

/** Assumed: a value that could never fit is refused instead of matching nobody. */
function valueProblem(audience: Audience, shape: Shape, { field, op, value }: Json): string | undefined {
  if (shape.value === 'segment') {
    if (!Number.isInteger(value)) return `Schema describes integer, ${found(value)} found instead`;
    return audience.tags().some(({ id }) => id === value) ? undefined : 'There is no such static segment.';
  }
  if (typeof value !== 'string') return `Schema describes string, ${found(value)} found instead`;
  if (value === '') return 'Please enter a value';
  if (shape.value === 'date') return isDate(value) ? undefined : 'Please enter a valid date';
  if (shape.value !== 'choice' || (op !== 'is' && op !== 'not')) return undefined;
  const choices = audience.mergeFields.find(({ tag }) => tag === field)?.options.choices ?? [];
  return choices.includes(value) ? undefined : 'Please select a choice';
}

function problemsOf(audience: Audience, given: unknown, at: string): FieldError[] {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    return [{ field: at, message: `Schema describes object, ${found(given)} found instead` }];
  }
  const condition = given as Json;
  const missing = ['condition_type', 'field', 'op'].filter((key) => typeof condition[key] !== 'string');
  if (missing.length > 0) {
    return [{ field: at, message: `Required fields were not provided: ${missing.join(', ')}` }];
  }
  const shape = SHAPES[String(condition['condition_type'])];
  if (!shape) return [{ field: `${at}.condition_type`, message: oneOf(Object.keys(SHAPES)) }];
  const [field, op] = [String(condition['field']), String(condition['op'])];
  if (!shape.ops.includes(op)) return [{ field: `${at}.op`, message: oneOf(shape.ops) }];
  const wrongField = fieldProblem(audience, shape, field);
  if (wrongField) return [{ field: `${at}.field`, message: wrongField }];
  const wrongValue = BLANK_OPS.includes(op) ? undefined : valueProblem(audience, shape, condition);
  return wrongValue ? [{ field: `${at}.value`, message: wrongValue }] : [];
}

function conditionOf(given: Json): Condition {
  const { condition_type, field, op, value } = given;
  const base = { condition_type: String(condition_type), field: String(field), op: String(op) };
  return BLANK_OPS.includes(base.op) ? base : { ...base, value: value as string | number };
}

/**
 * Reads `options` of a saved segment. Nothing is ignored: a type that is not simulated is refused.
 * @throws Problem 400 with `errors`; an empty list of conditions is refused too (assumed)
 */
export function readRule(audience: Audience, options: unknown): Rule {
  if (typeof options !== 'object' || options === null || Array.isArray(options)) {
    const message = `Schema describes object, ${found(options)} found instead`;
    throw schemaProblem([{ field: 'options', message }]);
  }
  const { match, conditions } = options as Json;
  if (match !== 'any' && match !== 'all') {
    throw schemaProblem([{ field: 'options.match', message: oneOf(['any', 'all']) }]);
  }
  if (!Array.isArray(conditions)) {
    const message = `Schema describes array, ${found(conditions)} found instead`;
    throw schemaProblem([{ field: 'options.conditions', message }]);
  }
  if (conditions.length === 0) {
    throw schemaProblem([{ field: 'options.conditions', message: 'Please enter a value' }]);
  }
  const errors = conditions.flatMap((one: unknown, index) =>
    problemsOf(audience, one, `options.conditions.${index}`),
  );
  if (errors.length > 0) throw schemaProblem(errors);
  return { match, conditions: conditions.map((one) => conditionOf(one as Json)) };
}

/** The conditions as an answer holds them; see `segmentConditions` of the settings. */
export function conditionsView(rule: Rule, form: 'kept' | 'rewritten'): Json[] {
  if (form === 'kept') return rule.conditions.map((condition) => ({ ...condition }));
  return rule.conditions
    .map((condition): Json => ({ ...condition, value: String(condition.value ?? '') }))
    .reverse();
}
