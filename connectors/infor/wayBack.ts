import type { AddressEntry, BackEffect, CustomerState } from '../../sync/contactChangeTypes';
import type { CrossReference } from '../../sync/crossReference';
import type { EffectResult } from '../../sync/types';
import { toReference, toReferenceRow } from './canonical';
import { writeCarefully, type Wanted } from './careful';
import type { PartyHomes, RecordHome, Row } from './homes';

type Results = Map<string, EffectResult>;

/** The cross-references of many parties; one without custom fields is missing in the answer. */
export async function readReferences(
  { customFields, referenceFields }: Pick<PartyHomes, 'customFields' | 'referenceFields'>,
  numbers: string[],
): Promise<Map<string, CrossReference>> {
  const rows = await customFields.read(numbers);
  return new Map([...rows].map(([number, row]) => [number, toReference(row, referenceFields)]));
}

/** Stores cross-references, each in its party's custom fields. @throws ConnectorError as `writeCarefully` does */
export function writeReferences(
  { customFields, referenceFields }: Pick<PartyHomes, 'customFields' | 'referenceFields'>,
  wanted: ReadonlyMap<string, CrossReference>,
): Promise<Results> {
  const rows = [...wanted].map(
    ([number, reference]) => [number, { fields: toReferenceRow(reference, referenceFields) }] as const,
  );
  return writeCarefully(customFields, new Map(rows));
}

/**
 * What CloudSuite holds about customers: cross-references of all, records and addresses only of those for which they
 * matter. A customer that CloudSuite does not have is missing in the answer.
 * @param needsRecord whether the cross-reference alone does not tell enough about a customer
 */
export async function readCustomerStates(
  homes: PartyHomes,
  numbers: string[],
  emailHome: string,
  needsRecord: (number: string, reference: CrossReference | undefined) => boolean,
): Promise<Map<string, CustomerState>> {
  const stored = await readReferences(homes, numbers);
  const asked = numbers.filter((number) => needsRecord(number, stored.get(number)));
  const records = asked.length > 0 ? await homes.records.read(asked) : new Map<string, Row>();
  const addresses =
    records.size > 0 ? await homes.addresses(emailHome).entries(records) : new Map<string, AddressEntry[]>();
  const known = numbers.filter((number) => records.has(number) || !asked.includes(number));
  return new Map(
    known.map((number) => [
      number,
      {
        fields: records.get(number) ?? {},
        addresses: addresses.get(number) ?? [],
        crossReference: stored.get(number),
      },
    ]),
  );
}

/** Writes one kind of effect; results by effect key. */
async function writeKind<E extends BackEffect>(
  home: RecordHome,
  effects: E[],
  entryOf: (effect: E) => [string, Wanted],
): Promise<Results> {
  if (effects.length === 0) return new Map();
  const entries = effects.map((effect) => ({ effect, entry: entryOf(effect) }));
  const written = await writeCarefully(home, new Map(entries.map(({ entry }) => entry)));
  return new Map(entries.map(({ effect, entry: [key] }) => [effect.key, written.get(key)!]));
}

/**
 * Writes what contacts changed into CloudSuite, strictly in this order: fields, addresses, cross-references. A reference
 * tells on which address both systems agree, so it must never run ahead of the address itself.
 * @returns results by effect key; doing it twice equals doing it once
 * @throws ConnectorError for a trouble of the whole system that came before anything was written
 */
export async function applyChanges(
  homes: PartyHomes,
  effects: BackEffect[],
  emailHome: string,
): Promise<Results> {
  const { home, field, fieldsGoTo } = homes.addresses(emailHome);
  const ofKind = <K extends BackEffect['kind']>(kind: K) =>
    effects.filter((effect): effect is Extract<BackEffect, { kind: K }> => effect.kind === kind);
  const fieldHome = fieldsGoTo === 'entry' ? home : homes.records;
  const fields = await writeKind(
    fieldHome,
    ofKind('updateCustomer'),
    ({ entry, fields: values, expected }) => [entry, { fields: values, expected }],
  );
  const addresses = await writeKind(home, ofKind('updateAddress'), ({ entry, text, expected }) => [
    entry,
    { fields: { [field]: text }, expected: { [field]: expected } },
  ]);
  const failed = new Set(
    ofKind('updateAddress')
      .filter(({ key }) => !addresses.get(key)?.applied)
      .map(({ recordNumber }) => recordNumber),
  );
  const links = ofKind('crossReference');
  const wanted = links.map(({ recordNumber, crossReference, fallbackHash }) => {
    const addressHash = failed.has(recordNumber) ? fallbackHash : crossReference.addressHash;
    return [recordNumber, { ...crossReference, addressHash }] as const;
  });
  const written = links.length > 0 ? await writeReferences(homes, new Map(wanted)) : undefined;
  const linked: Results = new Map(links.map(({ key, recordNumber }) => [key, written!.get(recordNumber)!]));
  return new Map([...fields, ...addresses, ...linked]);
}
