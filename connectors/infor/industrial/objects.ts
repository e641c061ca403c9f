import type { RecordKind } from '../../../sync/record';
import type { ReferenceFields, Row } from '../homes';
import type { Field, ObjectType } from '../productLine';

/** IDO of each kind, the property that is its key, and what a row must have besides. */
export const IDOS: Record<RecordKind, { ido: string; setting: string; always: Row }> = {
  customer: { ido: 'SLCustomers', setting: 'customerIdo', always: { CustSeq: '0' } },
  supplier: { ido: 'SLVendors', setting: 'supplierIdo', always: {} },
  item: { ido: 'SLItems', setting: 'itemIdo', always: {} },
  purchaseOrder: { ido: 'SLPos', setting: 'purchaseOrderIdo', always: {} },
  invoice: { ido: 'SLInvHdrs', setting: 'invoiceIdo', always: { InvSeq: '0' } },
  glAccount: { ido: 'SLCharts', setting: 'glAccountIdo', always: {} },
};

const references = (alias: string): ReferenceFields => ({
  addressHash: `${alias}Uf_MailchimpAddress`,
  audienceId: `${alias}Uf_MailchimpAudience`,
  contactId: `${alias}Uf_MailchimpContact`,
  preference: `${alias}Uf_MailchimpPreference`,
});

/** Properties that a tenant adds to both IDOs. */
export const REFERENCE_FIELDS = { customer: references('cus'), supplier: references('ven') };

const CUSTOMER = {
  ...{ number: 'CustNum', name: 'Name', phone: 'Phone_1', email: 'CustomerEmailAddr', taxId: 'TaxRegNum1' },
  ...{ language: 'LangCode', line1: 'Addr_1', line2: 'Addr_2', city: 'City', state: 'State' },
  ...{ postalCode: 'Zip', country: 'Country', parentNumber: 'CorpCust', payerNumber: '', status: '' },
  ...{ creditHold: 'CreditHold', overdueAmount: '', modifiedAt: 'RecordDate', groupNumber: '' },
  ...{ stopCode: 'CreditHoldReason', creditLimit: 'CreditLimit', overdueDays: '', createdDate: '' },
  ...{ openAmount: 'DerPostedBal', lastInvoiceDate: '', lastOrderDate: '' },
};

const SUPPLIER = {
  ...{ number: 'VendNum', name: 'Name', phone: 'Phone', email: 'ExternalEmailAddr', taxId: 'TaxRegNum1' },
  ...{ language: 'LangCode', line1: 'VadAddr_1', line2: 'VadAddr_2', city: 'VadCity', state: 'VadState' },
  ...{ postalCode: 'VadZip', country: 'VadCountry', status: 'Stat', modifiedAt: 'RecordDate' },
};

const NOT_A_PARTY = 'Only customers and suppliers are changed here; use the resource IDO.';

const readOnly = (fieldNames: Row): ObjectType => ({
  abilities: ['read', 'changes'],
  missing: { update: NOT_A_PARTY, customFields: NOT_A_PARTY },
  updatable: {},
  fieldNames,
});

/** Lengths of CSI's own properties; CSI refuses what is longer in a tenant. */
const updatable = (names: string[]): Record<string, number> =>
  Object.fromEntries(
    names.map((name) => [name, /Phone|Fax/.test(name) ? 25 : /Zip|State|Lang/.test(name) ? 10 : 60]),
  );

export const OBJECTS: Record<RecordKind, ObjectType> = {
  customer: {
    abilities: ['read', 'changes', 'update', 'customFields', 'contactLink', 'financials'],
    missing: {},
    updatable: updatable([
      ...['Name', 'Phone_1', 'Addr_1', 'Addr_2', 'City', 'State', 'Zip', 'Country', 'LangCode', 'Contact_1'],
      ...['CustomerEmailAddr', 'BillToEmail', 'ShipToEmail', 'Charfld1'],
    ]),
    fieldNames: CUSTOMER,
  },
  supplier: {
    abilities: ['read', 'changes', 'update', 'customFields', 'contactLink'],
    missing: { financials: 'CloudSuite Industrial keeps a credit hold of customers only.' },
    updatable: updatable(['Name', 'Phone', 'LangCode', 'ExternalEmailAddr', 'Charfld1']),
    fieldNames: SUPPLIER,
    emailHomes: [{ name: 'External Email', value: 'ExternalEmailAddr' }],
  },
  item: readOnly({
    ...{ number: 'Item', name: 'Description', unit: 'UM', group: 'ProductCode', status: 'Stat' },
    modifiedAt: 'RecordDate',
  }),
  purchaseOrder: readOnly({
    ...{ number: 'PoNum', supplierNumber: 'VendNum', status: 'Stat', orderDate: 'OrderDate' },
    ...{ currency: 'CurrCode', amount: 'PoCost', modifiedAt: 'RecordDate' },
  }),
  invoice: readOnly({
    ...{ number: 'InvNum', invoiceNumber: 'InvNum', customerNumber: 'CustNum', payerNumber: '' },
    ...{ invoiceDate: 'InvDate', dueDate: 'DueDate', currency: 'CurrCode', amount: 'Price', openAmount: '' },
    modifiedAt: 'RecordDate',
  }),
  glAccount: readOnly({
    number: 'Acct',
    name: 'Description',
    type: 'Type',
    status: '',
    modifiedAt: 'RecordDate',
  }),
};

const idoSetting = (kind: RecordKind, what: string): Field => ({
  name: IDOS[kind].setting,
  displayName: `${what} IDO`,
  description: `IDO that holds ${what.toLowerCase()}s; a tenant may have extended it under another name`,
  default: IDOS[kind].ido,
  rare: true,
});

export const SETTINGS: Field[] = [
  {
    name: 'configuration',
    displayName: 'Configuration',
    description: 'Mongoose configuration, such as ACME_PRD_MAIN. Empty where the tenant has only one.',
    default: '',
    placeholder: 'e.g. ACME_PRD_MAIN',
    list: 'configurations',
  },
  idoSetting('customer', 'Customer'),
  idoSetting('glAccount', 'Account'),
  idoSetting('invoice', 'Invoice'),
  idoSetting('item', 'Item'),
  idoSetting('purchaseOrder', 'Purchase Order'),
  idoSetting('supplier', 'Supplier'),
  {
    name: 'keyLength',
    displayName: 'Key Length',
    description: 'Width to which CSI pads keys of digits alone on their left (CustNum, VendNum, PoNum)',
    default: '7',
    rare: true,
  },
];
