import type { Kind } from '../lines/canonical.mts';
import type { Layout } from '../lines/database.mts';

/** Property lists of the IDOs; CSI's names, those marked assumed in docs/simulators.md included. */

const date = (text: string): string => (text === '' ? '' : `${text} 00:00:00.000`);
const decimal = (text: string): string =>
  text === '' ? '' : `${text.includes('.') ? text : `${text}.00`}000000`;

const address = {
  line1: 'Addr_1',
  line2: 'Addr_2',
  city: 'City',
  state: 'State',
  postalCode: 'Zip',
  country: 'Country',
};
const vendorAddress = {
  ...{ line1: 'VadAddr_1', line2: 'VadAddr_2', city: 'VadCity', state: 'VadState', postalCode: 'VadZip' },
  country: 'VadCountry',
};

const CUSTOMER = {
  ...{ number: 'CustNum', name: 'Name', phone: 'Phone_1', email: 'CustomerEmailAddr', taxId: 'TaxRegNum1' },
  ...{ language: 'LangCode', parentNumber: 'CorpCust', hold: 'CreditHold', group: 'CustType' },
  ...{ currency: 'CurrCode', ...address, creditLimit: 'CreditLimit', holdReason: 'CreditHoldReason' },
};

/** CSI computes them; nobody writes them. */
const DERIVED = { open: 'DerPostedBal' };

const SUPPLIER = {
  ...{ number: 'VendNum', name: 'Name', phone: 'Phone', email: 'ExternalEmailAddr', taxId: 'TaxRegNum1' },
  ...{ language: 'LangCode', status: 'Stat', currency: 'CurrCode', ...vendorAddress },
};

const TEXT = 60;
const lengthsOf = (fields: string[], special: Record<string, number> = {}): Record<string, number> => ({
  ...Object.fromEntries(fields.map((field) => [field, TEXT])),
  ...special,
});

const UF = [
  'cusUf_MailchimpContact',
  'cusUf_MailchimpAudience',
  'cusUf_MailchimpPreference',
  'cusUf_MailchimpAddress',
];
const VEN_UF = UF.map((name) => name.replace('cus', 'ven'));
const empty = (fields: string[]): Record<string, string> =>
  Object.fromEntries(fields.map((field) => [field, '']));

const FLAGS: Record<string, Record<string, string>> = {
  hold: { yes: '1', no: '0' },
  status: { active: 'A', inactive: 'O' },
};

const layout = (names: Record<string, string>, more: Record<string, string> = {}, lengths = {}): Layout => ({
  names,
  more,
  lengths,
  write: (name, value) => {
    if (FLAGS[name]?.[value] !== undefined) return FLAGS[name][value]!;
    if (/Date$/.test(name)) return date(value);
    return ['amount', 'creditLimit', 'open'].includes(name) ? decimal(value) : value;
  },
});

export const IDOS: Record<string, Kind> = {
  SLCustomers: 'customer',
  SLVendors: 'supplier',
  SLItems: 'item',
  SLPos: 'purchaseOrder',
  SLInvHdrs: 'invoice',
  SLCharts: 'glAccount',
};

const CUSTOMER_MORE = ['BillToEmail', 'ShipToEmail', 'Contact_1', 'Charfld1', ...UF];
const SUPPLIER_MORE = ['Charfld1', ...VEN_UF];

export const LAYOUTS: Record<Kind, Layout> = {
  customer: layout(
    { ...CUSTOMER, ...DERIVED },
    { ...empty(CUSTOMER_MORE), CustSeq: '0', CorpCred: '0', DerOrderBal: '0.00000000' },
    lengthsOf([...Object.values(CUSTOMER).filter((field) => field !== 'CustNum'), ...CUSTOMER_MORE], {
      Phone_1: 25,
      Zip: 10,
    }),
  ),
  supplier: layout(
    SUPPLIER,
    empty(SUPPLIER_MORE),
    lengthsOf([...Object.values(SUPPLIER).filter((field) => field !== 'VendNum'), ...SUPPLIER_MORE]),
  ),
  item: layout({ number: 'Item', name: 'Description', unit: 'UM', group: 'ProductCode', status: 'Stat' }),
  purchaseOrder: layout({
    ...{ number: 'PoNum', supplierNumber: 'VendNum', status: 'Stat', orderDate: 'OrderDate' },
    ...{ currency: 'CurrCode', amount: 'PoCost' },
  }),
  invoice: layout(
    {
      ...{ number: 'InvNum', customerNumber: 'CustNum', invoiceDate: 'InvDate', dueDate: 'DueDate' },
      ...{ currency: 'CurrCode', amount: 'Price' },
    },
    { InvSeq: '0', BillType: '' },
  ),
  glAccount: layout({ number: 'Acct', name: 'Description', type: 'Type' }, { ChartUnit: '' }),
};
