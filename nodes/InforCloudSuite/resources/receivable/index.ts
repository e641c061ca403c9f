import { PRODUCT_LINES } from '../../../../connectors/infor/registry';
import type { Resource } from '../../operation';
import { postOrder } from './postOrder';

/** Product lines that take receivables of another system. */
export const RECEIVABLE_LINES = PRODUCT_LINES.filter(({ receivable }) => 'what' in receivable);

/** Orders of a shop as receivables of the customer who bought. */
export const receivable: Resource = {
  value: 'receivable',
  name: 'Receivable',
  lines: RECEIVABLE_LINES.map(({ id }) => id),
  operations: [postOrder],
};
