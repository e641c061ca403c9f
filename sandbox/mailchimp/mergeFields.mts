import { audienceOf } from './lookup.mts';
import { MERGE_TYPES, type Audience, type MergeField, type MergeOptions, type MergeType } from './model.mts';
import { addMergeField } from './newMergeField.mts';
import { badRequest, invalidResource, notFound, schemaProblem, type FieldError } from './problems.mts';
import { flag, oneOf, page, type Json } from './query.mts';
import { noContent, ok, type ApiAnswer, type ApiCall, type Route } from './router.mts';

const MAX_TAG_LENGTH = 10;

const view = (audience: Audience, field: MergeField): Json => ({
  merge_id: field.mergeId,
  tag: field.tag,
  name: field.name,
  type: field.type,
  required: field.required,
  default_value: field.defaultValue,
  public: field.public,
  display_order: field.displayOrder,
  options: field.options,
  help_text: field.helpText,
  list_id: audience.id,
  _links: [],
});

function fieldOf(call: ApiCall): MergeField {
  const field = audienceOf(call).mergeFields.find(({ mergeId }) => String(mergeId) === call.params['merge']);
  if (!field) throw notFound();
  return field;
}

/** EMAIL is no merge field here: the list never shows it. */
function list(call: ApiCall): ApiAnswer {
  const audience = audienceOf(call);
  const type = oneOf(call.query, 'type', MERGE_TYPES);
  const required = call.query['required'] === undefined ? undefined : flag(call.query, 'required');
  const fitting = audience.mergeFields
    .filter((field) => !type || field.type === type)
    .filter((field) => required === undefined || field.required === required);
  return ok({
    merge_fields: page(fitting, call.query).map((field) => view(audience, field)),
    list_id: audience.id,
    total_items: fitting.length,
    _links: [],
  });
}

const wrote = (call: ApiCall, verb: 'create' | 'update' | 'delete', field: MergeField): void =>
  call.world.journal.audienceWrote(audienceOf(call), {
    action: `${verb}-merge-field`,
    subject: field.mergeId,
    name: field.tag,
  });

const isText = (value: unknown): value is string => typeof value === 'string';

/** @throws Problem 400 with `errors` */
function checkBody(body: unknown, required: string[]): Json {
  const json = (typeof body === 'object' && body !== null ? body : {}) as Json;
  const missing = required.filter((key) => !isText(json[key]) || json[key] === '');
  const errors: FieldError[] = [];
  if (missing.length > 0) {
    errors.push({ field: '', message: `Required fields were not provided: ${missing.join(', ')}` });
  }
  const type = json['type'];
  if (isText(type) && !MERGE_TYPES.some((known) => known === type)) {
    const message = `Data presented is not one of the accepted values: ${MERGE_TYPES.join(', ')}.`;
    errors.push({ field: 'type', message });
  }
  if (json['tag'] !== undefined && !isText(json['tag'])) {
    errors.push({ field: 'tag', message: 'Schema describes string' });
  }
  if (errors.length > 0) throw schemaProblem(errors);
  return json;
}

/** Titles and texts here are assumed but for "Merge Max Limit Exceeded" and "already exists for this list". */
function checkTag(audience: Audience, tag: string, own?: MergeField): string {
  const upper = tag.toUpperCase();
  if (upper.length > MAX_TAG_LENGTH) {
    throw invalidResource(`Merge tags may be no longer than ${MAX_TAG_LENGTH} characters.`);
  }
  if (!/^[A-Z0-9_]+$/.test(upper)) throw invalidResource(`${upper} is not a valid merge tag.`);
  const taken = audience.mergeFields.some((field) => field !== own && field.tag === upper);
  if (taken || upper === 'EMAIL') {
    throw invalidResource(`A Merge Field with the tag "${upper}" already exists for this list.`);
  }
  return upper;
}

function freeTag(audience: Audience): string {
  let number = audience.mergeFields.length + 1;
  while (audience.mergeFields.some(({ tag }) => tag === `MMERGE${number}`)) number += 1;
  return `MMERGE${number}`;
}

function add(call: ApiCall): ApiAnswer {
  const audience = audienceOf(call);
  const body = checkBody(call.body, ['name', 'type']);
  if (audience.mergeFields.length >= call.world.settings.mergeFieldLimit) {
    throw badRequest('Merge Max Limit Exceeded: you have reached the limit of merge fields for this list.');
  }
  const tag = isText(body['tag']) && body['tag'] !== '' ? checkTag(audience, body['tag']) : freeTag(audience);
  const options = body['options'] as MergeOptions | undefined;
  const field = addMergeField(audience, {
    tag,
    name: String(body['name']),
    type: body['type'] as MergeType,
    required: body['required'] === true,
    public: body['public'] === true,
    defaultValue: String(body['default_value'] ?? ''),
    helpText: String(body['help_text'] ?? ''),
    ...(options ? { options } : {}),
  });
  wrote(call, 'create', field);
  return ok(view(audience, field));
}

/** Values and conditions of saved segments follow the field. */
function renameTag(audience: Audience, from: string, to: string): void {
  for (const { mergeFields } of audience.members.values()) {
    const value = mergeFields[from];
    if (value !== undefined) mergeFields[to] = value;
    delete mergeFields[from];
  }
  const conditions = [...audience.segments.values()].flatMap(({ rule }) => rule?.conditions ?? []);
  for (const condition of conditions) if (condition.field === from) condition.field = to;
}

/** `type` is read only once the field exists; PATCH needs `name`. */
function change(call: ApiCall): ApiAnswer {
  const audience = audienceOf(call);
  const field = fieldOf(call);
  const body = checkBody(call.body, ['name']);
  const before = JSON.stringify(field);
  const tag = isText(body['tag']) ? checkTag(audience, body['tag'], field) : field.tag;
  if (tag !== field.tag) renameTag(audience, field.tag, tag);
  field.tag = tag;
  field.name = String(body['name']);
  if (typeof body['required'] === 'boolean') field.required = body['required'];
  if (typeof body['public'] === 'boolean') field.public = body['public'];
  if (isText(body['default_value'])) field.defaultValue = body['default_value'];
  if (isText(body['help_text'])) field.helpText = body['help_text'];
  if (typeof body['display_order'] === 'number') field.displayOrder = body['display_order'];
  if (JSON.stringify(field) !== before) wrote(call, 'update', field);
  return ok(view(audience, field));
}

/** The values go with the field; a call that still names its tag is taken without a word. */
function remove(call: ApiCall): ApiAnswer {
  const field = fieldOf(call);
  call.world.audiences.removeMergeField(audienceOf(call).id, field.tag);
  wrote(call, 'delete', field);
  return noContent();
}

const LIST = '/lists/:list/merge-fields';
const ONE = '/lists/:list/merge-fields/:merge';

export const mergeFieldRoutes: Route[] = [
  { method: 'GET', pattern: LIST, handle: list },
  { method: 'POST', pattern: LIST, handle: add },
  { method: 'GET', pattern: ONE, handle: (call) => ok(view(audienceOf(call), fieldOf(call))) },
  { method: 'PATCH', pattern: ONE, handle: change },
  { method: 'DELETE', pattern: ONE, handle: remove },
];
