import { ConnectorError } from '../../errors';
import { referenceFieldsOf } from '../canonical';
import type { ReferenceFields, Row } from '../homes';
import type { Field, Settings } from '../productLine';
import type { AddressSettings } from './addresses';
import type { CustomTable } from './customFields';
import type { MiContext } from './mi';

/** What of it is assumed, and how to check it, is listed in docs/assumptions.md. */
export interface M3Settings extends MiContext, AddressSettings {
  /** Custom fields of customers, and of suppliers. */
  table: CustomTable;
  supplierTable: CustomTable;
  referenceFields: ReferenceFields;
  /** Type of the identities that are accounts (AITP). */
  accountType: string;
  /** YYYYMMDD; invoices before it are not listed. */
  invoicesFrom: string;
}

/** Contact id, preference, hash and audience fit these fields of CUSEXTMI: 120 and 30 characters. */
export const REFERENCE_FIELDS: ReferenceFields = {
  addressHash: 'A130',
  audienceId: 'A230',
  contactId: 'A121',
  preference: 'A030',
};

const rare = (name: string, displayName: string, usual: string, description: string): Field => ({
  name,
  displayName,
  description,
  default: usual,
  rare: true,
});

export const SETTINGS: Field[] = [
  {
    name: 'company',
    displayName: 'Company',
    default: '',
    placeholder: 'e.g. 100',
    description: 'Leave it empty to use the default company of the M3 user',
  },
  {
    name: 'division',
    displayName: 'Division',
    default: '',
    placeholder: 'e.g. AAA',
    description: 'Leave it empty to use the default division of the M3 user',
  },
  rare('accountType', 'Account Type', '1', 'Type of the identities that are accounts (CRS630, field AITP)'),
  rare(
    'contactReferenceType',
    'Contact Reference Type',
    '',
    'Type of the reference by which a contact person belongs to a customer (CRS618, field ERTP). Empty for any, also a supplier of the same number.',
  ),
  rare('customFieldFile', 'Custom Field File', 'OCUSMA', 'FILE of the customers’ custom fields in CUSEXTMI'),
  rare(
    'customFieldKey',
    'Custom Field Key',
    'PK01',
    'Key of CUSEXTMI that holds the number of the customer or supplier',
  ),
  rare(
    'customFieldKeys',
    'Custom Field Fixed Keys',
    '',
    'Further keys that are the same for everyone, such as PK02=MAIL, PK03=1',
  ),
  rare(
    'emailType',
    'Email Type',
    '04',
    'Type of the customers’ entries in the e-mail repository (CRS111, field EMTP)',
  ),
  rare('invoicesFrom', 'Invoices From', '', 'First invoice date that is listed; empty for two years back'),
  rare(
    'supplierCustomFieldFile',
    'Supplier Custom Field File',
    'CIDMAS',
    'FILE of the suppliers’ custom fields in CUSEXTMI',
  ),
  rare(
    'supplierEmailType',
    'Supplier Email Type',
    '02',
    'Type of the suppliers’ entries in the e-mail repository (CRS111, field EMTP)',
  ),
];

const settingError = (what: string, remedy: string): ConnectorError =>
  new ConnectorError('INFOR_SETTING', what, remedy);

function keysOf(text: string): Row {
  const pairs = text
    .split(',')
    .map((pair) => pair.trim())
    .filter((pair) => pair !== '');
  return Object.fromEntries(
    pairs.map((pair): [string, string] => {
      const match = /^(PK0[1-8])\s*=\s*(.*)$/.exec(pair);
      if (match) return [match[1]!, match[2]!];
      throw settingError(`“${pair}” is no key of the form PK02=VALUE.`, 'Correct “Custom Field Fixed Keys”.');
    }),
  );
}

/** M3 takes a company that is no number for “none given” in a bulk call, which would mean another company. */
function companyOf(company: string): string {
  if (/^\d{0,3}$/.test(company)) return company;
  throw settingError(
    '“Company” is not a number of up to three digits.',
    'Enter M3’s company (CONO), such as 100, or leave it empty for the default of the M3 user.',
  );
}

function invoicesFromOf(text: string): string {
  const digits = text.replaceAll('-', '').slice(0, 8);
  if (digits === '' || /^(19|20)\d{6}$/.test(digits)) return digits;
  throw settingError('“Invoices From” is not a date.', 'Enter a date such as 2026-01-31.');
}

/** @throws ConnectorError INFOR_SETTING */
export function settingsOf({ values, referenceFields }: Settings): M3Settings {
  const usual = new Map(SETTINGS.map((field) => [field.name, field.default]));
  const value = (name: string): string => (values[name] ?? '').trim() || (usual.get(name) ?? '');
  const keyField = value('customFieldKey');
  if (!/^PK0[1-8]$/.test(keyField))
    throw settingError('“Custom Field Key” is none of PK01 to PK08.', 'Enter the key, such as PK01.');
  const table = { keyField, fixedKeys: keysOf(value('customFieldKeys')) };
  return {
    company: companyOf(value('company')),
    division: value('division'),
    accountType: value('accountType'),
    contactReferenceType: value('contactReferenceType'),
    emailType: value('emailType'),
    supplierEmailType: value('supplierEmailType'),
    invoicesFrom: invoicesFromOf(value('invoicesFrom')),
    table: { ...table, file: value('customFieldFile') },
    supplierTable: { ...table, file: value('supplierCustomFieldFile') },
    referenceFields: referenceFieldsOf(referenceFields, REFERENCE_FIELDS),
  };
}
