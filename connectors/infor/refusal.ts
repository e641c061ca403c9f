import { ConnectorError } from '../errors';
import type { WriteAnswer } from './homes';

const RIGHTS = /privilege|authori[sz]|licensed|permission|not allowed|access (is )?denied|security/i;
const OVERTAKEN = /(has been|was) (modified|changed|updated)|another user|stale|time ?stamp|precondition/i;
const GONE = /not found|does not exist|no longer exists|not on file|invalid customer|no such record/i;
const MAX_TEXT = 200;

/** What a system says may quote what people wrote: addresses and what stands in quotation marks are left out. */
export const withoutQuotes = (message: string): string =>
  message
    .replace(/"[^"]*"|“[^”]*”|\[[^\]]{0,200}: [^\]]*\]/g, '…')
    .split(/\s+/)
    .map((word) => (word.includes('@') ? '…' : word))
    .join(' ')
    .trim()
    .slice(0, MAX_TEXT);

/** A field of ours that the message is about. */
const fieldIn = (message: string, fields: string[]): string | undefined =>
  [...fields]
    .sort((a, b) => b.length - a.length)
    .find((field) => field !== '' && message.toLowerCase().includes(field.toLowerCase()));

/**
 * A system's refusal of a call as one of ours.
 * @param where what was called, such as SLCustomers
 * @param fields names that were sent, of which the message may name one
 */
export function refusalOf(where: string, message: string, fields: string[] = []): ConnectorError {
  const text = withoutQuotes(message) || 'No reason given';
  if (RIGHTS.test(message)) {
    return new ConnectorError(
      'INFOR_RIGHTS',
      `Infor does not permit ${where}: ${text}`,
      `Give the user of the service account the right to ${where}.`,
    );
  }
  const field = fieldIn(message, fields);
  if (field !== undefined) {
    return new ConnectorError(
      'INFOR_FIELD',
      `${where} does not know the field ${field}, or not its value: ${text}`,
      'Choose a field that the system has; names can be set under “Field Names”.',
    );
  }
  return new ConnectorError(
    'INFOR_REFUSED',
    `Infor did not do ${where}: ${text}`,
    'Look the message up in the system; the record or the settings of its user may need a change.',
  );
}

/** What became of one write that was refused with these words. */
export function refusedWrite(message: string, fields: string[]): WriteAnswer {
  if (OVERTAKEN.test(message)) return { done: false, because: 'overtaken' };
  if (GONE.test(message)) return { done: false, because: 'gone' };
  return { done: false, because: 'refused', subject: fieldIn(message, fields) ?? '' };
}
