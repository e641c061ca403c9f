import type { IExecuteFunctions } from 'n8n-workflow';
import type { ConnectorError } from '../../connectors/errors';
import { UNKNOWN } from '../../connectors/mailchimp/effects';
import { audienceRow, summary, type AudienceEffect } from '../../sync/ledger';
import type { RecordOutcome, RunContext } from '../../sync/types';
import { endOfRun } from '../../sync/unfinished';

/** What one run did besides its outcomes. */
export interface RunNews {
  /** Tags of merge fields that the audience lacks and Apply creates; empty once they are created. */
  missingFields: string[];
  /** Merge fields and tags that this run made in the audience, or that an earlier one made, as it turns out. */
  made: AudienceEffect[];
  /** Those that it perhaps made: no answer says so. */
  inDoubt: AudienceEffect[];
  /** Those that an earlier run wanted, and nobody needs any more. */
  overtaken: AudienceEffect[];
  /** What stopped the run after it had made them. */
  trouble?: ConnectorError;
}

export const NOTHING_MADE: Pick<RunNews, 'made' | 'inDoubt' | 'overtaken'> = {
  ...{ made: [], inDoubt: [], overtaken: [] },
};

/** Tells people in a hint what a run did, and the ledger, with the first outcome, what is no record's own. */
export function tellRun(
  node: IExecuteFunctions,
  outcomes: RecordOutcome[],
  { missingFields, made, inDoubt, overtaken, trouble }: RunNews,
  context: RunContext,
): void {
  if (outcomes.length === 0) return;
  const isPlan = context.mode === 'plan';
  if (!isPlan)
    outcomes[0]!.ledger.push(
      ...made.map((effect) => audienceRow(effect, context, { applied: true })),
      ...inDoubt.map((effect) => audienceRow(effect, context, UNKNOWN)),
      ...overtaken.map((effect) => audienceRow(effect, context, 'overtaken')),
      ...endOfRun(outcomes, context),
    );
  const fields = missingFields.length > 0 ? `; Apply adds the merge fields ${missingFields.join(', ')}` : '';
  node.addExecutionHints({
    message: `${isPlan ? 'Planned, nothing written' : 'Applied'}: ${summary(outcomes)}${fields}${trouble ? `. ${trouble.message}` : ''}`,
    type: trouble ? 'warning' : 'info',
    location: 'outputPane',
  });
}
