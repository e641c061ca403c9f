import type { ReceivableEffect, VoucherEntry } from '../../../../sync/receivable/types';
import type { Row } from '../../homes';
import type { AccountPart } from '../../receivables';
import { fromParm, toParm } from './layout';
import type { M3Posting } from './settings';

/** Line 1 is the receivable; the others are numbered by their part, so that a line tells what it is. */
const LINES: AccountPart[] = ['receivable', 'goods', 'discount', 'shipping', 'tax', 'rounding', 'refund'];

/** FGLINF, VTXT: the voucher's number stands first, so that it is found again in the general ledger. */
const MAX_TEXT = 40;

/** One line of a batch as GLS840MI takes it; KEY1 is added by the caller. */
export interface BatchLine {
  transaction: 'AddBatchLine' | 'AddBatchLineFld';
  record: Row;
}

const dimensionsOf = (account: string): Row =>
  Object.fromEntries(
    account
      .split('/')
      .slice(0, 7)
      .map((value, i): [string, string] => [`AIT${i + 1}`, value.trim()])
      .filter(([, value]) => value !== ''),
  );

/** Discounts, rounding and refunds go where the goods went, unless they have an account of their own. */
const accountOf = ({ accounts }: M3Posting, part: AccountPart) =>
  accounts[part] ?? (part === 'receivable' ? undefined : accounts.goods);

function valuesOf(
  { part, amount }: VoucherEntry,
  effect: ReceivableEffect,
  payer: string,
  posting: M3Posting,
): Row {
  const { voucher, currency, date, text, recordNumber } = effect;
  const account = accountOf(posting, part);
  return {
    ...dimensionsOf(account?.account ?? ''),
    VTCD: account?.taxCode ?? '',
    CUNO: recordNumber,
    PYNO: payer,
    CINO: voucher,
    INYR: date.slice(0, 4),
    IVDT: date,
    ACDT: date,
    CUCD: currency,
    CUAM: amount.replace('.', posting.decimalCharacter),
    VTXT: text,
  };
}

const FIELD_NAMES = [
  ...['AIT1', 'AIT2', 'AIT3', 'AIT4', 'AIT5', 'AIT6', 'AIT7', 'CUCD', 'CUAM', 'ACDT', 'VTCD'],
];

/** A line of usage type 2. The customer is kept as additional information: the general ledger knows no customers. */
function fieldRecord(values: Row, effect: ReceivableEffect, posting: M3Posting): Row {
  const given = FIELD_NAMES.map((name): [string, string] => [name, values[name] ?? '']).filter(
    ([, value]) => value !== '',
  );
  return {
    INRI: posting.recordIdentity,
    ...Object.fromEntries(given),
    VTXT: `${effect.voucher} ${effect.text}`.slice(0, MAX_TEXT).trimEnd(),
    EXN1: posting.customerInformation,
    EXI1: effect.recordNumber,
  };
}

/** The lines of a voucher; undefined where a value does not fit the interface. */
export function linesOf(
  effect: ReceivableEffect,
  payer: string,
  posting: M3Posting,
): BatchLine[] | undefined {
  const lines = effect.entries.map((entry): BatchLine | undefined => {
    const values = valuesOf(entry, effect, payer, posting);
    const LINE = String(LINES.indexOf(entry.part) + 1);
    if (posting.form === 'fields') {
      return { transaction: 'AddBatchLineFld', record: { LINE, ...fieldRecord(values, effect, posting) } };
    }
    const PARM = toParm(posting.layout, entry.part === 'receivable' ? 'I1' : 'I2', values);
    return PARM === undefined ? undefined : { transaction: 'AddBatchLine', record: { LINE, PARM } };
  });
  return lines.includes(undefined) ? undefined : (lines as BatchLine[]);
}

/** What a line that M3 gave back says: LINE with PARM, or with the fields of a field line. */
export function entryOf(row: Row, posting: M3Posting): (VoucherEntry & { fields: Row }) | undefined {
  const fields = posting.form === 'fields' ? row : fromParm(posting.layout, row.PARM ?? '');
  const part = LINES[Number(row.LINE) - 1];
  if (!fields || !part) return undefined;
  return { part, amount: (fields.CUAM ?? '').replace(posting.decimalCharacter, '.'), fields };
}
