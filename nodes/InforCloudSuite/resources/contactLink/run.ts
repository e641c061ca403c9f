import type { PartyHomes } from '../../../../connectors/infor/homes';
import { applyChanges, readCustomerStates } from '../../../../connectors/infor/wayBack';
import { planContactChanges } from '../../../../sync/contactChange';
import type { BackSettings, ContactChange } from '../../../../sync/contactChangeTypes';
import { addressHashOf, type CrossReference } from '../../../../sync/crossReference';
import { holdBack } from '../../../../sync/holdBack';
import { settle } from '../../../../sync/outcome';
import type { RecordOutcome, RunContext } from '../../../../sync/types';

export interface BackJob {
  changes: ContactChange[];
  settings: BackSettings;
  emailHome: string;
  context: RunContext;
}

/** The customer's own and those of the others who share the contact. */
const numbersOf = ({ number, contactNumbers }: ContactChange): string[] =>
  [...new Set([number, ...contactNumbers])].filter((one) => one !== '');

/** The record is read only where the cross-reference leaves a question open. */
function needsRecord({ changes, settings }: BackJob): (number: string, stored?: CrossReference) => boolean {
  const byNumber = new Map<string, ContactChange[]>();
  for (const change of changes)
    for (const number of numbersOf(change)) byNumber.set(number, [...(byNumber.get(number) ?? []), change]);
  return (number, stored) =>
    !stored ||
    (byNumber.get(number) ?? []).some(
      ({ member }) =>
        member !== undefined &&
        (settings.fields.length > 0 ||
          stored.audienceId !== member.audienceId ||
          stored.contactId !== member.contactId ||
          (member.memberId !== '' && stored.addressHash !== addressHashOf(member.memberId))),
    );
}

/**
 * One run of the way back: read both sides → plan → (Plan stops here) → write → settle. Whatever the order of the
 * events was, the state decides.
 * @throws ConnectorError for troubles of the whole run; those of single records are outcomes
 */
export async function applyContactChanges(homes: PartyHomes, job: BackJob): Promise<RecordOutcome[]> {
  const { changes, settings, emailHome, context } = job;
  const numbers = [...new Set(changes.flatMap(numbersOf))];
  const states =
    numbers.length > 0 ? await readCustomerStates(homes, numbers, emailHome, needsRecord(job)) : new Map();
  const plan = holdBack(planContactChanges(changes, states, settings), context.earlier);
  const results =
    context.mode === 'apply' && plan.effects.length > 0
      ? await applyChanges(homes, plan.effects, emailHome)
      : new Map();
  return settle(plan, results, context);
}
