import { linkBetween } from '../contactLink';
import { memberIdOf } from '../email';
import type { Reason } from '../reasons';
import type { OrderInput, OrderState } from './types';

export type Buyer = { number: string } | { problem: Reason };

const only = (numbers: string[]): Buyer | undefined => {
  if (numbers.length > 1) return { problem: 'customer-ambiguous' };
  return numbers.length === 1 ? { number: numbers[0]! } : undefined;
};

/**
 * The customer that the buyer is: by the cross-reference of the contact, then by the number that the shop itself uses,
 * then by the address. Never by guess: of several none is taken.
 */
export function buyerOf(
  { order, member, numbers }: OrderInput,
  { customers, byEmail }: OrderState,
  customerIdIsNumber: boolean,
): Buyer {
  const email = order!.email;
  const known = numbers.filter((number) => customers.has(number));
  const isWhose = (link: 'linked' | 'byAddress') =>
    member ? known.filter((number) => linkBetween(member, customers.get(number)!) === link) : [];
  const linked = only(isWhose('linked'));
  if (linked) return linked;
  const own = customerIdIsNumber && customers.has(order!.customerId) ? [order!.customerId] : [];
  const byNumber = only(own);
  if (byNumber) return byNumber;
  const hasAddress = known.filter((number) =>
    customers
      .get(number)!
      .addresses.some(({ emails }) => emails.some((one) => memberIdOf(one) === memberIdOf(email))),
  );
  const everyone = [...new Set([...(email ? hasAddress : []), ...(byEmail ?? [])])];
  return only(everyone) ?? { problem: 'customer-unknown' };
}
