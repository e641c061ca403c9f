import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { ConnectorError } from '../../connectors/errors';
import type { Mailchimp } from '../../connectors/mailchimp/api';
import { createMergeField, type NewMergeField } from '../../connectors/mailchimp/audiences';
import type { MergeFieldDefinition } from '../../sync/types';

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
  /** The audience's fields and those still to be created. */
  definitions: MergeFieldDefinition[];
  toCreate: NewMergeField[];
}

export function withNewFields(existing: MergeFieldDefinition[], wanted: NewMergeField[]): FieldsOfRun {
  const known = new Set(existing.map(({ tag }) => tag));
  const toCreate = wanted.filter(({ tag }) => !known.has(tag));
  const planned = toCreate.map((field) => ({ ...field, required: false, choices: [] }));
  return { definitions: [...existing, ...planned], toCreate };
}

export interface CreatedFields {
  /** Those that this run created; another run may have been quicker. */
  made: NewMergeField[];
  /** Why the rest was not made. */
  trouble: ConnectorError | undefined;
}

/** @throws ConnectorError while none is made yet; afterwards the trouble is told beside what was made */
export async function createMergeFields(
  mailchimp: Mailchimp,
  audienceId: string,
  fields: NewMergeField[],
): Promise<CreatedFields> {
  const made: NewMergeField[] = [];
  // One after the other, so that they stand in the audience in the order of the settings.
  for (const field of fields) {
    const answer = await createMergeField(mailchimp, audienceId, field).catch((error: unknown) => {
      if (error instanceof ConnectorError && made.length > 0) return error;
      throw error;
    });
    if (answer instanceof ConnectorError) return { made, trouble: answer };
    if (answer.created) made.push(field);
  }
  return { made, trouble: undefined };
}
