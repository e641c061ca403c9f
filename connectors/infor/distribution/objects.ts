import type { RecordKind } from '../../../sync/record';
import type { ReferenceFields, Row } from '../homes';
import type { Field, ObjectType } from '../productLine';

/** Table of each kind, and whether its key is a number (infor §7; table and field names are assumed). */
export const TABLES: Record<RecordKind, { table: string; numeric: boolean }> = {
  customer: { table: 'arsc', numeric: true },
  supplier: { table: 'apsv', numeric: true },
  item: { table: 'icsp', numeric: false },
  purchaseOrder: { table: 'poeh', numeric: true },
  invoice: { table: 'aret', numeric: true },
  glAccount: { table: 'glsa', numeric: false },
};

/** The contact's id is 32 characters, its audience 10, the hash 30, the preference 13. */
export const REFERENCE_FIELDS: ReferenceFields = {
  addressHash: 'user22',
  audienceId: 'user23',
  contactId: 'user21',
  preference: 'user24',
};

const CHANGED = { changeDate: 'transdt', changeTime: 'transtm' };

const PARTY = {
  ...{ name: 'name', phone: 'phoneno', email: 'email', taxId: 'taxid', language: 'langcd', line1: 'addr1' },
  ...{ line2: 'addr2', city: 'city', state: 'state', postalCode: 'zipcd', country: 'countrycd' },
  ...{ status: 'statustype', ...CHANGED },
};

const CUSTOMER = {
  ...{ number: 'custno', ...PARTY, parentNumber: 'salesterr', payerNumber: '' },
  ...{ creditHold: 'holdcd', overdueAmount: '', groupNumber: '', stopCode: '', creditLimit: 'credlim' },
  ...{ overdueDays: '', openAmount: '', lastInvoiceDate: '', lastOrderDate: '', createdDate: 'enterdt' },
};

const NOT_A_PARTY = 'SX.e has no call that changes it as a master record; use the resource SX API.';

const readOnly = (fieldNames: Row): ObjectType => ({
  abilities: ['read', 'changes'],
  missing: { update: NOT_A_PARTY, customFields: NOT_A_PARTY },
  updatable: {},
  fieldNames: { ...fieldNames, ...CHANGED },
});

const EDITABLE = {
  ...{ name: 30, addr1: 30, addr2: 30, city: 20, state: 2, zipcd: 10, countrycd: 3, phoneno: 20, email: 50 },
  ...{ user1: 8, user2: 8 },
};

export const OBJECTS: Record<RecordKind, ObjectType> = {
  customer: {
    abilities: ['read', 'changes', 'update', 'customFields', 'contactLink', 'financials'],
    missing: {},
    updatable: EDITABLE,
    fieldNames: { ...CUSTOMER, parentNumber: '' },
  },
  supplier: {
    abilities: ['read', 'changes'],
    missing: {
      update: 'Only customers have a maintenance call here (sxapiarcustomermnt).',
      customFields: 'Only customers have a maintenance call here (sxapiarcustomermnt).',
      contactLink: 'SX.e’s vendors cannot be written, so they keep no contact id.',
      financials: 'A vendor has no credit hold.',
    },
    updatable: {},
    fieldNames: { number: 'vendno', ...PARTY },
  },
  item: readOnly({
    number: 'prod',
    name: 'descrip1',
    unit: 'unitstock',
    group: 'prodcat',
    status: 'statustype',
  }),
  purchaseOrder: readOnly({
    ...{ number: 'pono', supplierNumber: 'vendno', status: 'stagecd', orderDate: 'orderdt' },
    ...{ currency: 'currencyty', amount: 'totordamt' },
  }),
  invoice: readOnly({
    ...{ number: 'invno', invoiceNumber: 'invno', customerNumber: 'custno', payerNumber: '' },
    ...{ invoiceDate: 'invdt', dueDate: 'duedt', currency: 'currencyty', amount: 'amount', openAmount: '' },
  }),
  glAccount: readOnly({ number: 'gldivno', name: 'glname', type: 'gltype', status: 'statustype' }),
};

export const SETTINGS: Field[] = [
  {
    ...{ name: 'company', displayName: 'Company', default: '1', placeholder: 'e.g. 1' },
    description: 'Company number (cono)',
  },
  {
    ...{ name: 'operator', displayName: 'Operator', default: 'sys', rare: true },
    description: 'Initials of the operator under whom the calls are made (operatorInit)',
  },
  {
    ...{ name: 'pathPrefix', displayName: 'Path', default: 'SX/rest/sxapirestservice', rare: true },
    description: 'Path of the REST service below the tenant; SX/web/sxapirestservice in some tenants',
  },
];
