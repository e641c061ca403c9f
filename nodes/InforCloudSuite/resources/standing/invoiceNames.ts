import type { ProductLineType } from '../../../../connectors/infor/productLine';

/** Before names of invoices’ fields under “Field Names”, where both customers and invoices are read. */
export const INVOICE_NAME = 'invoice.';

/** Canonical field → the usual source field. */
export const invoiceFieldNames = ({ objects }: ProductLineType): Record<string, string> =>
  Object.fromEntries(
    Object.entries(objects.invoice.fieldNames).map(([name, usual]) => [INVOICE_NAME + name, usual]),
  );
