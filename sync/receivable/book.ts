import { NOTHING, plus, type Amounts } from './amounts';
import { countVoucher, type CountedVoucher } from './entries';
import type { OrderState } from './types';

const sumOf = (vouchers: CountedVoucher[]): Amounts =>
  vouchers.reduce((sum, { amounts }) => plus(sum, amounts ?? NOTHING), NOTHING);

/** What CloudSuite has of an order. */
export interface Book {
  /** Posted, or entered as a whole. */
  counted: CountedVoucher[];
  /** Entered, as a whole or not. */
  open: CountedVoucher | undefined;
  amounts: Amounts;
  credited: boolean;
  /** The customer of the vouchers; '' where there are none. */
  owner: string;
}

export function bookOf({ vouchers }: OrderState): Book {
  const all = vouchers.map(countVoucher).sort((a, b) => (a.found.key < b.found.key ? -1 : 1));
  const counted = all.filter(({ found, complete }) => found.state === 'posted' || complete);
  return {
    counted,
    open: all.find(({ found }) => found.state === 'open'),
    amounts: sumOf(counted),
    credited: counted.some(({ total = 0 }) => total < 0),
    owner: counted.at(-1)?.found.customerNumber ?? '',
  };
}
