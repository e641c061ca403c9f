import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { Mailchimp } from '../../../connectors/mailchimp/api';
import { runRow, summary } from '../../../sync/ledger';
import { readJob } from './job';
import { ensureSegments as ensure, type SegmentOutcome } from './run';

/** Segment → Ensure: once for all input items. Outputs: done, skipped, needs attention. */
export async function ensureSegments(
  node: IExecuteFunctions,
  mailchimp: Mailchimp,
): Promise<INodeExecutionData[][]> {
  const job = readJob(node);
  const { mode } = job.context;
  const outcomes = await ensure(mailchimp, job);
  if (mode === 'apply') outcomes[0]!.ledger.push(runRow(outcomes, job.context));
  node.addExecutionHints({
    message: `${mode === 'plan' ? 'Planned, nothing written' : 'Applied'}: ${summary(outcomes)}`,
    type: 'info',
    location: 'outputPane',
  });
  const toItem = ({ itemIndex, name, action, ...rest }: SegmentOutcome): INodeExecutionData => ({
    json: { mode, row: itemIndex + 1, name, action, ...rest } as unknown as IDataObject,
    pairedItem: { item: 0 },
  });
  return ['done', 'skipped', 'attention'].map((output) =>
    outcomes.filter(({ outcome }) => outcome === output).map(toItem),
  );
}
