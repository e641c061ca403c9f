/** What n8n's REST interface takes and gives. */

export interface NewCredential {
  name: string;
  type: string;
  data: Record<string, unknown>;
}

export interface Credential extends NewCredential {
  id: string;
}

export interface WorkflowFile {
  name: string;
  nodes: Array<{
    name: string;
    type: string;
    parameters: Record<string, unknown>;
    /** By credential type. */
    credentials?: Record<string, { id: string | null; name: string }>;
  }>;
  connections: Record<string, unknown>;
  settings?: Record<string, unknown>;
}

export interface StoredWorkflow extends WorkflowFile {
  id: string;
  versionId: string;
}

export type TableRow = Record<string, unknown>;
