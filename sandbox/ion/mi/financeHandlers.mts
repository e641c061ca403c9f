import type { FinanceLedger } from '../ledger.mts';
import { MiFailure } from './failure.mts';
import type { Handler, MiRecord, MiWorld } from './engine.mts';

const doing =
  (work: (ledger: FinanceLedger, record: MiRecord) => void): Handler =>
  ({ db }: MiWorld, record) => {
    work(db.ledger, record);
    return [];
  };

/** Field lines carry no company and may carry no division: that of the head, by its key. */
const withDivision = (ledger: FinanceLedger, record: MiRecord): MiRecord => {
  const own = [...ledger.batches.values()].find(({ head }) => head.KEY1 === record.KEY1);
  return { ...record, DIVI: record.DIVI ?? own?.head.DIVI ?? '' };
};

export const GLS840MI: Record<string, Handler> = {
  AddBatchHead: doing((ledger, record) => ledger.addHead(record)),
  AddBatchLine: doing((ledger, record) => ledger.addLine(record, 1)),
  AddBatchLineFld: doing((ledger, record) => ledger.addLine(withDivision(ledger, record), 2)),
  CtrlBatch: doing((ledger, record) => ledger.control(record)),
  UpdBatch: doing((ledger, record) => ledger.update(record)),
};

const paymentOf = ({ payments }: FinanceLedger, { PBID = '' }: MiRecord) => {
  const payment = payments.get(PBID);
  if (!payment) throw new MiFailure('XRE0103', 'PBID', 'Record does not exist');
  return payment;
};

export const ARS040MI: Record<string, Handler> = {
  AddBatchHead: doing(({ payments }, record) => {
    if (payments.has(record.PBID!)) throw new MiFailure('XRE0104', 'PBID', 'Record already exists');
    payments.set(record.PBID!, { head: record, lines: new Map(), controlled: false });
  }),
  AddBatchLine: ({ db }, record) => {
    const payment = paymentOf(db.ledger, record);
    if (payment.lines.has(record.TRNO!)) throw new MiFailure('XRE0104', 'TRNO', 'Record already exists');
    const invoice = [...db.business.invoices.rows.values()].find(
      ({ CINO, INYR, CUNO }) => CINO === record.CINO && INYR === record.INYR && CUNO === record.CUNO,
    );
    if (!invoice) throw new MiFailure('WCI0103', 'CINO', `Invoice ${record.CINO} does not exist`);
    payment.lines.set(record.TRNO!, record);
    return [];
  },
  AddBatchCharge: doing((ledger, record) => void paymentOf(ledger, record)),
  ControlBatch: doing((ledger, record) => {
    paymentOf(ledger, record).controlled = true;
  }),
};
