import { ConnectorError } from '../../errors';
import type { HttpResponse } from '../../http/port';
import type { Safety } from '../../http/retry';
import { gatewayError } from '../gateway';
import { trimmed, type MiRecord } from './fields';

/** What M3 says about one transaction that it did not do. */
export interface MiError {
  /** Message id such as WCU0203; '' when M3 gave none. */
  code: string;
  field: string;
  message: string;
  /** The bulk call ended before this transaction. */
  notProcessed: boolean;
}

export type MiResult = { records: MiRecord[] } | { error: MiError };

type Json = Record<string, unknown>;

const text = (value: unknown): string => (typeof value === 'string' ? value.trim() : '');

/**
 * `errorMessage` repeats code and field between runs of blanks (infor §3.4), and may quote an e-mail address that M3
 * does not like, which belongs into no error text (invariant 11).
 */
function cleanMessage(message: string, code: string, field: string): string {
  const words = message.split(/\s+/).filter((word) => word !== '' && word !== code && word !== field);
  return words.map((word) => (word.includes('@') ? '…' : word)).join(' ');
}

function errorOf(part: Json): MiError | undefined {
  const code = text(part.errorCode);
  const field = text(part.errorField);
  const message = text(part.errorMessage) || text(part.terminationReason);
  const notProcessed = part.notProcessed === true;
  if (!code && !message && !notProcessed) return undefined;
  return { code, field, message: cleanMessage(message, code, field) || 'No reason given', notProcessed };
}

const resultOf = (part: Json): MiResult => {
  const error = errorOf(part);
  if (error) return { error };
  const records = Array.isArray(part.records) ? (part.records as Json[]) : [];
  return { records: records.map(trimmed) };
};

/** M3 answers with 200 or 400; everything else is the gateway's own word. */
const isM3s = ({ status }: HttpResponse): boolean => status === 200 || status === 400;

/**
 * Reads an answer of the v2 API: one result for each transaction, in order. Errors come at HTTP 200 in `results`, or at
 * the top level, mostly at HTTP 400 (infor §3.4); the latter concerns every transaction of the call.
 * @param safety `once` for a write: an error that leaves it open whether M3 did it says so
 * @throws ConnectorError for the gateway's own refusals and for answers that are no MI answer
 */
export function readAnswer(response: HttpResponse, transactions: number, safety: Safety): MiResult[] {
  const body = (typeof response.body === 'object' && response.body !== null ? response.body : {}) as Json;
  const results = Array.isArray(body.results) ? (body.results as Json[]) : undefined;
  if (isM3s(response) && !results) {
    const error = errorOf(body);
    // Of several transactions it does not say which one it means, so none of them has an outcome of its own.
    const notProcessed = transactions > 1;
    if (error) return Array.from({ length: transactions }, () => ({ error: { ...error, notProcessed } }));
  }
  if (!results || !isM3s(response)) {
    throw (
      gatewayError(response, safety) ??
      new ConnectorError(
        'ION_ANSWER',
        'M3 gave an answer without results.',
        'Check the M3 REST API of the tenant.',
      )
    );
  }
  const stopped: MiError = {
    code: '',
    field: '',
    message: text(body.terminationReason) || 'Not processed',
    notProcessed: true,
  };
  return Array.from({ length: transactions }, (_, index) => {
    const part = results[index];
    return part ? resultOf(part) : { error: stopped };
  });
}

/** M3 speaks the user's language, its message ids do not (infor §3.4): customer, supplier, any record. */
const NOT_FOUND_CODES = new Set(['WCU0203', 'WSU0103', 'XRE0103']);
const NOT_FOUND = /does not exist/i;
const NO_RIGHTS = /authori[sz]|permission|not allowed|no access/i;

export const isNotFound = (error: MiError): boolean =>
  !error.notProcessed && (NOT_FOUND_CODES.has(error.code) || NOT_FOUND.test(error.message));

/** An MI error as one of ours, for calls where it concerns the whole step. */
export function miError(program: string, transaction: string, error: MiError): ConnectorError {
  const where = `${program}/${transaction}`;
  const detail = [error.code, error.field].filter(Boolean).join(', ');
  const what = `M3 did not do ${where}: ${error.message}${detail ? ` (${detail})` : ''}.`;
  if (NO_RIGHTS.test(error.message)) {
    return new ConnectorError(
      'M3_RIGHTS',
      what,
      `Give the M3 user of the service account the right to ${program} (MNS150, SES400).`,
    );
  }
  if (isNotFound(error))
    return new ConnectorError('M3_NOT_FOUND', what, 'Check the number, the company and the division.');
  return new ConnectorError(
    'M3_TRANSACTION',
    what,
    'Look the message up in M3; the record or the user’s settings may need a change.',
  );
}
