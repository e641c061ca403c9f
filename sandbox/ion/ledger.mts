import { NEAR, type Table } from './business.mts';
import type { Row } from '../data/business.mts';
import { MiFailure } from './mi/failure.mts';
import { readLines, type BatchLine, type FinanceInterface } from './ledgerLines.mts';
import { ymd8 } from './time.mts';

/** A batch of the finance interface: FGLINH with its lines (FGLINL or FGLINF). */
export interface Batch {
  head: Row;
  /** 10 entered, 20 controlled, 50 on its way, 90 updated. */
  status: '10' | '20' | '50' | '90';
  lines: Map<string, Row>;
}

/** What was posted: a balanced voucher in minor units of its currency. */
export interface PostedVoucher {
  key: string;
  customer: string;
  currency: string;
  date: string;
  /** Sum of the debits; negative for a credit note. */
  total: bigint;
  lines: Array<{ account: string; amount: bigint; text: string }>;
}

export interface Payment {
  head: Row;
  lines: Map<string, Row>;
  controlled: boolean;
}

const keyOf = ({ DIVI = '', KEY1 = '' }: Row): string => `${DIVI}|${KEY1}`;

/** The general and the AR ledger: refuses what does not balance, and a number that it has. */
export class FinanceLedger {
  readonly batches = new Map<string, Batch>();
  readonly posted: PostedVoucher[] = [];
  /** Batches and vouchers by the first characters of their number, so that a range of keys is found quickly. */
  private readonly starts = new Map<string, { batches: Batch[]; posted: PostedVoucher[] }>();
  readonly payments = new Map<string, Payment>();
  /** GLS850. */
  readonly interfaces = new Map<string, FinanceInterface>([
    ['MAILCHIMP', { usage: 1 }],
    ['MAILCHIMPGL', { usage: 2 }],
  ]);
  /** Assumed false: UpdBatch posts at once. With true a batch job does, at `runJobs`. */
  postsLater = false;

  constructor(
    private readonly now: () => number,
    private readonly invoices: Table,
    private readonly accounts: Table,
    private readonly customerExists: (number: string) => boolean,
  ) {}

  addHead(record: Row): void {
    const key = keyOf(record);
    if (!record.DIVI) throw new MiFailure('WDI0102', 'DIVI', 'Division must be entered');
    if (!this.interfaces.has(record.INTN ?? ''))
      throw new MiFailure('WIN0103', 'INTN', `Interface ${record.INTN} does not exist`);
    if (this.batches.has(key)) throw new MiFailure('XRE0104', 'KEY1', 'Record already exists');
    const batch: Batch = { head: { ...record }, status: '10', lines: new Map() };
    this.batches.set(key, batch);
    this.nearTo(record.KEY1!).batches.push(batch);
  }

  addLine(record: Row, usage: 1 | 2): void {
    const batch = this.batchOf(record);
    if (this.interfaces.get(batch.head.INTN!)!.usage !== usage)
      throw new MiFailure('WUS0001', 'INTN', 'The usage type of the interface is another one');
    if (batch.status !== '10' && batch.status !== '20')
      throw new MiFailure('WST0001', 'KEY1', 'Status does not permit the change');
    const line = String(Number(record.LINE));
    if (!/^\d{1,7}$/.test(record.LINE ?? '') || line === '0')
      throw new MiFailure('WLI0001', 'LINE', 'Line number is not valid');
    if (batch.lines.has(line)) throw new MiFailure('XRE0104', 'LINE', 'Record already exists');
    batch.lines.set(line, { ...record, LINE: line });
    batch.status = '10';
  }

  control(record: Row): void {
    const batch = this.batchOf(record);
    if (batch.status === '90' || batch.status === '50')
      throw new MiFailure('WST0001', 'KEY1', 'Status does not permit the control');
    this.check(batch);
    batch.status = '20';
  }

  update(record: Row): void {
    const batch = this.batchOf(record);
    if (batch.status !== '20') throw new MiFailure('WST0001', 'KEY1', 'Status does not permit the update');
    batch.status = '50';
    if (!this.postsLater) this.post(batch);
  }

  /** What M3's batch jobs do when they get their turn. */
  runJobs(): void {
    for (const batch of this.batches.values()) if (batch.status === '50') this.post(batch);
  }

  nearTo(key: string): { batches: Batch[]; posted: PostedVoucher[] } {
    const start = key.slice(0, NEAR);
    const found = this.starts.get(start) ?? { batches: [], posted: [] };
    this.starts.set(start, found);
    return found;
  }

  private batchOf(record: Row): Batch {
    const batch = this.batches.get(keyOf(record));
    if (!batch) throw new MiFailure('XRE0103', 'KEY1', 'Record does not exist');
    return batch;
  }

  private check(batch: Batch): { receivable: BatchLine | undefined; lines: BatchLine[] } {
    const { usage } = this.interfaces.get(batch.head.INTN!)!;
    const lines = readLines([...batch.lines.values()], usage);
    for (const line of lines) this.checkLine(line, usage);
    const invoices = lines.filter(({ identity }) => identity === 'I1');
    if (usage === 1 && invoices.length !== 1)
      throw new MiFailure('WIL0001', 'LINE', 'The batch has not exactly one invoice');
    if (lines.length < 2) throw new MiFailure('WIL0002', 'LINE', 'The batch has no accounting lines');
    if (new Set(lines.map(({ currency }) => currency)).size > 1)
      throw new MiFailure('WCU0001', 'CUCD', 'The currency is not the same on all lines');
    const balance = lines.reduce((sum, { amount }) => sum + amount, 0n);
    if (balance !== 0n) throw new MiFailure('WBA0001', 'CUAM', 'The voucher does not balance');
    if (usage === 1) this.checkNumber(invoices[0]!);
    return { receivable: usage === 1 ? invoices[0] : undefined, lines };
  }

  private checkLine({ identity, fields }: BatchLine, usage: 1 | 2): void {
    if (usage === 1 && identity === 'I1') {
      for (const name of ['CUNO', 'PYNO'] as const)
        if (!this.customerExists(fields[name] ?? ''))
          throw new MiFailure('WCU0203', name, `Customer ${fields[name]} does not exist`);
      return;
    }
    if (!this.accounts.rows.has(`1\0${fields.AIT1 ?? ''}`))
      throw new MiFailure('WAI0103', 'AIT1', `Account ${fields.AIT1} does not exist`);
  }

  /** An invoice number is unique within payer and year. */
  private checkNumber({ fields: { PYNO, INYR, CINO } }: BatchLine): void {
    if (this.invoices.rows.has([PYNO, INYR, CINO].join('\0')))
      throw new MiFailure('WCI0104', 'CINO', `Invoice ${CINO} already exists`);
  }

  private post(batch: Batch): void {
    const { receivable, lines } = this.check(batch);
    batch.status = '90';
    const first = receivable ?? lines.find(({ line }) => line === 1) ?? lines[0]!;
    const fields = first.fields;
    const voucher: PostedVoucher = {
      key: batch.head.KEY1!,
      customer: fields.CUNO ?? fields.EXI1 ?? '',
      currency: first.currency,
      date: fields.ACDT ?? fields.IVDT ?? '',
      total: first.amount,
      lines: lines.map((line) => ({
        account: line.fields.AIT1 ?? '',
        amount: line.amount,
        text: line.fields.VTXT ?? '',
      })),
    };
    this.posted.push(voucher);
    this.nearTo(voucher.key).posted.push(voucher);
    if (receivable) this.invoices.put(this.invoiceRow(receivable));
  }

  private invoiceRow({ fields, currency }: BatchLine): Row {
    const { CUNO = '', PYNO = '', CINO = '', INYR = '', IVDT = '', CUAM = '' } = fields;
    const number = String(900_000 + this.posted.length);
    return {
      ...{ CONO: '100', DIVI: 'AAA', PYNO, CUNO, CINO, INYR, YEA4: INYR, JRNO: number, JSNO: '1' },
      ...{ VONO: number, TRCD: '10', CUCD: currency, RECO: '0', CUAM, REDE: '0', PYCD: '', IVDT },
      DUDT: ymd8(this.now() + 30 * 86_400_000),
    };
  }
}
