import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ExecutionLifecycleHooks, LoadOptionsContext, WorkflowExecute } from 'n8n-core';
import {
  createRunExecutionData,
  NodeHelpers,
  Workflow,
  type ICredentialDataDecryptedObject,
  type ICredentialType,
  type IDataObject,
  type ILoadOptionsFunctions,
  type INode,
  type INodeExecutionData,
  type INodeType,
  type INodeTypes,
  type IVersionedNodeType,
  type IWorkflowBase,
  type IWorkflowExecuteAdditionalData,
} from 'n8n-workflow';
import { IonApi } from '../../credentials/IonApi.credentials.ts';
import { MailchimpMarketingApi } from '../../credentials/MailchimpMarketingApi.credentials.ts';
import { MailchimpMarketingOAuth2Api } from '../../credentials/MailchimpMarketingOAuth2Api.credentials.ts';
import { InforCloudSuite } from '../../nodes/InforCloudSuite/InforCloudSuite.node.ts';
import { MailchimpSync } from '../../nodes/MailchimpSync/MailchimpSync.node.ts';
import { InforBodTrigger } from '../../nodes/InforBodTrigger/InforBodTrigger.node.ts';
import { InforCloudSuiteTrigger } from '../../nodes/InforCloudSuiteTrigger/InforCloudSuiteTrigger.node.ts';
import { MailchimpOrderTrigger } from '../../nodes/MailchimpOrderTrigger/MailchimpOrderTrigger.node.ts';
import { MailchimpTransactionalApi } from '../../credentials/MailchimpTransactionalApi.credentials.ts';
import { MailchimpTransactionalTrigger } from '../../nodes/MailchimpTransactionalTrigger/MailchimpTransactionalTrigger.node.ts';
import { MailchimpSyncTrigger } from '../../nodes/MailchimpSyncTrigger/MailchimpSyncTrigger.node.ts';
import { SyncLedger } from '../../nodes/SyncLedger/SyncLedger.node.ts';
import { TestCredentials } from './credentials.mts';

/** Runs our nodes inside n8n's own execution engine, in this process, against real sockets. */

process.env.N8N_USER_FOLDER ??= mkdtempSync(join(tmpdir(), 'n8n-in-process-'));
process.env.N8N_ENCRYPTION_KEY ??= 'test';
process.env.N8N_LOG_LEVEL ??= 'silent';

const PACKAGE = 'n8n-nodes-infor-mailchimp';

const NODES: Record<string, INodeType> = {
  [`${PACKAGE}.inforCloudSuite`]: new InforCloudSuite(),
  [`${PACKAGE}.inforBodTrigger`]: new InforBodTrigger(),
  [`${PACKAGE}.inforCloudSuiteTrigger`]: new InforCloudSuiteTrigger(),
  [`${PACKAGE}.mailchimpSync`]: new MailchimpSync(),
  [`${PACKAGE}.mailchimpOrderTrigger`]: new MailchimpOrderTrigger(),
  [`${PACKAGE}.mailchimpTransactionalTrigger`]: new MailchimpTransactionalTrigger(),
  [`${PACKAGE}.mailchimpSyncTrigger`]: new MailchimpSyncTrigger(),
  [`${PACKAGE}.syncLedger`]: new SyncLedger(),
};

/** A credential type of n8n's own. */
const n8ns = (name: string, ...fields: string[]): ICredentialType => ({
  name,
  displayName: name,
  properties: fields.map((field) => ({ displayName: field, name: field, type: 'string', default: '' })),
});

export const CREDENTIALS: Record<string, ICredentialType> = {
  ionApi: new IonApi(),
  mailchimpMarketingApi: new MailchimpMarketingApi(),
  mailchimpMarketingOAuth2Api: new MailchimpMarketingOAuth2Api(),
  mailchimpTransactionalApi: new MailchimpTransactionalApi(),
  httpBasicAuth: n8ns('httpBasicAuth', 'user', 'password'),
  httpHeaderAuth: n8ns('httpHeaderAuth', 'name', 'value'),
};

const nodeTypes: INodeTypes = {
  getByName: (type) => NODES[type] as INodeType | IVersionedNodeType,
  getByNameAndVersion: (type, version) => NodeHelpers.getVersionedNodeType(NODES[type]!, version),
  getKnownTypes: () => ({}),
};

export interface NodeRun {
  /** Without the package's name, such as `mailchimpSync`. */
  type: string;
  parameters: Record<string, unknown>;
  /** Default 1. */
  nodeId?: string;
  input?: IDataObject[];
  /** Credential type → its decrypted data, changed in place when a token is renewed. */
  credentials: Record<string, ICredentialDataDecryptedObject>;
  onError?: INode['onError'];
  mode?: 'trigger' | 'manual';
}

export interface NodeResult {
  /** Items of each output. */
  outputs: INodeExecutionData[][];
  error?: Error & { description?: string | null; httpCode?: string | null; context?: IDataObject };
  /** What n8n was told to store in a credential, in order. */
  credentialUpdates: ICredentialDataDecryptedObject[];
  hints: string[];
}

const URLS = Object.fromEntries(
  ['webhookWaiting', 'formWaiting', 'form', 'formTest', 'webhook', 'webhookTest']
    .map((name) => [`${name}BaseUrl`, `http://127.0.0.1/${name}`])
    .concat([
      ['instanceBaseUrl', 'http://127.0.0.1'],
      ['restApiUrl', 'http://127.0.0.1/rest'],
    ]),
);

export const surroundings = (
  credentials: TestCredentials,
  workflow: IWorkflowBase,
): IWorkflowExecuteAdditionalData =>
  ({
    ...URLS,
    executionId: '1',
    hooks: new ExecutionLifecycleHooks('trigger', '1', workflow),
    credentialsHelper: credentials,
    variables: {},
    userId: 'user',
    currentNodeParameters: undefined,
    executeData: undefined,
    setExecutionStatus: () => undefined,
    sendDataToUI: () => undefined,
    externalSecretsProxy: {},
    getRunnerStatus: () => ({ available: false }),
  }) as unknown as IWorkflowExecuteAdditionalData;

/** A workflow that holds nothing but the node. */
export function workflowOf(
  run: NodeRun,
  staticData?: IDataObject,
): { node: INode; base: IWorkflowBase; workflow: Workflow } {
  const node: INode = {
    id: run.nodeId ?? '1',
    name: 'Node under test',
    type: `${PACKAGE}.${run.type}`,
    typeVersion: 1,
    position: [0, 0],
    parameters: run.parameters as INode['parameters'],
    onError: run.onError,
    webhookId: 'c0ffee00-0000-4000-8000-000000000001',
    credentials: Object.fromEntries(
      Object.keys(run.credentials).map((type) => [type, { id: type, name: type }]),
    ),
  };
  const base = {
    id: 'test',
    name: 'Flow under test',
    nodes: [node],
    connections: {},
    active: false,
  } as unknown as IWorkflowBase;
  const workflow = new Workflow({ ...base, nodeTypes, staticData, settings: { executionOrder: 'v1' } });
  return { node: workflow.getNode(node.name)!, base, workflow };
}

/** What the editor gives to a node's list and mapping methods. */
export function editorOf(run: NodeRun): ILoadOptionsFunctions {
  const { node, base, workflow } = workflowOf(run);
  const around = surroundings(new TestCredentials(CREDENTIALS, run.credentials), base);
  return new LoadOptionsContext(workflow, node, around, '');
}

export async function runNode(run: NodeRun): Promise<NodeResult> {
  const credentials = new TestCredentials(CREDENTIALS, run.credentials);
  const { node, base, workflow } = workflowOf(run);
  const input = (run.input ?? [{}]).map((json, item) => ({ json, pairedItem: { item } }));
  const data = createRunExecutionData({
    executionData: {
      nodeExecutionStack: [{ node, data: { main: [input] }, source: null }],
    },
  });
  const execute = new WorkflowExecute(surroundings(credentials, base), run.mode ?? 'trigger', data);
  const { data: result } = await execute.processRunExecutionData(workflow);
  const task = result.resultData.runData[node.name]?.[0];
  return {
    outputs: (task?.data?.main ?? []).map((items) => items ?? []),
    error: (task?.error ?? result.resultData.error) as NodeResult['error'],
    credentialUpdates: credentials.updates,
    hints: (task?.hints ?? []).map(({ message }) => message),
  };
}
