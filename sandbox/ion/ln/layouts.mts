import type { Kind } from '../lines/canonical.mts';
import type { Layout } from '../lines/database.mts';

const PARTY = {
  ...{
    number: 'BusinessPartner',
    name: 'Name',
    phone: 'Telephone',
    email: 'EmailAddress',
    taxId: 'TaxNumber',
  },
  ...{ language: 'Language', status: 'BusinessPartnerStatus', parentNumber: 'ParentBusinessPartner' },
  ...{ line1: 'AddressRef.Street', line2: 'AddressRef.HouseNumber', city: 'AddressRef.City' },
  ...{ state: 'AddressRef.StateProvince', postalCode: 'AddressRef.ZIPCodePostalCode' },
  ...{ country: 'AddressRef.Country', group: 'SearchKey' },
};

/** What a tenant may have added: LN’s own property that tells a credit hold is not published. */
const OWN = {
  ...{ hold: 'cdf_hold', creditLimit: 'cdf_limt', open: 'cdf_open', overdue: 'cdf_odue' },
  ...{ overdueDays: 'cdf_odds', groupNumber: 'cdf_grup' },
};

const CUSTOM = { cdf_mcid: '', cdf_mcau: '', cdf_mcpr: '', cdf_mcad: '', Text: '' };

const LENGTHS = {
  ...{ Name: 36, Telephone: 32, EmailAddress: 100, TaxNumber: 35, SearchKey: 16, Text: 60 },
  ...{ cdf_mcid: 32, cdf_mcau: 20, cdf_mcpr: 20, cdf_mcad: 32 },
};

const layout = (names: Record<string, string>, more = {}, lengths = {}): Layout => ({
  names,
  more,
  lengths,
  write: (name, value) => {
    if (name === 'status') return { active: 'Active', inactive: 'Inactive' }[value] ?? value;
    if (name === 'hold') return { yes: 'Yes', no: 'No' }[value] ?? value;
    if (/Date$/.test(name)) return value.replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3T00:00:00Z');
    return value;
  },
});

/** Entity set → kind. */
export const SETS: Record<string, Kind> = {
  'tcapi.comBusinessPartner/BusinessPartners': 'customer',
  'tcapi.comBusinessPartner/BuyfromBusinessPartners': 'supplier',
  'tcapi.ibdItem/Items': 'item',
  'tdapi.purPurchaseOrder/Orders': 'purchaseOrder',
  'tfapi.acrSalesInvoice/SalesInvoices': 'invoice',
  'tfapi.gldLedgerAccount/LedgerAccounts': 'glAccount',
};

/** Width of the key where LN pads it on its left; 0 where it does not. */
export const KEY_WIDTHS: Record<Kind, number> = {
  ...{ customer: 0, supplier: 0, item: 25, purchaseOrder: 0, invoice: 0, glAccount: 12 },
};

export const LAYOUTS: Record<Kind, Layout> = {
  customer: layout({ ...PARTY, ...OWN }, CUSTOM, LENGTHS),
  supplier: layout({ ...PARTY, parentNumber: '', group: '' }, CUSTOM, LENGTHS),
  item: layout({
    ...{
      number: 'Item',
      name: 'Description',
      unit: 'InventoryUnit',
      group: 'ItemGroup',
      status: 'ItemStatus',
    },
  }),
  purchaseOrder: layout({
    ...{ number: 'OrderNumber', supplierNumber: 'BuyfromBusinessPartner', status: 'OrderStatus' },
    ...{ orderDate: 'OrderDate', currency: 'Currency', amount: 'OrderAmount' },
  }),
  invoice: layout(
    {
      ...{ number: 'InvoiceNumber', customerNumber: 'InvoicetoBusinessPartner', invoiceDate: 'InvoiceDate' },
      ...{ dueDate: 'DueDate', currency: 'Currency', amount: 'InvoiceAmount' },
    },
    { Text: '' },
  ),
  glAccount: layout({
    number: 'LedgerAccount',
    name: 'Description',
    type: 'AccountType',
    status: 'AccountStatus',
  }),
};
