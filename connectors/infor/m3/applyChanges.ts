import type { BackEffect } from '../../../sync/contactChangeTypes';
import type { EffectResult } from '../../../sync/types';
import type { AddressSettings } from './addresses';
import { contactPersons, customerRecords, repositoryEntries } from './homes';
import type { Mi } from './mi';
import { writeReferences, type ReferenceSettings } from './references';
import { writeCarefully, type RecordHome, type Wanted } from './writes';

type Results = Map<string, EffectResult>;

interface AddressHome {
  home: RecordHome;
  /** Field that holds the address. */
  field: string;
}

function addressHome(mi: Mi, emailHome: string, settings: AddressSettings): AddressHome {
  switch (emailHome) {
    case 'CRS111MI':
      return { home: repositoryEntries(mi, settings.emailType), field: 'EMAL' };
    case 'CRS618MI':
      return { home: contactPersons(mi), field: 'EMAL' };
    default:
      return { home: customerRecords(mi), field: 'MAIL' };
  }
}

/** Characters that the home of the addresses holds (field lists of CRS610MI, CRS111MI, CRS618MI). */
export const addressLengthOf = (emailHome: string): number => (emailHome === 'MAIL' ? 50 : 60);

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
 * Writes what contacts changed into M3, strictly in this order: fields, addresses, cross-references. A reference tells
 * on which address both systems agree, so it must never run ahead of the address itself.
 * @throws ConnectorError for a trouble of the whole system that came before anything was written
 */
export async function applyChanges(
  mi: Mi,
  effects: BackEffect[],
  emailHome: string,
  references: ReferenceSettings,
  settings: AddressSettings,
): Promise<Results> {
  const { home, field } = addressHome(mi, emailHome, settings);
  const ofKind = <K extends BackEffect['kind']>(kind: K) =>
    effects.filter((effect): effect is Extract<BackEffect, { kind: K }> => effect.kind === kind);
  const fieldHome = emailHome === 'CRS618MI' ? home : customerRecords(mi);
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
  const written = links.length > 0 ? await writeReferences(mi, references, new Map(wanted)) : undefined;
  const linked: Results = new Map(links.map(({ key, recordNumber }) => [key, written!.get(recordNumber)!]));
  return new Map([...fields, ...addresses, ...linked]);
}
