import type { EntryPart, FoundVoucher, PaymentEffect, ReceivableEffect } from '../../sync/receivable/types';
import type { EffectResult } from '../../sync/types';
import { writeCarefully } from './careful';
import type { RecordHome, Row } from './homes';
import type { Field } from './productLine';

export type AccountPart = EntryPart;

export interface Account {
  /** As the user wrote it, such as 3000 or 3000/100. */
  account: string;
  taxCode: string;
}

/** What the user set for posting. */
export interface Posting {
  /** By the names of `ReceivableType.settings`. */
  values: Row;
  accounts: Partial<Record<AccountPart, Account>>;
}

/** How a product line takes a receivable of another system. */
export interface ReceivableType {
  /** What becomes of an order there, in one or two sentences for users. */
  what: string;
  /** Characters of the number that carries the effect key. */
  voucherLength: number;
  /** Parts that it keeps apart; the others lower or raise the goods. */
  keeps: Array<Exclude<AccountPart, 'receivable'>>;
  /** Parts without which nothing can be posted; none where the system finds the accounts by itself. */
  accounts: AccountPart[];
  settings: Field[];
  /** Whether these settings ask for payments too. */
  wantsPayments?(values: Row): boolean;
}

/** The receivables of one tenant, as far as they are ours. */
export interface ReceivableBook {
  /** Vouchers whose number begins so, many in few calls: base → vouchers. */
  find(bases: string[]): Promise<Map<string, FoundVoucher[]>>;
  /**
   * The vouchers to be posted as records, keyed by voucher number: `print` tells the content, `state` is `posted` or
   * `open`. `write` posts, or finishes what is open.
   */
  home(effects: ReceivableEffect[]): RecordHome;
  /** Enters payments, each once; only where the settings ask for it. Results by effect key. */
  pay?(payments: PaymentEffect[]): Promise<Map<string, EffectResult>>;
}

/** Two digits of base 36 number the vouchers of an order. */
export const SEQUENCE_LENGTH = 2;

/** The row of a voucher that is or should be there. */
const voucherRow = ({ fingerprint, state }: Pick<FoundVoucher, 'fingerprint' | 'state'>): Row => ({
  print: fingerprint,
  state,
});

/** Vouchers that are there, as rows by their number. */
export async function voucherRows(find: ReceivableBook['find'], keys: string[]): Promise<Map<string, Row>> {
  const bases = [...new Set(keys.map((key) => key.slice(0, -SEQUENCE_LENGTH)))];
  const found = [...(await find(bases)).values()].flat();
  return new Map(
    found.filter(({ key }) => keys.includes(key)).map((voucher) => [voucher.key, voucherRow(voucher)]),
  );
}

/**
 * Posts each voucher once. Each round looks before it writes, so that a voucher whose answer was lost is found instead of
 * being posted again; one with another content is somebody else's and stays as it is.
 * @returns results by effect key
 * @throws ConnectorError for a trouble of the whole system that lets nothing be posted
 */
export async function postVouchers(
  book: ReceivableBook,
  effects: ReceivableEffect[],
): Promise<Map<string, EffectResult>> {
  if (effects.length === 0) return new Map();
  const wanted = effects.map(({ voucher, fingerprint }) => {
    const fields = voucherRow({ fingerprint, state: 'posted' });
    return [voucher, { fields, expected: { print: '' } }] as const;
  });
  const written = await writeCarefully(book.home(effects), new Map(wanted));
  return new Map(
    effects.map(({ key, voucher }): [string, EffectResult] => {
      const result = written.get(voucher)!;
      const isForeign = !result.applied && result.reason === 'changed-in-infor';
      return [key, isForeign ? { applied: false, reason: 'voucher-left-open', subject: voucher } : result];
    }),
  );
}
