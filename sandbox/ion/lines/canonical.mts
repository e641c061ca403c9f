import { generateBusiness } from '../../data/business.mts';
import { generateCustomers } from '../../data/customers.mts';
import type { Row } from '../../data/business.mts';

export type Kind = 'customer' | 'supplier' | 'item' | 'purchaseOrder' | 'invoice' | 'glAccount';

/** The same invented company for every product line, by canonical names; each system writes it in its own way. */
export type CanonicalData = Record<Kind, Row[]>;

const DAY = 86_400_000;

function customersOf(seed: number, count: number): Row[] {
  const { customers } = generateCustomers(seed, count);
  return customers.map((row) => ({
    ...{ number: row.CUNO!, name: row.CUNM!, email: row.MAIL!, phone: row.PHNO!, taxId: row.VRNO! },
    ...{ line1: row.CUA1!, line2: row.CUA2!, city: row.TOWN!, postalCode: row.PONO!, country: row.CSCD! },
    ...{ state: row.ECAR!, language: row.LNCD!, parentNumber: row.CUST!, payerNumber: row.PYNO! },
    ...{ status: row.STAT === '90' ? 'inactive' : 'active', hold: row.BLCD === '1' ? 'yes' : 'no' },
    ...{ group: row.CUCL!, currency: row.CUCD!, overdue: row.TDIN!, overdueDays: row.ODUE! },
    ...{ groupNumber: row.CCUS!, creditLimit: row.CRL2!, open: row.TOIN!, created: row.RGDT! },
    holdReason: row.BLCD === '1' ? 'OVERDUE' : '',
  }));
}

export function canonicalData(seed: number, customers: number, others: number, now: number): CanonicalData {
  const customer = customersOf(seed, customers);
  const numbers = customer.map(({ number = '' }) => number);
  const { suppliers, supplierReferences, items, purchaseOrders, invoices, accounts } = generateBusiness(
    seed,
    others,
    numbers,
    now,
  );
  const emailOf = new Map(supplierReferences.map(({ SUNO = '', EMAL = '' }) => [SUNO, EMAL]));
  const status = (code: string | undefined): string => (code === '90' ? 'inactive' : 'active');
  return {
    customer,
    supplier: suppliers.map((row) => ({
      ...{ number: row.SUNO!, name: row.SUNM!, email: emailOf.get(row.SUNO!) ?? '', phone: row.PHNO! },
      ...{ taxId: row.VRNO!, line1: row.ADR1!, line2: '', city: row.TOWN!, postalCode: row.PONO! },
      ...{
        country: row.CSCD!,
        state: '',
        language: row.LNCD!,
        status: status(row.STAT),
        currency: row.CUCD!,
      },
    })),
    item: items.map((row) => ({
      ...{ number: row.ITNO!, name: row.ITDS!, unit: row.UNMS!, group: row.ITGR!, status: status(row.STAT) },
    })),
    purchaseOrder: purchaseOrders.map((row) => ({
      ...{ number: row.PUNO!, supplierNumber: row.SUNO!, status: row.PUST!, orderDate: row.PUDT! },
      ...{ currency: row.CUCD!, amount: row.NTAM! },
    })),
    invoice: invoices.map((row) => ({
      ...{ number: row.CINO!, customerNumber: row.CUNO!, invoiceDate: row.IVDT!, dueDate: row.DUDT! },
      ...{ currency: row.CUCD!, amount: row.CUAM! },
    })),
    glAccount: accounts.map((row) => ({
      ...{
        number: row.AITM!,
        name: row.TX40!,
        type: row.AICL!,
        status: row.LCCD === '1' ? 'inactive' : 'active',
      },
    })),
  };
}

export const CREATED_BEFORE_MS = 30 * DAY;
