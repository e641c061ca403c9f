import type { CrossReference } from './crossReference';
import { fingerprint } from './fingerprint';
import { statusOf } from './ledger';
import type { EffectResult, LedgerRow, RunContext } from './types';

/** The ledger's row of a cross-reference that the sync to Mailchimp stored. */
export function referenceRow(
  number: string,
  reference: CrossReference,
  result: EffectResult,
  context: RunContext,
  earlier: { attempts: number; retryOf: string },
): LedgerRow {
  const print = fingerprint({ number, reference });
  const effectKey = ['crossReference', reference.audienceId, number, print].join(':');
  const attempts = (earlier.retryOf === effectKey ? earlier.attempts : 0) + 1;
  return {
    effectKey,
    flow: context.flow,
    kind: 'crossReference',
    recordNumber: number,
    memberId: '',
    status: result.applied ? 'applied' : statusOf(result.reason, attempts),
    reason: result.applied ? '' : result.reason,
    attempts,
    fingerprint: print,
    executionId: context.executionId,
  };
}
