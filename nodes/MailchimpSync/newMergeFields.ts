import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { ConnectorError } from '../../connectors/errors';
import type { Mailchimp } from '../../connectors/mailchimp/api';
import { createMergeField, type NewMergeField } from '../../connectors/mailchimp/audiences';
import { mergeFieldEffect, type AudienceEffect } from '../../sync/ledger';
import type { MergeFieldDefinition, RunContext } from '../../sync/types';

/** At most 10 characters (mailchimp-marketing §3); Mailchimp writes tags in capitals. */
const TAG = /^[A-Z][A-Z0-9_]{0,9}$/;

/** @throws ConnectorError SYNC_SETTING */
export function checkedTag(tag: string): string {
  const upper = tag.trim().toUpperCase();
  if (TAG.test(upper)) return upper;
  throw new ConnectorError(
    'SYNC_SETTING',
    `“${tag}” cannot be the tag of a merge field.`,
    'A tag begins with a letter and has at most 10 letters, digits or underscores.',
  );
}

/** The rows of “Create Missing Merge Fields”. @throws ConnectorError SYNC_SETTING */
export function newFieldsAt(
  node: IExecuteFunctions,
  index: number,
): Array<NewMergeField & { value: unknown }> {
  const rows = node.getNodeParameter('newMergeFields.field', index, []) as IDataObject[];
  return rows.map((row) => {
    const tag = checkedTag(String(row.tag ?? ''));
    return { tag, name: String(row.name || tag), type: String(row.type ?? 'text'), value: row.value };
  });
}

export interface FieldsOfRun {
  existing: MergeFieldDefinition[];
  /** The audience's fields and those still to be created. */
  definitions: MergeFieldDefinition[];
  toCreate: NewMergeField[];
}

export function withNewFields(existing: MergeFieldDefinition[], wanted: NewMergeField[]): FieldsOfRun {
  const known = new Set(existing.map(({ tag }) => tag));
  const toCreate = wanted.filter(({ tag }) => !known.has(tag));
  const planned = toCreate.map((field) => ({ ...field, required: false, choices: [] }));
  return { existing, definitions: [...existing, ...planned], toCreate };
}

export interface CreatedFields {
  /** Those that this run created; another run may have been quicker. */
  made: AudienceEffect[];
  /** One that it perhaps created: no answer came. */
  inDoubt: AudienceEffect[];
  /** Why the rest was not made. */
  trouble: ConnectorError | undefined;
}

/** Whether the work may be done, though no answer says so. */
const isInDoubt = ({ errorCode }: ConnectorError): boolean => errorCode === 'MAILCHIMP_UNAVAILABLE';

/** @throws ConnectorError where certainly none was made; else the trouble is told beside what was */
export async function createMergeFields(
  mailchimp: Mailchimp,
  audienceId: string,
  fields: NewMergeField[],
): Promise<CreatedFields> {
  const made: AudienceEffect[] = [];
  // One after the other, so that they stand in the audience in the order of the settings.
  for (const field of fields) {
    const effect = mergeFieldEffect(audienceId, field);
    const answer = await createMergeField(mailchimp, audienceId, field).catch((error: unknown) => {
      if (error instanceof ConnectorError && (made.length > 0 || isInDoubt(error))) return error;
      throw error;
    });
    if (answer instanceof ConnectorError)
      return { made, inDoubt: isInDoubt(answer) ? [effect] : [], trouble: answer };
    if (answer.created) made.push(effect);
  }
  return { made, inDoubt: [], trouble: undefined };
}

/**
 * What became of fields of which an earlier run could not tell whether it had made them: as they are there, it had; and
 * if nothing needs them any more, their rows are closed.
 */
export function settledFields(
  { existing }: FieldsOfRun,
  wanted: NewMergeField[],
  { made, trouble }: CreatedFields,
  { audienceId, earlier }: RunContext,
): { found: AudienceEffect[]; overtaken: AudienceEffect[] } {
  const isThere = ({ tag, name, type }: NewMergeField): boolean =>
    existing.some((field) => field.tag === tag && field.name === name && field.type === type);
  const open = (fields: NewMergeField[]): AudienceEffect[] =>
    fields.map((field) => mergeFieldEffect(audienceId, field)).filter(({ key }) => earlier?.has(key));
  const found = open(wanted.filter(isThere));
  const told = new Set([...found, ...made].map(({ key }) => key));
  return { found, overtaken: trouble ? [] : open(wanted).filter(({ key }) => !told.has(key)) };
}
