import { orderKeyOf } from '../order';

const SEQUENCE = 2;
const PREFIX = 'MC';

/** The part of voucher numbers that all vouchers of an order share. */
export const voucherBase = (storeId: string, orderId: string, length: number): string =>
  (PREFIX + orderKeyOf(storeId, orderId)).slice(0, length - SEQUENCE);

export const voucherOf = (base: string, sequence: number): string =>
  base + sequence.toString(36).toUpperCase().padStart(SEQUENCE, '0');

/** The last one that fits two digits of base 36. */
export const MAX_SEQUENCE = 36 ** SEQUENCE - 1;
