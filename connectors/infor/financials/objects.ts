import type { RecordKind } from '../../../sync/record';
import type { ReferenceFields, Row } from '../homes';
import type { Field, ObjectType } from '../productLine';

/** Business class of each kind (infor §5.6). */
export const CLASSES: Record<RecordKind, { businessClass: string; setting: string; what: string }> = {
  customer: { businessClass: 'Customer', setting: 'customerClass', what: 'Customer' },
  supplier: { businessClass: 'Vendor', setting: 'vendorClass', what: 'Vendor' },
  item: { businessClass: 'Item', setting: 'itemClass', what: 'Item' },
  purchaseOrder: { businessClass: 'PurchaseOrder', setting: 'purchaseOrderClass', what: 'Purchase Order' },
  invoice: { businessClass: 'ReceivableInvoice', setting: 'invoiceClass', what: 'Invoice' },
  glAccount: { businessClass: 'GeneralLedgerChartAccount', setting: 'accountClass', what: 'Account' },
};

/** User fields that a tenant adds to Customer and Vendor (assumed names; “Cross-Reference Fields”). */
export const REFERENCE_FIELDS: ReferenceFields = {
  addressHash: 'MailchimpAddress',
  audienceId: 'MailchimpAudience',
  contactId: 'MailchimpContact',
  preference: 'MailchimpPreference',
};

const ADDRESS = {
  ...{ line1: 'CurrentAddressRel.PostalAddress.DeliveryAddress.AddressLine1', line2: '' },
  ...{
    city: 'CurrentAddressRel.PostalAddress.Municipality',
    state: 'CurrentAddressRel.PostalAddress.StateProvince',
  },
  ...{
    postalCode: 'CurrentAddressRel.PostalAddress.PostalCode',
    country: 'CurrentAddressRel.PostalAddress.Country',
  },
};

const CUSTOMER = {
  ...{ number: 'Customer', group: 'CustomerGroup', name: 'Name', phone: 'Phone', email: 'EmailAddress' },
  ...{ taxId: 'TaxID', language: 'Language', ...ADDRESS, parentNumber: 'ParentCustomer', payerNumber: '' },
  ...{ status: 'Status', creditHold: 'CreditHold', overdueAmount: '', modifiedAt: '', groupNumber: '' },
  ...{ stopCode: '', creditLimit: 'CreditLimit', overdueDays: '', openAmount: 'CurrentBalance' },
  ...{ lastInvoiceDate: '', lastOrderDate: '', createdDate: '' },
};

const VENDOR = {
  ...{ number: 'Vendor', group: 'VendorGroup', name: 'VendorName', phone: 'Phone', email: 'EmailAddress' },
  ...{ taxId: 'TaxID', language: 'Language', ...ADDRESS, status: 'Status', modifiedAt: '' },
};

const NOT_A_PARTY = 'Only customers and vendors are changed here; use the resource Landmark.';

const readOnly = (fieldNames: Row): ObjectType => ({
  abilities: ['read', 'changes'],
  missing: { update: NOT_A_PARTY, customFields: NOT_A_PARTY },
  updatable: {},
  fieldNames: { ...fieldNames, modifiedAt: '' },
});

const updatable = (names: string[]): Record<string, number> =>
  Object.fromEntries(names.map((name) => [name, name === 'Phone' ? 30 : name === 'Language' ? 10 : 100]));

export const OBJECTS: Record<RecordKind, ObjectType> = {
  customer: {
    abilities: ['read', 'changes', 'update', 'customFields', 'contactLink', 'financials'],
    missing: {},
    updatable: updatable(['Name', 'Phone', 'EmailAddress', 'TaxID', 'Language', 'Comment']),
    fieldNames: CUSTOMER,
  },
  supplier: {
    abilities: ['read', 'changes', 'update', 'customFields', 'contactLink'],
    missing: { financials: 'A vendor has no credit hold.' },
    updatable: updatable(['VendorName', 'Phone', 'EmailAddress', 'TaxID', 'Language', 'Comment']),
    fieldNames: VENDOR,
  },
  item: readOnly({ number: 'Item', name: 'Description', unit: 'UOM', group: 'ItemGroup', status: 'Status' }),
  purchaseOrder: readOnly({
    ...{
      number: 'PurchaseOrder',
      supplierNumber: 'Vendor',
      status: 'Status',
      orderDate: 'PurchaseOrderDate',
    },
    ...{ currency: 'Currency', amount: 'TotalAmount' },
  }),
  invoice: readOnly({
    ...{ number: 'Invoice', invoiceNumber: 'Invoice', customerNumber: 'Customer', payerNumber: '' },
    ...{ invoiceDate: 'TransactionDate', dueDate: 'DueDate', currency: 'Currency', amount: 'OriginalAmount' },
    openAmount: '',
  }),
  glAccount: readOnly({
    number: 'DisplayAccount',
    name: 'AccountDescription',
    type: 'AccountType',
    status: 'Status',
  }),
};

const classSetting = (kind: RecordKind): Field => ({
  name: CLASSES[kind].setting,
  displayName: `${CLASSES[kind].what} Class`,
  description: `Business class that holds ${CLASSES[kind].what.toLowerCase()}s`,
  default: CLASSES[kind].businessClass,
  rare: true,
});

const rare = (name: string, displayName: string, usual: string, description: string): Field => ({
  ...{ name, displayName, description, default: usual, rare: true },
});

export const SETTINGS: Field[] = [
  ...(Object.keys(CLASSES) as RecordKind[]).map(classSetting),
  rare('customerGroup', 'Customer Group', '', 'Needed where the tenant has customers of several groups'),
  rare('listName', 'List', '_generic', 'List of each class; _generic exists for all of them'),
  rare('pathPrefix', 'Path', 'FSM/fsm', 'Path of Landmark’s services below the tenant; fsm in some tenants'),
  rare(
    'setName',
    'Order By Set',
    'SymbolicKey',
    'Index that orders lists by their key; none for the order of the list itself',
  ),
  rare('updateAction', 'Update Action', 'Update', 'Action by which a record is changed'),
  rare('vendorGroup', 'Vendor Group', '', 'Needed where the tenant has vendors of several groups'),
];
