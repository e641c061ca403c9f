import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { Mailchimp } from '../../../connectors/mailchimp/api';
import { tellRun } from '../tellRun';
import { readJob } from './job';
import { ensureSegments as ensure, type SegmentOutcome } from './run';

/** Segment → Ensure: once for all input items. Outputs: done, skipped, needs attention. */
export async function ensureSegments(
  node: IExecuteFunctions,
  mailchimp: Mailchimp,
): Promise<INodeExecutionData[][]> {
  const job = readJob(node);
  const { mode } = job.context;
  const run = await ensure(mailchimp, job);
  const { outcomes } = run;
  tellRun(node, outcomes, run, job.context);
  const toItem = ({ itemIndex, name, action, ...rest }: SegmentOutcome): INodeExecutionData => ({
    json: { mode, row: itemIndex + 1, name, action, ...rest } as unknown as IDataObject,
    pairedItem: { item: 0 },
  });
  return ['done', 'skipped', 'attention'].map((output) =>
    outcomes.filter(({ outcome }) => outcome === output).map(toItem),
  );
}
