import type { RecordKind } from '../../../sync/record';
import type { ReferenceFields, Row } from '../homes';
import type { Field, ObjectType } from '../productLine';

/** Service and entity set of each kind (infor §6.1; those of invoices and accounts are assumed). */
export const SETS: Record<RecordKind, { set: string; setting: string; what: string }> = {
  customer: { set: 'tcapi.comBusinessPartner/BusinessPartners', setting: 'customerSet', what: 'Customer' },
  supplier: {
    set: 'tcapi.comBusinessPartner/BuyfromBusinessPartners',
    setting: 'supplierSet',
    what: 'Supplier',
  },
  item: { set: 'tcapi.ibdItem/Items', setting: 'itemSet', what: 'Item' },
  purchaseOrder: { set: 'tdapi.purPurchaseOrder/Orders', setting: 'orderSet', what: 'Purchase Order' },
  invoice: { set: 'tfapi.acrSalesInvoice/SalesInvoices', setting: 'invoiceSet', what: 'Invoice' },
  glAccount: { set: 'tfapi.gldLedgerAccount/LedgerAccounts', setting: 'accountSet', what: 'Account' },
};

/** Customer-defined fields that a tenant adds to business partners. */
export const REFERENCE_FIELDS: ReferenceFields = {
  addressHash: 'cdf_mcad',
  audienceId: 'cdf_mcau',
  contactId: 'cdf_mcid',
  preference: 'cdf_mcpr',
};

const PARTY = {
  ...{
    number: 'BusinessPartner',
    name: 'Name',
    phone: 'Telephone',
    email: 'EmailAddress',
    taxId: 'TaxNumber',
  },
  ...{ language: 'Language', line1: 'AddressRef.Street', line2: 'AddressRef.HouseNumber' },
  ...{
    city: 'AddressRef.City',
    state: 'AddressRef.StateProvince',
    postalCode: 'AddressRef.ZIPCodePostalCode',
  },
  ...{ country: 'AddressRef.Country', status: 'BusinessPartnerStatus' },
  modifiedAt: 'LastModificationDateTime',
};

const CUSTOMER = {
  ...PARTY,
  parentNumber: 'ParentBusinessPartner',
  payerNumber: '',
  ...{ creditHold: '', overdueAmount: '', groupNumber: '', stopCode: '', creditLimit: '', overdueDays: '' },
  ...{ openAmount: '', lastInvoiceDate: '', lastOrderDate: '', createdDate: '' },
};

const NOT_A_PARTY = 'Only business partners are changed here; use the resource OData.';

const readOnly = (fieldNames: Row): ObjectType => ({
  abilities: ['read', 'changes'],
  missing: { update: NOT_A_PARTY, customFields: NOT_A_PARTY },
  updatable: {},
  fieldNames: { ...fieldNames, modifiedAt: 'LastModificationDateTime' },
});

const UPDATABLE = { Name: 35, Telephone: 32, EmailAddress: 100, TaxNumber: 35, SearchKey: 16 };

export const OBJECTS: Record<RecordKind, ObjectType> = {
  customer: {
    abilities: ['read', 'changes', 'update', 'customFields', 'contactLink'],
    missing: {
      financials:
        'Which property tells a credit hold differs between tenants: name it “creditHold” under Field Names.',
    },
    updatable: UPDATABLE,
    fieldNames: CUSTOMER,
  },
  supplier: {
    abilities: ['read', 'changes', 'update', 'customFields', 'contactLink'],
    missing: { financials: 'A supplier has no credit hold.' },
    updatable: UPDATABLE,
    fieldNames: PARTY,
  },
  item: readOnly({
    number: 'Item',
    name: 'Description',
    unit: 'InventoryUnit',
    group: 'ItemGroup',
    status: 'ItemStatus',
  }),
  purchaseOrder: readOnly({
    ...{ number: 'OrderNumber', supplierNumber: 'BuyfromBusinessPartner', status: 'OrderStatus' },
    ...{ orderDate: 'OrderDate', currency: 'Currency', amount: 'OrderAmount' },
  }),
  invoice: readOnly({
    ...{
      number: 'InvoiceNumber',
      invoiceNumber: 'InvoiceNumber',
      customerNumber: 'InvoicetoBusinessPartner',
    },
    ...{ payerNumber: '', invoiceDate: 'InvoiceDate', dueDate: 'DueDate', currency: 'Currency' },
    ...{ amount: 'InvoiceAmount', openAmount: '' },
  }),
  glAccount: readOnly({
    number: 'LedgerAccount',
    name: 'Description',
    type: 'AccountType',
    status: 'AccountStatus',
  }),
};

const setSetting = (kind: RecordKind): Field => ({
  name: SETS[kind].setting,
  displayName: `${SETS[kind].what} Entity Set`,
  description: `Service and entity set that hold ${SETS[kind].what.toLowerCase()}s`,
  default: SETS[kind].set,
  rare: true,
});

export const SETTINGS: Field[] = [
  {
    ...{ name: 'company', displayName: 'Company', default: '', placeholder: 'e.g. 1000' },
    description: 'LN’s company, 0 to 9999; each call needs one',
  },
  ...(Object.keys(SETS) as RecordKind[]).map(setSetting),
  {
    ...{ name: 'identity', displayName: 'LN User', default: '', rare: true },
    description: 'User under whom LN works, where it is not the service account’s own (X-Infor-LnIdentity)',
  },
];
