import { PROGRAMS } from './catalog.mts';
import { CRS111MI, CRS618MI } from './mi/addressHandlers.mts';
import { CRS630MI } from './mi/accountHandlers.mts';
import { CRS620MI } from './mi/supplierHandlers.mts';
import { CRS610MI } from './mi/customerHandlers.mts';
import {
  MiFailure,
  runTransaction,
  type Asked,
  type MiOptions,
  type MiRecord,
  type MiWorld,
} from './mi/engine.mts';
import { EXPORTMI } from './mi/exportHandlers.mts';
import { ARS040MI, GLS840MI } from './mi/financeHandlers.mts';
import { GENERAL_HANDLERS } from './mi/generalHandlers.mts';

const HANDLERS = {
  ...{ ARS040MI, CRS111MI, CRS610MI, CRS618MI, CRS620MI, CRS630MI, EXPORTMI, GLS840MI },
  ...GENERAL_HANDLERS,
};

/** One transaction of M3's answer; keys that say nothing are absent (infor §3.3). */
export interface Result {
  transaction: string;
  parameters?: MiRecord;
  records?: MiRecord[];
  errorMessage?: string;
  errorCode?: string;
  errorField?: string;
  errorType?: string;
  notProcessed?: boolean;
}

export interface Outcome {
  result: Result;
  /** Nothing of this program can run. */
  terminates: boolean;
}

export const failed = (result: Result): boolean => result.errorMessage !== undefined;

export const refusal = (transaction: string, { code, field, padded }: MiFailure): Result => ({
  transaction,
  errorMessage: padded,
  errorCode: code,
  ...(field ? { errorField: field } : {}),
  errorType: 'MI',
});

/** Runs one transaction; what M3 refuses becomes part of the answer. */
export function answer(asked: Asked, options: MiOptions, world: MiWorld, extended = false): Outcome {
  const parameters = extended ? { parameters: asked.record } : {};
  try {
    const records = runTransaction(asked, options, world, HANDLERS);
    const says = PROGRAMS[asked.program]?.transactions[asked.transaction]?.out !== '';
    const result = { transaction: asked.transaction, ...parameters, ...(says ? { records } : {}) };
    return { result, terminates: false };
  } catch (error) {
    if (!(error instanceof MiFailure)) throw error;
    return {
      result: { ...refusal(asked.transaction, error), ...parameters },
      terminates: error.terminates,
    };
  }
}

const ending = ({ errorMessage, errorType }: Result): Record<string, unknown> => ({
  wasTerminated: true,
  terminationReason: errorMessage,
  terminationErrorType: errorType,
});

/** The first shape: HTTP 200, `nrOfSuccessfullTransactions` with M3's own spelling; `end` is what ended the call. */
export const envelope = (results: Result[], end?: Result): Record<string, unknown> => ({
  results,
  wasTerminated: false,
  ...(end ? ending(end) : {}),
  nrOfSuccessfullTransactions: results.filter((result) => !failed(result) && !result.notProcessed).length,
  nrOfFailedTransactions: results.filter(failed).length,
  nrOfNotProcessedTransactions: results.filter((result) => result.notProcessed).length,
});

/** The second shape: HTTP 400 with the error at the top (infor §3.4). */
export const terminated = (result: Result): Record<string, unknown> => ({
  errorMessage: result.errorMessage,
  errorCode: result.errorCode,
  ...(result.errorField ? { errorField: result.errorField } : {}),
  errorType: result.errorType,
  ...ending(result),
});
