import { ConnectorError } from '../../../connectors/errors';
import type { Mailchimp } from '../../../connectors/mailchimp/api';
import {
  createMergeField,
  listMergeFields,
  type NewMergeField,
} from '../../../connectors/mailchimp/audiences';
import type { MergeFieldDefinition } from '../../../sync/types';
import type { SyncJob } from './job';

export interface MergeFields {
  /** The audience's fields and those still to be created. */
  definitions: MergeFieldDefinition[];
  toCreate: NewMergeField[];
}

const asDefinition = (field: NewMergeField): MergeFieldDefinition => ({
  ...field,
  required: false,
  choices: [],
});

/**
 * Checks before anything is written that the audience has, or will have, every field of the mapping: Mailchimp ignores
 * unknown tags silently.
 * @throws ConnectorError MAILCHIMP_MERGE_FIELD_MISSING, SYNC_SETTING
 */
export async function checkMergeFields(mailchimp: Mailchimp, job: SyncJob): Promise<MergeFields> {
  const existing = await listMergeFields(mailchimp, job.settings.audienceId);
  const known = new Set(existing.map(({ tag }) => tag));
  const toCreate = job.newMergeFields.filter(({ tag }) => !known.has(tag));
  const definitions = [...existing, ...toCreate.map(asDefinition)];
  const available = new Set(definitions.map(({ tag }) => tag));
  const missing = [...new Set(job.inputs.flatMap((input) => Object.keys(input.mapped)))].filter(
    (tag) => !available.has(tag),
  );
  if (missing.length > 0) {
    throw new ConnectorError(
      'MAILCHIMP_MERGE_FIELD_MISSING',
      `The audience has no merge field ${missing.join(', ')}.`,
      'Refresh the mapping of the node, or add the field under “Create Missing Merge Fields”.',
    );
  }
  checkNumberField(definitions, job.settings.customerNumberField);
  return { definitions, toCreate };
}

/** Several numbers stand in one field, so only text can hold them. */
function checkNumberField(definitions: MergeFieldDefinition[], tag: string): void {
  const field = definitions.find((definition) => definition.tag === tag);
  if (!field || field.type === 'text') return;
  throw new ConnectorError(
    'SYNC_SETTING',
    `The merge field ${tag} is of type ${field.type}, but customer numbers need text.`,
    'Name another field under “Customer Number Field”, or leave it empty.',
  );
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
