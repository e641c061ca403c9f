import type { AddressEntry, CustomerState } from '../../../sync/contactChangeTypes';
import type { CrossReference } from '../../../sync/crossReference';
import { splitAddresses } from './emails';
import type { MiRecord } from './fields';
import { customerRecords, repositoryEntries } from './homes';
import type { Mi } from './mi';
import { pagesOf } from './pages';
import { readReferences, type ReferenceSettings } from './references';
import type { AddressSettings } from './addresses';

export interface StateQuery {
  emailHome: string;
  references: ReferenceSettings;
  /** Whether the cross-reference alone does not tell enough about this customer. */
  needsRecord(number: string, reference: CrossReference | undefined): boolean;
}

const entry = (key: string, text: string, fields: MiRecord = {}): AddressEntry => ({
  key,
  text,
  emails: splitAddresses(text),
  fields,
});

/** CRS618MI/Lst knows no customer, so all contact persons are read, once. */
async function contactEntries(
  mi: Mi,
  numbers: ReadonlySet<string>,
  referenceType: string,
): Promise<Map<string, AddressEntry[]>> {
  const found = new Map<string, AddressEntry[]>();
  for await (const page of pagesOf(mi, { program: 'CRS618MI', transaction: 'Lst', record: {} }, 'CNPE')) {
    for (const contact of page) {
      const { CNPE = '', EMRE = '', EMAL = '', STAT, ERTP } = contact;
      const isOurs = numbers.has(EMRE) && (referenceType === '' || ERTP === referenceType);
      if (!isOurs || STAT === '90' || !EMAL) continue;
      found.set(EMRE, [...(found.get(EMRE) ?? []), entry(CNPE, EMAL, contact)]);
    }
  }
  return found;
}

async function addressEntries(
  mi: Mi,
  home: string,
  records: ReadonlyMap<string, MiRecord>,
  settings: AddressSettings,
): Promise<Map<string, AddressEntry[]>> {
  const numbers = [...records.keys()];
  if (home === 'CRS618MI') return contactEntries(mi, new Set(numbers), settings.contactReferenceType);
  const texts =
    home === 'CRS111MI' ? await repositoryEntries(mi, settings.emailType).read(numbers) : undefined;
  return new Map(
    numbers.map((number) => {
      const text = texts ? texts.get(number)?.EMAL : records.get(number)?.MAIL;
      return [number, text ? [entry(number, text)] : []];
    }),
  );
}

/**
 * What M3 holds about customers: cross-references of all (100 in a call), records and addresses only of those for which
 * they matter. A customer that M3 does not have is missing in the answer.
 */
export async function readCustomerStates(
  mi: Mi,
  numbers: string[],
  { emailHome, references, needsRecord }: StateQuery,
  settings: AddressSettings,
): Promise<Map<string, CustomerState>> {
  const stored = await readReferences(mi, references, numbers);
  const asked = numbers.filter((number) => needsRecord(number, stored.get(number)));
  const records = asked.length > 0 ? await customerRecords(mi).read(asked) : new Map<string, MiRecord>();
  const addresses =
    records.size > 0
      ? await addressEntries(mi, emailHome, records, settings)
      : new Map<string, AddressEntry[]>();
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
