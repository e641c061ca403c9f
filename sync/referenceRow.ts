import type { CrossReference } from './crossReference';
import { fingerprint } from './fingerprint';
import { statusOf, traceOf } from './ledger';
import type { EffectResult, LedgerRow, RunContext } from './types';

/** The same cross-reference of the same record gives the same key. */
export const referenceKey = (number: string, reference: CrossReference): string =>
  ['crossReference', reference.audienceId, number, fingerprint({ number, reference })].join(':');

/** The ledger's row of a cross-reference that the sync to Mailchimp stored. */
export function referenceRow(
  { number, reference, source }: { number: string; reference: CrossReference; source: string },
  result: EffectResult,
  context: RunContext,
  earlier: { attempts: number; retryOf: string },
): LedgerRow {
  const effectKey = referenceKey(number, reference);
  const known = context.earlier?.get(effectKey)?.attempts ?? 0;
  const attempts = (earlier.retryOf === effectKey ? earlier.attempts : known) + 1;
  return {
    effectKey,
    flow: context.flow,
    kind: 'crossReference',
    recordNumber: number,
    memberId: '',
    source,
    status: result.applied ? 'applied' : statusOf(result.reason, attempts),
    reason: result.applied ? '' : result.reason,
    attempts,
    fingerprint: fingerprint({ number, reference }),
    ...traceOf(context),
  };
}
