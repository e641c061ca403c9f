import type { AddressEntry } from '../../../sync/contactChangeTypes';
import { splitAddresses } from '../emails';
import type { AddressHome, Row } from '../homes';
import type { AddressSettings } from './addresses';
import {
  contactPersons,
  customerRecords,
  referenceKey,
  repositoryEntries,
  supplierReferences,
} from './homes';
import type { Mi } from './mi';
import { CONTACT_FIELDS } from './objects';
import { pagesOf } from './pages';
import { readSupplierReferences } from './supplierDetails';

type Entries = Map<string, AddressEntry[]>;

const entry = (key: string, text: string, fields: Row = {}): AddressEntry => ({
  key,
  text,
  emails: splitAddresses(text),
  fields,
});

/** One text a number. */
const oneEach = (numbers: Iterable<string>, textOf: (number: string) => string | undefined): Entries =>
  new Map(
    [...numbers].map((number) => {
      const text = textOf(number);
      return [number, text ? [entry(number, text)] : []];
    }),
  );

/** CRS618MI/Lst knows no customer, so all contact persons are read, once. */
async function contactEntries(mi: Mi, numbers: ReadonlySet<string>, referenceType: string): Promise<Entries> {
  const found: Entries = new Map();
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

function repository(mi: Mi, emailType: string): AddressHome {
  const home = repositoryEntries(mi, emailType);
  return {
    home,
    field: 'EMAL',
    maxLength: 60,
    fieldsGoTo: 'customer',
    entries: async (records) => {
      const texts = await home.read([...records.keys()]);
      return oneEach(records.keys(), (number) => texts.get(number)?.EMAL);
    },
  };
}

const customerRecord = (mi: Mi): AddressHome => ({
  home: customerRecords(mi),
  field: 'MAIL',
  maxLength: 50,
  fieldsGoTo: 'customer',
  entries: async (records) => oneEach(records.keys(), (number) => records.get(number)?.MAIL),
});

const contacts = (mi: Mi, referenceType: string): AddressHome => ({
  home: contactPersons(mi),
  field: 'EMAL',
  maxLength: 60,
  fieldsGoTo: 'entry',
  entryFields: CONTACT_FIELDS,
  entries: (records) => contactEntries(mi, new Set(records.keys()), referenceType),
});

export function customerAddresses(mi: Mi, emailHome: string, settings: AddressSettings): AddressHome {
  if (emailHome === 'CRS111MI') return repository(mi, settings.emailType);
  return emailHome === 'CRS618MI' ? contacts(mi, settings.contactReferenceType) : customerRecord(mi);
}

const references = (mi: Mi): AddressHome => ({
  home: supplierReferences(mi),
  field: 'EMAL',
  maxLength: 60,
  fieldsGoTo: 'customer',
  entries: async (records) => {
    const rows = await readSupplierReferences(mi, [...records.keys()]);
    return new Map(
      [...rows].map(([number, list]) => [
        number,
        list.filter(({ EMAL }) => EMAL).map((row) => entry(referenceKey(row), row.EMAL!, row)),
      ]),
    );
  },
});

export const supplierAddresses = (mi: Mi, emailHome: string, settings: AddressSettings): AddressHome =>
  emailHome === 'CRS111MI' ? repository(mi, settings.supplierEmailType) : references(mi);
