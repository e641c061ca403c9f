import type { Credential, WorkflowFile } from '../../sandbox/n8n/rest.mts';

/** Start → HTTP Request with a predefined credential: how users call what our node does not offer. */
export function httpRequestWorkflow(url: string, { id, name, type }: Credential): WorkflowFile {
  const nodes = [
    {
      id: '5d1f2a06-6b0e-4c34-9d6c-0d1c3f8a1b01',
      name: 'Start',
      type: 'n8n-nodes-base.manualTrigger',
      typeVersion: 1,
      position: [0, 0],
      parameters: {},
    },
    {
      id: '5d1f2a06-6b0e-4c34-9d6c-0d1c3f8a1b02',
      name: 'Call',
      type: 'n8n-nodes-base.httpRequest',
      typeVersion: 4.2,
      position: [220, 0],
      parameters: { url, authentication: 'predefinedCredentialType', nodeCredentialType: type, options: {} },
      credentials: { [type]: { id, name } },
    },
  ];
  return {
    name: 'HTTP Request with the Infor login',
    nodes,
    connections: { Start: { main: [[{ node: 'Call', type: 'main', index: 0 }]] } },
    settings: { executionOrder: 'v1' },
  };
}

/** Template 01 for another audience, as a user would choose it in the node. */
export function forAudience(template: WorkflowFile, name: string, audienceId: string): WorkflowFile {
  const nodes = template.nodes.map((node) =>
    node.name === 'Sync Contacts'
      ? {
          ...node,
          parameters: { ...node.parameters, audience: { __rl: true, mode: 'id', value: audienceId } },
        }
      : node,
  );
  return { ...template, name, nodes };
}
