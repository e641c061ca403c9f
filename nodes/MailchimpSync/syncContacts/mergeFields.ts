import { ConnectorError } from '../../../connectors/errors';
import type { Mailchimp } from '../../../connectors/mailchimp/api';
import { listMergeFields } from '../../../connectors/mailchimp/audiences';
import type { MergeFieldDefinition } from '../../../sync/types';
import { withNewFields, type FieldsOfRun } from '../newMergeFields';
import type { SyncJob } from './job';

/**
 * Checks before anything is written that the audience has, or will have, every field of the mapping: Mailchimp ignores
 * unknown tags silently.
 * @throws ConnectorError MAILCHIMP_MERGE_FIELD_MISSING, SYNC_SETTING
 */
export async function checkMergeFields(mailchimp: Mailchimp, job: SyncJob): Promise<FieldsOfRun> {
  const existing = await listMergeFields(mailchimp, job.settings.audienceId);
  const fields = withNewFields(existing, job.newMergeFields);
  const { definitions } = fields;
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
  return fields;
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
