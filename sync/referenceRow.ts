import type { CrossReference } from './crossReference';
import { fingerprint } from './fingerprint';
import { reasonClass } from './reasons';
import type { EffectResult, LedgerRow, RunContext } from './types';

/** The ledger's row of a cross-reference that the sync to Mailchimp stored. */
export function referenceRow(
  number: string,
  reference: CrossReference,
  result: EffectResult,
  context: RunContext,
): LedgerRow {
  const print = fingerprint({ number, reference });
  return {
    effectKey: ['crossReference', reference.audienceId, number, print].join(':'),
    flow: context.flow,
    kind: 'crossReference',
    recordNumber: number,
    memberId: '',
    status: result.applied ? 'applied' : reasonClass(result.reason),
    reason: result.applied ? '' : result.reason,
    attempts: 1,
    fingerprint: print,
    executionId: context.executionId,
  };
}
