import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { ConnectorError } from '../../connectors/errors';
import { earlierRows } from '../../sync/holdBack';
import type { RunContext } from '../../sync/types';

/** n8n's editor shows an execution there. */
const linkOf = (node: IExecuteFunctions, workflowId: string): string =>
  `${node.getInstanceBaseUrl().replace(/\/+$/, '')}/workflow/${workflowId}/executions/${node.getExecutionId()}`;

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** An expression gives the rows themselves, the editor's field gives their JSON. @throws ConnectorError SYNC_SETTING */
function listIn(rows: unknown): unknown[] {
  if ((rows ?? '') === '') return [];
  const list = typeof rows === 'string' ? parsed(rows) : rows;
  if (Array.isArray(list)) return list;
  throw new ConnectorError(
    'SYNC_SETTING',
    'The option “Earlier Rows” holds no list.',
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
  return {
    mode,
    flow: String(options.flow || name || ''),
    executionId: node.getExecutionId(),
    workflowId,
    link: linkOf(node, workflowId),
    audienceId,
    earlier: earlierRows(listIn(options.earlierRows)),
  };
}
