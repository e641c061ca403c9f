import type { Reason } from './reasons';
import type { MergeAddress, MergeFieldDefinition, MergeValue } from './types';

/** Bytes of a text merge field; Mailchimp cuts the rest silently, so a longer value would differ at every run. */
const MAX_TEXT_BYTES = 255;

export type TypedValue =
  | { value: MergeValue }
  | { omit: true }
  | { problem: Extract<Reason, 'merge-value' | 'merge-value-too-long'> };

const PROBLEM: TypedValue = { problem: 'merge-value' };

const isObject = (raw: unknown): raw is object => typeof raw === 'object' && raw !== null;

const textOf = (raw: unknown): string =>
  raw === null || raw === undefined || isObject(raw) ? '' : String(raw).trim();

function text(raw: unknown): TypedValue {
  const value = textOf(raw);
  return Buffer.byteLength(value) > MAX_TEXT_BYTES ? { problem: 'merge-value-too-long' } : { value };
}

function number(raw: unknown): TypedValue {
  const value = textOf(raw);
  if (value === '') return { value: '' };
  return Number.isFinite(Number(value)) ? { value: Number(value) } : PROBLEM;
}

/** YYYY-MM-DD from an ISO date or date-time, or from M3's YYYYMMDD; M3 writes 0 for no date. */
function date(raw: unknown): TypedValue {
  const value = textOf(raw);
  if (value === '' || value === '0') return { value: '' };
  const match = /^(\d{4})-?(\d{2})-?(\d{2})(?:[T ].*)?$/.exec(value);
  if (!match) return PROBLEM;
  const iso = `${match[1]}-${match[2]}-${match[3]}`;
  const parsed = new Date(`${iso}T00:00:00Z`);
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(iso) ? { value: iso } : PROBLEM;
}

/** MM/DD, Mailchimp's form of a birthday, also from a full date. */
function birthday(raw: unknown): TypedValue {
  const value = textOf(raw);
  if (/^(0[1-9]|1[0-2])\/(0[1-9]|[12]\d|3[01])$/.test(value)) return { value };
  const full = date(raw);
  if (!('value' in full) || full.value === '') return full;
  const [, month, day] = String(full.value).split('-');
  return { value: `${month}/${day}` };
}

function choice(raw: unknown, choices: string[]): TypedValue {
  const value = textOf(raw);
  if (value === '') return { value };
  const match = choices.find((known) => known.toLowerCase() === value.toLowerCase());
  return match === undefined ? PROBLEM : { value: match };
}

/** Countries whose addresses need a state; Mailchimp takes an empty country for the United States. */
const STATE_REQUIRED = new Set(['', 'US', 'USA', 'CA', 'AU']);

/**
 * Takes Mailchimp's keys or those of a party's address. Only a complete address is sent: an incomplete one is refused
 * with the whole contact ("Please enter a complete address", mailchimp-marketing §9).
 */
function address(raw: unknown): TypedValue {
  if (!isObject(raw)) return textOf(raw) === '' ? { omit: true } : PROBLEM;
  const source = raw as Record<string, unknown>;
  const pick = (...keys: string[]): string =>
    textOf(keys.map((key) => source[key]).find((v) => textOf(v) !== ''));
  const value: MergeAddress = {
    addr1: pick('addr1', 'line1'),
    addr2: pick('addr2', 'line2'),
    city: pick('city'),
    state: pick('state'),
    zip: pick('zip', 'postalCode'),
    country: pick('country').toUpperCase(),
  };
  const complete =
    value.addr1 && value.city && value.zip && (value.state || !STATE_REQUIRED.has(value.country));
  if (!complete) return { omit: true };
  return Object.values(value).some((part) => Buffer.byteLength(part) > MAX_TEXT_BYTES)
    ? { problem: 'merge-value-too-long' }
    : { value };
}

/** What a mapped value becomes in a merge field of this type (types: mailchimp-marketing §9). */
export function typedValue(given: unknown, field: MergeFieldDefinition): TypedValue {
  // Dates of n8n's expressions ($now and the like) and of JavaScript turn into ISO text.
  const raw: unknown =
    isObject(given) && (given instanceof Date || 'isLuxonDateTime' in given)
      ? JSON.parse(JSON.stringify(given))
      : given;
  if (isObject(raw) && field.type !== 'address') return PROBLEM;
  switch (field.type) {
    case 'number':
      return number(raw);
    case 'date':
      return date(raw);
    case 'birthday':
      return birthday(raw);
    case 'address':
      return address(raw);
    case 'radio':
    case 'dropdown':
      return choice(raw, field.choices);
    default:
      return text(raw);
  }
}

const ADDRESS_KEYS = ['addr1', 'addr2', 'city', 'state', 'zip', 'country'] as const;

/** Whether two stored values mean the same, so that nothing is written for a difference that Mailchimp does not keep. */
export function sameValue(a: MergeValue | undefined, b: MergeValue | undefined): boolean {
  if (typeof a === 'object' || typeof b === 'object') {
    if (typeof a !== 'object' || typeof b !== 'object') return false;
    return ADDRESS_KEYS.every((key) => (a[key] ?? '') === (b[key] ?? ''));
  }
  if (typeof a === 'number' || typeof b === 'number') return a !== '' && b !== '' && Number(a) === Number(b);
  return (a ?? '').trim() === (b ?? '').trim();
}
