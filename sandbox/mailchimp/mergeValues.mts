import { mergeProblem, schemaProblem, type FieldError } from './problems.mts';
import type { AddressValue, MergeField, MergeValue } from './model.mts';
import type { Json } from './query.mts';

/** A value that fits, or the message that Mailchimp gives. */
type Judged = { value: MergeValue } | { message: string };

const MAX_TEXT_BYTES = 255;
const ANY_OF = 'Data did not match any of the schemas described in anyOf.';
/** Mailchimp's country number of the United States, where a state is needed (merge-fields guide). */
const UNITED_STATES = ['US', 'USA', 'UNITED STATES', ''];

/** Text is cut at 255 *bytes*, at a character's boundary; no error is given. */
export function cutText(text: string): string {
  if (Buffer.byteLength(text) <= MAX_TEXT_BYTES) return text;
  let bytes = 0;
  let kept = '';
  for (const character of text) {
    bytes += Buffer.byteLength(character);
    if (bytes > MAX_TEXT_BYTES) break;
    kept += character;
  }
  return kept;
}

function judgeAddress(value: unknown): Judged {
  if (typeof value !== 'object' || value === null) return { message: 'Please enter a complete address' };
  const part = (key: keyof AddressValue): string => String((value as Json)[key] ?? '').trim();
  const country = part('country');
  const hasState =
    'state' in value && (part('state') !== '' || !UNITED_STATES.includes(country.toUpperCase()));
  if (!part('addr1') || !part('city') || !part('zip') || !hasState) {
    return { message: 'Please enter a complete address' };
  }
  return {
    value: {
      addr1: cutText(part('addr1')),
      addr2: cutText(part('addr2')),
      city: cutText(part('city')),
      state: cutText(part('state')),
      zip: cutText(part('zip')),
      country: country || 'US',
    },
  };
}

function judgeNumber(text: string): Judged {
  return /^[-+]?\d+(\.\d+)?$/.test(text) ? { value: Number(text) } : { message: 'Please enter a number' };
}

function judgeDate(text: string): Judged {
  const iso = /^(\d{4})-(\d{2})-(\d{2})(T.*)?$/.exec(text);
  const us = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(text);
  const [year, month, day] = iso ? [iso[1], iso[2], iso[3]] : us ? [us[3], us[1], us[2]] : [];
  if (!year || !month || !day) return { message: 'Please enter a valid date' };
  const value = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const time = Date.parse(`${value}T00:00:00Z`);
  const real = !Number.isNaN(time) && new Date(time).toISOString().startsWith(value);
  return real ? { value } : { message: 'Please enter a valid date' };
}

const judgePattern = (text: string, pattern: RegExp, message: string): Judged =>
  pattern.test(text) ? { value: cutText(text) } : { message };

/** The messages besides number, address and the empty value are assumed; the connector must not read them. */
function judgeText(field: MergeField, text: string): Judged {
  switch (field.type) {
    case 'number':
      return judgeNumber(text);
    case 'date':
      return judgeDate(text);
    case 'birthday':
      return judgePattern(text, /^(0?[1-9]|1[0-2])\/(0?[1-9]|[12]\d|3[01])$/, 'Please enter a valid date');
    case 'zip':
      return judgePattern(text, /^\d{5}(-\d{4})?$/, 'Please enter a zip code');
    case 'url':
    case 'imageurl':
      return judgePattern(text, /^https?:\/\/[^\s/]+\.[^\s]+$/i, 'Please enter a valid URL');
    case 'phone':
      return field.options.phone_format === 'US'
        ? judgePattern(text, /^\(?\d{3}\)?[-. ]?\d{3}[-. ]?\d{4}$/, 'Please enter a valid phone number')
        : { value: cutText(text) };
    case 'radio':
    case 'dropdown':
      return field.options.choices?.includes(text) ? { value: text } : { message: 'Please select a choice' };
    default:
      return { value: cutText(text) };
  }
}

function judge(field: MergeField, value: unknown): Judged {
  if (typeof value === 'string' && value.trim() === '') return { value: '' };
  if (field.type === 'address') return judgeAddress(value);
  // An object for a field that holds text passes the schema and fails the field.
  if (typeof value === 'object') return { message: 'Please enter a value' };
  return judgeText(field, String(value).trim());
}

/** Schema of merge_fields: an object whose values are strings, numbers or address objects; null and boolean fail. */
export function checkMergeSchema(mergeFields: unknown): FieldError[] {
  if (mergeFields === undefined) return [];
  if (Array.isArray(mergeFields)) {
    return [{ field: 'merge_fields', message: 'Schema describes object, array found instead' }];
  }
  if (typeof mergeFields !== 'object' || mergeFields === null) {
    const found = mergeFields === null ? 'NULL' : typeof mergeFields;
    return [{ field: 'merge_fields', message: `Schema describes object, ${found} found instead` }];
  }
  return Object.entries(mergeFields)
    .filter(([, value]) => value === null || typeof value === 'boolean' || Array.isArray(value))
    .map(([tag]) => ({ field: `merge_fields.${tag}`, message: ANY_OF }));
}

/**
 * The values after the call: merged per tag, unknown tags ignored without a word, '' clears. One bad value refuses
 * all. Required fields are judged on the result, so that a call that does not send a field can fail by it.
 * @throws Problem 400 Invalid Resource
 */
export function mergeValues(
  fields: readonly MergeField[],
  before: Record<string, MergeValue>,
  sent: unknown,
  skipValidation: boolean,
): Record<string, MergeValue> {
  const schemaErrors = checkMergeSchema(sent);
  if (schemaErrors.length > 0) throw schemaProblem(schemaErrors);
  const given = (sent ?? {}) as Json;
  const after: Record<string, MergeValue> = {};
  const errors: FieldError[] = [];
  for (const field of fields) {
    const judged = field.tag in given ? judge(field, given[field.tag]) : { value: before[field.tag] ?? '' };
    if ('message' in judged) errors.push({ field: field.tag, message: judged.message });
    else after[field.tag] = judged.value;
    if (field.required && !skipValidation && 'value' in judged && judged.value === '') {
      errors.push({ field: field.tag, message: 'Please enter a value' });
    }
  }
  if (errors.length > 0) throw mergeProblem(errors);
  return after;
}
