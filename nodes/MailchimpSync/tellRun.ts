import type { IExecuteFunctions } from 'n8n-workflow';
import type { ConnectorError } from '../../connectors/errors';
import type { NewMergeField } from '../../connectors/mailchimp/audiences';
import { mergeFieldRow, runRow, summary } from '../../sync/ledger';
import type { RecordOutcome, RunContext } from '../../sync/types';

/** What one run did besides its outcomes. */
export interface RunNews {
  /** Tags of merge fields that the audience lacks and Apply creates; empty once they are created. */
  missingFields: string[];
  /** Merge fields that this run created. */
  createdFields: NewMergeField[];
  /** What stopped the run after it had created them. */
  trouble?: ConnectorError;
}

/** Tells people in a hint what a run did, and the ledger, with the first outcome, what is no record's own. */
export function tellRun(
  node: IExecuteFunctions,
  outcomes: RecordOutcome[],
  { missingFields, createdFields, trouble }: RunNews,
  context: RunContext,
): void {
  if (outcomes.length === 0) return;
  const isPlan = context.mode === 'plan';
  if (!isPlan)
    outcomes[0]!.ledger.push(
      ...createdFields.map((field) => mergeFieldRow(field, context)),
      runRow(outcomes, context),
    );
  const fields = missingFields.length > 0 ? `; Apply adds the merge fields ${missingFields.join(', ')}` : '';
  node.addExecutionHints({
    message: `${isPlan ? 'Planned, nothing written' : 'Applied'}: ${summary(outcomes)}${fields}${trouble ? `. ${trouble.message}` : ''}`,
    type: trouble ? 'warning' : 'info',
    location: 'outputPane',
  });
}
