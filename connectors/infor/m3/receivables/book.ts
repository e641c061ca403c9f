import type { ReceivableEffect } from '../../../../sync/receivable/types';
import type { RecordHome, Row, WriteAnswer } from '../../homes';
import { placeOf, type Place } from '../company';
import { voucherRows, type ReceivableBook } from '../../receivables';
import { customerRecords } from '../homes';
import type { Mi } from '../mi';
import type { M3Settings } from '../settings';
import { writeAnswer } from '../writeAnswer';
import type { MiResult } from '../answer';
import { findVouchers } from './find';
import { linesOf } from './lines';
import { enterPayments } from './payments';
import type { M3Posting } from './settings';

const PROGRAM = 'GLS840MI';
/** FGLINH, field DESC. */
const MAX_DESCRIPTION = 40;

const REFUSED_TEXT: WriteAnswer = { done: false, because: 'refused', subject: 'PARM' };

/** A customer, an account or an interface that M3 does not have is a refusal of the voucher. */
function answerOf(result: MiResult): WriteAnswer {
  const answer = writeAnswer(result);
  if (answer.done || answer.because !== 'gone' || !('error' in result)) return answer;
  const { code, field } = result.error;
  return { done: false, because: 'refused', subject: [code, field].filter(Boolean).join(' ') };
}

/** "Record already exists": the same line of the same voucher, which is as good as written. */
const isThere = (answer: WriteAnswer): boolean =>
  answer.done || (!answer.done && answer.because === 'overtaken');

/** One write of several vouchers, step by step; a voucher that fails at a step is left out of the next ones. */
class Entry {
  private readonly answers = new Map<string, WriteAnswer>();

  constructor(
    private readonly mi: Mi,
    private readonly place: Place,
    private readonly posting: M3Posting,
    private readonly effects: ReceivableEffect[],
  ) {}

  /** @param open vouchers whose head is there */
  async run(open: ReadonlySet<string>): Promise<WriteAnswer[]> {
    const payers = await this.payers();
    const lines = new Map(
      this.effects.map((effect) => [
        effect.voucher,
        linesOf(effect, payers.get(effect.recordNumber) ?? effect.recordNumber, this.posting),
      ]),
    );
    for (const { voucher } of this.effects) if (!lines.get(voucher)) this.answers.set(voucher, REFUSED_TEXT);
    await this.step(
      this.left().filter(({ voucher }) => !open.has(voucher)),
      (effect) => [{ transaction: 'AddBatchHead', record: this.head(effect) }],
    );
    await this.step(
      this.left(),
      ({ voucher }) =>
        lines.get(voucher)!.map(({ transaction, record }) => ({
          transaction,
          // Field lines take the company of the call.
          record: {
            ...(transaction === 'AddBatchLine' ? this.batchKey(voucher) : this.key(voucher)),
            ...record,
          },
        })),
      isThere,
    );
    for (const transaction of ['CtrlBatch', 'UpdBatch']) {
      await this.step(this.left(), ({ voucher }) => [{ transaction, record: this.batchKey(voucher) }]);
    }
    return this.effects.map(({ voucher }) => this.answers.get(voucher) ?? { done: true });
  }

  private left(): ReceivableEffect[] {
    return this.effects.filter(({ voucher }) => !this.answers.has(voucher));
  }

  /** PYNO of the customers, who pays for themselves where there is none. */
  private async payers(): Promise<Map<string, string>> {
    const numbers = [...new Set(this.effects.map(({ recordNumber }) => recordNumber))];
    const customers = await customerRecords(this.mi).read(numbers);
    return new Map([...customers].map(([number, { PYNO }]) => [number, PYNO?.trim() || number]));
  }

  private async step(
    effects: ReceivableEffect[],
    callsOf: (effect: ReceivableEffect) => Array<{ transaction: string; record: Row }>,
    isFine: (answer: WriteAnswer) => boolean = ({ done }) => done,
  ): Promise<void> {
    const calls = effects.flatMap((effect) => callsOf(effect).map((call) => ({ effect, call })));
    if (calls.length === 0) return;
    const results = await this.mi.bulk(
      PROGRAM,
      calls.map(({ call }) => call),
    );
    results.forEach((result, i) => {
      const { voucher } = calls[i]!.effect;
      const answer = answerOf(result);
      if (!isFine(answer) && !this.answers.has(voucher)) this.answers.set(voucher, answer);
    });
  }

  private key(voucher: string): Row {
    const { division } = this.place;
    return { KEY1: voucher, ...(division ? { DIVI: division } : {}) };
  }

  private batchKey(voucher: string): Row {
    return { CONO: String(this.place.company), ...this.key(voucher) };
  }

  private head({ voucher, fingerprint, orderId }: ReceivableEffect): Row {
    const DESC = `${fingerprint} ${orderId}`.slice(0, MAX_DESCRIPTION);
    return { ...this.batchKey(voucher), INTN: this.posting.interfaceName, DESC };
  }
}

/**
 * Orders in M3: GLS840MI AddBatchHead → AddBatchLine or AddBatchLineFld → CtrlBatch → UpdBatch, each for all vouchers at
 * once. KEY1 is the effect key, so that M3 itself refuses a second head; the same key is the invoice's number.
 */
export function receivableBook(mi: Mi, settings: M3Settings, given: M3Posting): ReceivableBook {
  let asked: Promise<Place> | undefined;
  const around = async (): Promise<[Place, M3Posting]> => {
    const place = await (asked ??= placeOf(mi, settings));
    return [place, { ...given, decimalCharacter: given.decimalCharacter || place.decimalCharacter }];
  };
  const find = async (bases: string[]) => findVouchers(mi, bases, ...(await around()));
  const home = (effects: ReceivableEffect[]): RecordHome => ({
    adds: true,
    read: (keys) => voucherRows(find, keys),
    write: async (rows, current) => {
      const inOrder = [...rows.keys()].map((key) => effects.find(({ voucher }) => voucher === key)!);
      return new Entry(mi, ...(await around()), inOrder).run(new Set(current.keys()));
    },
  });
  return {
    find,
    home,
    pay: async (payments) => {
      const [{ division }, posting] = await around();
      return enterPayments(mi, payments, posting, division);
    },
  };
}
