import type {
  FieldType,
  ILoadOptionsFunctions,
  ResourceMapperField,
  ResourceMapperFields,
} from 'n8n-workflow';
import { listMergeFields } from '../../connectors/mailchimp/audiences';
import type { MergeFieldDefinition } from '../../sync/types';
import { toNodeError } from '../shared/errors';
import { mailchimpOf } from '../shared/mailchimp';

/** How n8n's editor shows a merge field; a date stays text, because M3's form of a date is not n8n's. */
const EDITOR_TYPES: Record<string, FieldType> = {
  address: 'object',
  dropdown: 'options',
  number: 'number',
  radio: 'options',
};

const toMapperField = (field: MergeFieldDefinition): ResourceMapperField => ({
  id: field.tag,
  displayName: `${field.name} (${field.tag})`,
  required: false,
  defaultMatch: false,
  display: true,
  type: EDITOR_TYPES[field.type] ?? 'string',
  ...(field.choices.length > 0
    ? { options: field.choices.map((choice) => ({ name: choice, value: choice })) }
    : {}),
});

export async function getMergeFields(this: ILoadOptionsFunctions): Promise<ResourceMapperFields> {
  const audienceId = String(this.getNodeParameter('audience', '', { extractValue: true }) ?? '');
  if (!audienceId) return { fields: [], emptyFieldsNotice: 'Choose an audience first.' };
  try {
    const fields = await listMergeFields(await mailchimpOf(this), audienceId);
    return { fields: fields.map(toMapperField) };
  } catch (error) {
    throw toNodeError(this.getNode(), error);
  }
}
