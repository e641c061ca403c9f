import type { CustomerState } from '../contactChangeTypes';
import type { Member } from '../member';
import type { Order } from '../order';
import type { Reason } from '../reasons';
import type { AnyEffect } from '../types';
import type { Amounts } from './amounts';

/** An item of a run: an order, or what is wrong with it. */
export interface OrderInput {
  itemIndex: number;
  order: Order | undefined;
  problem?: Reason;
  /** Names the order in texts. */
  orderId: string;
  storeId: string;
  /** The buyer's contact in the store's audience, where it was read. */
  member: Member | undefined;
  /** Customers that the contact, or the shop, names. */
  numbers: string[];
  text: string;
  attempts: number;
  retryOf: string;
}

/** The receivable itself, or a part of the voucher. */
export type EntryPart = 'receivable' | keyof Amounts;

/** One line of a voucher. */
export interface VoucherEntry {
  part: EntryPart;
  /** A plain decimal such as -1234.50; debits are positive. */
  amount: string;
}

/** A voucher of an order that CloudSuite has. */
export interface FoundVoucher {
  key: string;
  customerNumber: string;
  currency: string;
  /** `open`: entered, but neither posted nor on its way. */
  state: 'posted' | 'open';
  /** Of the content that was to be entered. */
  fingerprint: string;
  /** What the customer owes by it, as a plain decimal; '' where it is not told. */
  total: string;
  /** Undefined where what it consists of can no longer be read. */
  entries: VoucherEntry[] | undefined;
  /** Year of the invoice, YYYY; '' where it is not told. */
  year: string;
  /** The customer has paid it, as CloudSuite knows. */
  settled: boolean;
}

/** What CloudSuite knows of an order and its buyer. */
export interface OrderState {
  vouchers: FoundVoucher[];
  /** The customers named by number, those that exist. */
  customers: ReadonlyMap<string, CustomerState>;
  /** Customers whose record has exactly the buyer's address; undefined where nobody looked. */
  byEmail: string[] | undefined;
}

/** One voucher: an invoice, or a credit where its total is negative. */
export interface ReceivableEffect extends AnyEffect {
  kind: 'receivable';
  storeId: string;
  orderId: string;
  /** Number of the voucher in CloudSuite: the effect key that it carries into the ledger there. */
  voucher: string;
  currency: string;
  decimals: number;
  amounts: Amounts;
  /** What it is made of, without empty parts; they add up to nothing. The first one is the receivable. */
  entries: VoucherEntry[];
  /** YYYYMMDD. */
  date: string;
  text: string;
}

/** A payment that the shop has received for an invoice. */
export interface PaymentEffect extends AnyEffect {
  kind: 'payment';
  storeId: string;
  orderId: string;
  /** The invoice's number. */
  voucher: string;
  /** YYYY. */
  year: string;
  currency: string;
  /** A plain decimal. */
  amount: string;
  /** YYYYMMDD. */
  date: string;
}

export type OrderEffect = ReceivableEffect | PaymentEffect;

export interface ReceivableSettings {
  /** Enter the payments of paid orders too. */
  payments: boolean;
  /** Vouchers are numbered by it: prefix, order, two digits of the sequence. */
  voucherLength: number;
  /** Parts that the system keeps apart; the others lower or raise the goods. */
  keeps: ReadonlyArray<keyof Amounts>;
  /** Post everything that is not cancelled, or only what is paid. */
  post: 'all' | 'paid';
  /** The shop's id of a buyer is the number of the customer. */
  customerIdIsNumber: boolean;
  /** YYYYMMDD of the run, for orders without a date. */
  today: string;
  /** Parts that have an account; undefined where the system finds accounts by itself. */
  accounts: ReadonlySet<EntryPart> | undefined;
  /** The order's date, or that of the run for all (a closed period refuses older ones). */
  date: 'order' | 'run';
}
