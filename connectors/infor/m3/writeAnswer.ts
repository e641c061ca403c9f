import type { WriteAnswer } from '../homes';
import { isNotFound, type MiError, type MiResult } from './answer';

/** Somebody else was quicker: "Record already exists" and "has been changed by user" (CHNO). */
const isOvertaken = ({ code, message }: MiError): boolean =>
  code === 'XRE0104' || code === 'XUP0001' || /already exists|has been changed/i.test(message);

/** What became of one write; a refusal is told by message id and field, for M3's text may quote what people wrote. */
export function writeAnswer(result: MiResult): WriteAnswer {
  if ('records' in result) return { done: true };
  const { error } = result;
  if (isOvertaken(error)) return { done: false, because: 'overtaken' };
  if (error.notProcessed) return { done: false, because: 'unknown' };
  if (isNotFound(error)) return { done: false, because: 'gone' };
  return { done: false, because: 'refused', subject: [error.code, error.field].filter(Boolean).join(' ') };
}
