import { fingerprint } from '../fingerprint';
import { decimalsOf, toMinor, toText } from '../money';
import { NOTHING, PARTS, totalOf, type Amounts } from './amounts';
import type { FoundVoucher, VoucherEntry } from './types';

const LOWERS: ReadonlySet<keyof Amounts> = new Set(['discount', 'refund'] as const);

/** Debits and credits of a voucher: what raises the receivable is credited to its own account. */
export function entriesOf(amounts: Amounts, decimals: number): VoucherEntry[] {
  const parts = PARTS.filter((part) => amounts[part] !== 0).map((part) => ({
    part,
    amount: toText(LOWERS.has(part) ? amounts[part] : -amounts[part], decimals),
  }));
  return [{ part: 'receivable', amount: toText(totalOf(amounts), decimals) }, ...parts];
}

export const voucherPrint = (customerNumber: string, currency: string, amounts: Amounts): string =>
  fingerprint({ customerNumber, currency, amounts });

export interface CountedVoucher {
  found: FoundVoucher;
  /** Undefined where its entries cannot be read. */
  amounts: Amounts | undefined;
  /** Minor units; undefined where it is not told. */
  total: number | undefined;
  /** All that was to be entered is there. */
  complete: boolean;
}

function amountsOf(entries: VoucherEntry[], decimals: number): Amounts | undefined {
  const amounts = { ...NOTHING };
  for (const { part, amount } of entries) {
    const minor = toMinor(amount, decimals);
    if (minor === undefined) return undefined;
    if (part !== 'receivable') amounts[part] = (LOWERS.has(part) ? minor : -minor) || 0;
  }
  return amounts;
}

/** What a voucher that CloudSuite has consists of. */
export function countVoucher(found: FoundVoucher): CountedVoucher {
  const { entries, currency, customerNumber } = found;
  const decimals = decimalsOf(currency) ?? 2;
  const amounts = entries && amountsOf(entries, decimals);
  const total = found.total === '' ? amounts && totalOf(amounts) : toMinor(found.total, decimals);
  const complete =
    amounts !== undefined && voucherPrint(customerNumber, currency, amounts) === found.fingerprint;
  return { found, amounts, total, complete };
}
