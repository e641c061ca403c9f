type Item = { json: Record<string, unknown> };

interface NodeRun {
  data?: { main?: Array<Item[] | null> };
  error?: { message: string; description?: string };
}

/** An execution as GET /api/v1/executions/{id}?includeData=true gives it. */
export interface Execution {
  id: string;
  status: string;
  finished: boolean;
  workflowId: string;
  data?: {
    resultData: {
      runData?: Record<string, NodeRun[]>;
      error?: { message: string; description?: string };
      lastNodeExecuted?: string;
    };
  };
}

/** What one output of a node gave in all its runs of an execution. */
export function itemsOf(execution: Execution, node: string, output = 0): Array<Record<string, unknown>> {
  const runs = execution.data?.resultData.runData?.[node] ?? [];
  return runs.flatMap((run) => (run.data?.main?.[output] ?? []).map(({ json }) => json));
}

/** The message that the user would see in the editor; '' when the execution went well. */
export function errorOf({ data }: Execution): string {
  const error = data?.resultData.error;
  if (!error) return '';
  return `${data.resultData.lastNodeExecuted}: ${error.message} ${error.description ?? ''}`.trim();
}
