import type { Kind } from '../lines/canonical.mts';
import type { Layout } from '../lines/database.mts';

export const CLASSES: Record<string, Kind> = {
  Customer: 'customer',
  Vendor: 'supplier',
  Item: 'item',
  PurchaseOrder: 'purchaseOrder',
  ReceivableInvoice: 'invoice',
  GeneralLedgerChartAccount: 'glAccount',
};

const ADDRESS = {
  ...{ line1: 'CurrentAddressRel.PostalAddress.DeliveryAddress.AddressLine1' },
  ...{
    city: 'CurrentAddressRel.PostalAddress.Municipality',
    state: 'CurrentAddressRel.PostalAddress.StateProvince',
  },
  ...{
    postalCode: 'CurrentAddressRel.PostalAddress.PostalCode',
    country: 'CurrentAddressRel.PostalAddress.Country',
  },
};

const USER_FIELDS = {
  ...{
    MailchimpContact: '',
    MailchimpAudience: '',
    MailchimpPreference: '',
    MailchimpAddress: '',
    Comment: '',
  },
};

const CUSTOMER = {
  ...{ number: 'Customer', name: 'Name', phone: 'Phone', email: 'EmailAddress', taxId: 'TaxID' },
  ...{ language: 'Language', parentNumber: 'ParentCustomer', status: 'Status', hold: 'CreditHold' },
  ...{ group: 'CustomerClass', ...ADDRESS, creditLimit: 'CreditLimit', open: 'CurrentBalance' },
  // Assumed, and not read unless the user names them.
  ...{ overdue: 'PastDueAmount', overdueDays: 'PastDueDays', groupNumber: 'CustomerFamily' },
};

const VENDOR = {
  ...{ number: 'Vendor', name: 'VendorName', phone: 'Phone', email: 'EmailAddress', taxId: 'TaxID' },
  ...{ language: 'Language', status: 'Status', ...ADDRESS },
};

const WORDS: Record<string, Record<string, string>> = {
  status: { active: 'Active', inactive: 'Inactive' },
  hold: { yes: 'true', no: 'false' },
};

const lengthsOf = (...fields: string[]): Record<string, number> =>
  Object.fromEntries(fields.map((field) => [field, field === 'Phone' ? 30 : 100]));

const layout = (names: Record<string, string>, more = {}, lengths = {}): Layout => ({
  names,
  more,
  lengths,
  write: (name, value) => WORDS[name]?.[value] ?? value,
});

const editable = (fields: Record<string, string>): Record<string, number> =>
  lengthsOf(...Object.values(fields).filter((field) => !field.includes('.')), ...Object.keys(USER_FIELDS));

export const LAYOUTS: Record<Kind, Layout> = {
  customer: layout(CUSTOMER, { CustomerGroup: 'ACME', ...USER_FIELDS }, editable(CUSTOMER)),
  supplier: layout(VENDOR, { VendorGroup: 'ACME', ...USER_FIELDS }, editable(VENDOR)),
  item: layout({ number: 'Item', name: 'Description', unit: 'UOM', group: 'ItemGroup', status: 'Status' }),
  purchaseOrder: layout({
    ...{
      number: 'PurchaseOrder',
      supplierNumber: 'Vendor',
      status: 'Status',
      orderDate: 'PurchaseOrderDate',
    },
    ...{ currency: 'Currency', amount: 'TotalAmount' },
  }),
  invoice: layout(
    {
      ...{
        number: 'Invoice',
        customerNumber: 'Customer',
        invoiceDate: 'TransactionDate',
        dueDate: 'DueDate',
      },
      ...{ currency: 'Currency', amount: 'OriginalAmount' },
    },
    {
      ...{ Reference: '', InvoiceType: 'I', GoodsAmount: '', FreightAmount: '', TaxAmount: '' },
      RoundingAmount: '',
    },
  ),
  glAccount: layout({
    number: 'DisplayAccount',
    name: 'AccountDescription',
    type: 'AccountType',
    status: 'Status',
  }),
};
