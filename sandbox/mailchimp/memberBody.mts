import { checkMergeSchema } from './mergeValues.mts';
import { STATUSES, type Status } from './model.mts';
import { schemaProblem, type FieldError } from './problems.mts';
import type { Json } from './query.mts';
import { fromWire } from './time.mts';

/** What a call may say about a member; keys that Mailchimp does not know are ignored without a word. */
export interface MemberBody {
  email_address?: string;
  email_type?: 'html' | 'text';
  status?: Status;
  status_if_new?: Status;
  merge_fields?: Json;
  language?: string;
  vip?: boolean;
  location?: { latitude?: number; longitude?: number };
  ip_signup?: string;
  ip_opt?: string;
  timestamp_signup?: string;
  timestamp_opt?: string;
  tags?: string[];
}

type Kind = 'string' | 'boolean' | 'object' | 'array' | 'number';

const KINDS: Record<string, Kind> = {
  email_address: 'string',
  email_type: 'string',
  status: 'string',
  status_if_new: 'string',
  language: 'string',
  vip: 'boolean',
  location: 'object',
  interests: 'object',
  ip_signup: 'string',
  ip_opt: 'string',
  timestamp_signup: 'string',
  timestamp_opt: 'string',
  marketing_permissions: 'array',
};

/** archived is read only; POST and PUT may write the other five, PATCH not transactional either. */
export const CREATE_STATUSES = STATUSES.filter((status) => status !== 'archived');
export const PATCH_STATUSES = CREATE_STATUSES.filter((status) => status !== 'transactional');

function kindOf(value: unknown): string {
  if (value === null) return 'NULL';
  return Array.isArray(value) ? 'array' : typeof value;
}

const wrongKinds = (body: Json): FieldError[] =>
  Object.entries(KINDS)
    .filter(([field, kind]) => body[field] !== undefined && kindOf(body[field]) !== kind)
    .map(([field, kind]) => ({
      field,
      message: `Schema describes ${kind}, ${kindOf(body[field])} found instead`,
    }));

const notAccepted = (field: string, values: readonly string[]): FieldError => ({
  field,
  message: `Data presented is not one of the accepted values: ${values.join(', ')}.`,
});

function wrongValues(body: Json, statuses: readonly Status[]): FieldError[] {
  const choices: Array<[string, readonly string[]]> = [
    ['status', statuses],
    ['status_if_new', CREATE_STATUSES],
    ['email_type', ['html', 'text']],
  ];
  const wrong = choices
    .filter(([field, values]) => typeof body[field] === 'string' && !values.includes(String(body[field])))
    .map(([field, values]) => notAccepted(field, values));
  const badTimes = ['timestamp_signup', 'timestamp_opt']
    .filter((field) => typeof body[field] === 'string' && body[field] !== '')
    .filter((field) => fromWire(String(body[field])) === undefined)
    .map((field) => ({ field, message: 'This value is not a valid datetime.' }));
  return [...wrong, ...badTimes];
}

/** Assumed: an interest id that the audience does not have is refused; these audiences have no groups. */
const unknownInterests = (body: Json): FieldError[] =>
  kindOf(body['interests']) === 'object'
    ? Object.keys(body['interests'] as Json).map((id) => ({
        field: `interests.${id}`,
        message: 'The interest does not exist',
      }))
    : [];

const wrongTags = (tags: unknown): FieldError[] =>
  tags === undefined || (Array.isArray(tags) && tags.every((tag) => typeof tag === 'string' && tag !== ''))
    ? []
    : [{ field: 'tags', message: `Schema describes array of string, ${kindOf(tags)} found instead` }];

interface BodyRules {
  statuses: readonly Status[];
  required?: string[];
  /** Whether this call reads `tags`; elsewhere the key is as unknown as any other. */
  tags?: boolean;
}

/**
 * Checks a member body against its schema.
 * @throws Problem 400 Invalid Resource with `errors`
 */
export function readMemberBody(body: unknown, rules: BodyRules): MemberBody {
  if (kindOf(body) !== 'object') {
    throw schemaProblem([{ field: '', message: `Schema describes object, ${kindOf(body)} found instead` }]);
  }
  const json = body as Json;
  const missing = (rules.required ?? []).filter((field) => json[field] === undefined);
  const errors: FieldError[] = [
    ...(missing.length > 0
      ? [{ field: '', message: `Required fields were not provided: ${missing.join(', ')}` }]
      : []),
    ...wrongKinds(json),
    ...wrongValues(json, rules.statuses),
    ...unknownInterests(json),
    ...checkMergeSchema(json['merge_fields']),
    ...(rules.tags ? wrongTags(json['tags']) : []),
  ];
  if (errors.length > 0) throw schemaProblem(errors);
  const { tags, ...rest } = json as MemberBody;
  return rules.tags && tags ? { ...rest, tags } : rest;
}
