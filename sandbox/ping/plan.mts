import { syncContacts } from '../../nodes/MailchimpSync/syncContacts/run.ts';
import type { Party } from '../../sync/party.ts';
import { reasonText, type Reason } from '../../sync/reasons.ts';
import type { RecordOutcome } from '../../sync/types.ts';
import type { FoundAudience } from './mailchimp.mts';
import { many, type Report } from './report.mts';

const counted = (labels: string[]): Array<[string, number]> => {
  const counts = new Map<string, number>();
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a);
};

/** What template 01 would do first, as the planner decides it; the mode is Plan, so nothing is written. */
async function planned(parties: Party[], { mailchimp, audience }: FoundAudience): Promise<RecordOutcome[]> {
  const { outcomes } = await syncContacts(mailchimp, {
    inputs: parties.map((party, itemIndex) => ({
      ...{ itemIndex, party, mapped: {}, tagsToAdd: [], tagsToRemove: [], attempts: 0, retryOf: '' },
    })),
    settings: {
      audienceId: audience.id,
      newContactStatus: 'transactional',
      customerNumberField: 'CUSTNO',
      addresses: 'first',
      unknownContacts: 'create',
      inactiveParties: 'keep',
      optedOutContacts: 'leave',
      emptyValues: 'keep',
      sharedTags: 'all',
      memberOwnedFields: [],
    },
    newMergeFields: [{ tag: 'CUSTNO', name: 'Customer number', type: 'text' }],
    limits: { maxContacts: 50, maxShare: 0.02 },
    context: {
      mode: 'plan',
      flow: 'ping',
      executionId: '',
      workflowId: '',
      link: '',
      audienceId: audience.id,
    },
  });
  return outcomes;
}

export async function showPlan(parties: Party[], found: FoundAudience, report: Report): Promise<void> {
  report.heading('The first sync would do this (nothing was written)');
  const outcomes = await report.ask(
    'plan',
    () => planned(parties, found),
    (all) => many(all.length, 'customer'),
  );
  for (const [action, count] of counted((outcomes ?? []).flatMap(({ actions }) => actions)))
    report.note(action, many(count, 'contact'));
  const reasons = (outcomes ?? []).flatMap(({ outcome, reason }) => (outcome === 'done' ? [] : [reason]));
  for (const [reason, count] of counted(reasons))
    report.note(reason, `${many(count, 'customer')}: ${reasonText(reason as Reason)}`);
}
