import type { CrossReference } from '../../../sync/crossReference';
import type { EffectResult } from '../../../sync/types';
import { customFields, type CustomTable } from './customFields';
import type { MiRecord } from './fields';
import type { Mi } from './mi';
import { writeCarefully } from './writes';

/** Which custom field keeps which part of the cross-reference; '' keeps it nowhere. */
export type ReferenceFields = Record<keyof CrossReference, string>;

export interface ReferenceSettings {
  table: CustomTable;
  fields: ReferenceFields;
}

const PARTS: Array<keyof CrossReference> = ['audienceId', 'contactId', 'addressHash', 'preference'];

const toReference = (row: MiRecord, fields: ReferenceFields): CrossReference =>
  Object.fromEntries(PARTS.map((part) => [part, row[fields[part]] ?? ''])) as unknown as CrossReference;

const toRow = (reference: CrossReference, fields: ReferenceFields): MiRecord =>
  Object.fromEntries(PARTS.filter((part) => fields[part]).map((part) => [fields[part], reference[part]]));

/** The cross-references of many customers; a customer without one is missing in the answer. */
export async function readReferences(
  mi: Mi,
  { table, fields }: ReferenceSettings,
  numbers: string[],
): Promise<Map<string, CrossReference>> {
  const rows = await customFields(mi, table).read(numbers);
  return new Map([...rows].map(([number, row]) => [number, toReference(row, fields)]));
}

/** Of a customer without custom fields. */
export const EMPTY_REFERENCE: CrossReference = {
  audienceId: '',
  contactId: '',
  addressHash: '',
  preference: '',
};

/** Stores cross-references, each in its customer's custom fields. @throws ConnectorError as `writeCarefully` does */
export function writeReferences(
  mi: Mi,
  { table, fields }: ReferenceSettings,
  wanted: ReadonlyMap<string, CrossReference>,
): Promise<Map<string, EffectResult>> {
  const rows = [...wanted].map(
    ([number, reference]) => [number, { fields: toRow(reference, fields) }] as const,
  );
  return writeCarefully(customFields(mi, table), new Map(rows));
}
