import { failed, type Result } from './m3Answer.mts';

/**
 * An answer of M3's older API, at HTTP 200 also for errors (infor §3.1). Our connector does not use it; the release of
 * Infor's own client that is on npm speaks nothing else, and so can judge the rows behind both.
 */
export function v1Answer(program: string, result: Result): Record<string, unknown> {
  if (failed(result)) {
    return {
      '@type': 'ServerReturnedNOK',
      '@code': result.errorCode,
      ...(result.errorField ? { '@field': result.errorField } : {}),
      Message: result.errorMessage,
    };
  }
  const MIRecord = (result.records ?? []).map((record, RowIndex) => ({
    RowIndex,
    NameValue: Object.entries(record).map(([Name, Value]) => ({ Name, Value })),
  }));
  return { Program: program, Transaction: result.transaction, MIRecord };
}
