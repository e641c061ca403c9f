import type { PaymentEffect } from '../../../../sync/receivable/types';
import type { EffectResult } from '../../../../sync/types';
import type { Row } from '../../homes';
import type { Mi } from '../mi';
import { writeAnswer } from '../writeAnswer';
import type { M3Posting } from './settings';

const PROGRAM = 'ARS040MI';
/** PBID has ten characters: a letter and the first nine of the order's own part of the voucher number. */
const batchOf = ({ voucher }: PaymentEffect): string => `M${voucher.slice(2, 11)}`;

/**
 * Payments of paid orders: ARS040MI AddBatchHead → AddBatchLine → ControlBatch, each for all at once. The batch's id comes
 * from the order, so that M3 refuses a second one; what is there already is as good as entered. M3 has no transaction that
 * updates such a batch: somebody does it in ARS040.
 */
export async function enterPayments(
  mi: Mi,
  payments: PaymentEffect[],
  { batchPaymentType }: M3Posting,
  division: string,
): Promise<Map<string, EffectResult>> {
  const results = new Map<string, EffectResult>();
  const divi: Row = division ? { DIVI: division } : {};
  const left = (): PaymentEffect[] => payments.filter(({ key }) => !results.has(key));
  const step = async (transaction: string, recordOf: (payment: PaymentEffect) => Row): Promise<void> => {
    const open = left();
    if (open.length === 0) return;
    const answers = await mi.bulk(
      PROGRAM,
      open.map((payment) => ({
        transaction,
        record: { PBID: batchOf(payment), ...divi, ...recordOf(payment) },
      })),
    );
    open.forEach(({ key }, i) => {
      const answer = writeAnswer(answers[i]!);
      if (answer.done || answer.because === 'overtaken') return;
      const subject = answer.because === 'refused' ? answer.subject : 'ARS040';
      const reason = answer.because === 'unknown' ? 'infor-unavailable' : 'refused-by-infor';
      results.set(key, { applied: false, reason, subject });
    });
  };
  await step('AddBatchHead', ({ date }) => ({ BOPE: batchPaymentType, ACDT: date }));
  await step('AddBatchLine', ({ voucher, year, recordNumber, amount, currency, date }) => ({
    ...{ TRNO: '1', CINO: voucher, INYR: year, CUNO: recordNumber, PYAM: amount, CUCD: currency },
    LPDT: date,
  }));
  await step('ControlBatch', () => ({}));
  for (const { key } of left()) results.set(key, { applied: true });
  return results;
}
