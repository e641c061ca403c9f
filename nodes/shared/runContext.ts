import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { ConnectorError } from '../../connectors/errors';
import { earlierRows } from '../../sync/holdBack';
import { unfinishedRuns } from '../../sync/unfinished';
import type { RunContext } from '../../sync/types';

/** n8n's editor shows an execution there. */
const linkOf = (node: IExecuteFunctions, workflowId: string, executionId: string): string =>
  `${node.getInstanceBaseUrl().replace(/\/+$/, '')}/workflow/${workflowId}/executions/${executionId}`;

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** An expression gives the rows themselves, the editor's field gives their JSON. @throws ConnectorError SYNC_SETTING */
function listIn(option: string, rows: unknown): unknown[] {
  if ((rows ?? '') === '') return [];
  const list = typeof rows === 'string' ? parsed(rows) : rows;
  if (Array.isArray(list)) return list;
  throw new ConnectorError(
    'SYNC_SETTING',
    `The option “${option}” holds no list.`,
    'Let an expression give the rows of the ledger there, or take the option away.',
  );
}

/** What every ledger row of a run has in common. @throws ConnectorError SYNC_SETTING */
export function runContextOf(
  node: IExecuteFunctions,
  { mode, audienceId, options }: Pick<RunContext, 'mode' | 'audienceId'> & { options: IDataObject },
): RunContext {
  const { id, name } = node.getWorkflow();
  const workflowId = String(id ?? '');
  const executionId = node.getExecutionId();
  return {
    mode,
    flow: String(options.flow || name || ''),
    executionId,
    workflowId,
    link: linkOf(node, workflowId, executionId),
    audienceId,
    earlier: earlierRows(listIn('Earlier Rows', options.earlierRows)),
    unfinished: unfinishedRuns(listIn('Unfinished Runs', options.unfinishedRuns), executionId).map((run) => ({
      ...run,
      link: linkOf(node, run.workflowId, run.executionId),
    })),
  };
}
