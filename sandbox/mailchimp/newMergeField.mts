import type { Audience, MergeField } from './model.mts';

export type NewMergeField = Pick<MergeField, 'tag' | 'name' | 'type'> & Partial<MergeField>;

/** What every new audience has; its owner may change all of them. */
export const USUAL_FIELDS: NewMergeField[] = [
  { tag: 'FNAME', name: 'First Name', type: 'text' },
  { tag: 'LNAME', name: 'Last Name', type: 'text' },
  { tag: 'ADDRESS', name: 'Address', type: 'address', options: { default_country: 164 } },
  { tag: 'PHONE', name: 'Phone Number', type: 'phone', options: { phone_format: 'none' } },
];

export function addMergeField(audience: Audience, field: NewMergeField): MergeField {
  const mergeId = audience.nextMergeId();
  const made: MergeField = {
    required: false,
    defaultValue: '',
    public: false,
    displayOrder: mergeId + 1,
    helpText: '',
    ...field,
    options: field.options ?? (field.type === 'text' ? { size: 25 } : {}),
    mergeId,
  };
  audience.mergeFields.push(made);
  return made;
}
