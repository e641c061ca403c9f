import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parse } from 'node:querystring';
import { HookContext, WebhookContext } from 'n8n-core';
import type {
  IDataObject,
  IHookFunctions,
  INodeType,
  IWebhookData,
  IWebhookDescription,
  IWebhookFunctions,
  IWorkflowExecuteAdditionalData,
} from 'n8n-workflow';
import { TestCredentials } from './credentials.mts';
import { CREDENTIALS, surroundings, workflowOf, type NodeRun } from './harness.mts';

/**
 * A webhook trigger on a local socket, run in n8n's own contexts, with static data kept as n8n does: loaded for each
 * request, saved after it.
 */
export interface TriggerServer {
  /** Where deliveries go, without a secret. */
  url: string;
  /** Items of each run that was started. */
  runs: IDataObject[][];
  /** As it lies in n8n's database. */
  staticData(): IDataObject;
  /** What n8n does when the workflow is published, or n8n starts. @returns whether the webhook was there */
  activate(parameters?: IDataObject): Promise<boolean>;
  deactivate(): Promise<void>;
  /** n8n's database is an older one. */
  restore(staticData: IDataObject): void;
  /** Answers everything with 503. */
  isDown: boolean;
  /** Answers GET with 404: n8n cannot be reached under the address that it gives. */
  breakSetup: boolean;
  close(): Promise<void>;
}

const bodyOf = async (request: IncomingMessage): Promise<Buffer> => {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts);
};

/** As n8n parses it: a body that is no JSON, though it says so, is none. */
function bodyIn(request: IncomingMessage, rawBody: Buffer): unknown {
  if (!(request.headers['content-type'] ?? '').includes('json')) return parse(rawBody.toString());
  try {
    return JSON.parse(rawBody.toString()) as unknown;
  } catch {
    return {};
  }
}

/** The answer that a node writes to, with Express's two methods that nodes use. */
const expressLike = (response: ServerResponse): ServerResponse =>
  Object.assign(response, {
    status(code: number) {
      response.statusCode = code;
      return response;
    },
    json(body: unknown) {
      return response.end(JSON.stringify(body));
    },
  });

class Trigger {
  runs: IDataObject[][] = [];
  database = '{}';
  readonly state = { isDown: false, breakSetup: false };
  baseUrl = '';

  constructor(
    private readonly type: INodeType,
    private readonly run: NodeRun,
  ) {}

  private around(base: Parameters<typeof surroundings>[1]): IWorkflowExecuteAdditionalData {
    const credentials = new TestCredentials(CREDENTIALS, this.run.credentials);
    return { ...surroundings(credentials, base), webhookBaseUrl: this.baseUrl };
  }

  private load(): ReturnType<typeof workflowOf> {
    return workflowOf(this.run, JSON.parse(this.database) as IDataObject);
  }

  private save({ workflow }: ReturnType<typeof workflowOf>): void {
    this.database = JSON.stringify(workflow.staticData);
  }

  async hook<T>(work: (context: IHookFunctions) => Promise<T>): Promise<T> {
    const loaded = this.load();
    const context = new HookContext(
      loaded.workflow,
      loaded.node,
      this.around(loaded.base),
      'trigger',
      'activate',
    );
    try {
      return await work(context);
    } finally {
      this.save(loaded);
    }
  }

  async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const rawBody = await bodyOf(request);
    if (this.state.isDown) return void response.writeHead(503).end();
    if (this.state.breakSetup && request.method === 'GET') return void response.writeHead(404).end();
    const url = new URL(request.url!, 'http://127.0.0.1');
    Object.assign(request, {
      rawBody: request.method === 'POST' ? rawBody : undefined,
      query: Object.fromEntries(url.searchParams),
      body: bodyIn(request, rawBody),
      params: {},
      path: url.pathname,
    });
    const loaded = this.load();
    const methodOf = ({ httpMethod }: IWebhookDescription): unknown =>
      loaded.workflow.expression.getSimpleParameterValue(loaded.node, httpMethod, 'internal', {});
    const description = this.type.description.webhooks!.find(
      (one) => methodOf(one) === request.method && url.pathname.endsWith(`/${one.path}`),
    );
    if (!description) return void response.writeHead(404).end();
    const around = { ...this.around(loaded.base), httpRequest: request, httpResponse: expressLike(response) };
    const webhookData = {
      webhookDescription: description,
      node: loaded.node.name,
    } as unknown as IWebhookData;
    const context = new WebhookContext(
      loaded.workflow,
      loaded.node,
      around as never,
      'webhook',
      webhookData,
      [],
      null,
    );
    try {
      const result = await this.type.webhook!.call(context as unknown as IWebhookFunctions);
      if (result.workflowData) this.runs.push(result.workflowData[0]!.map(({ json }) => json));
      if (!result.noWebhookResponse) response.writeHead(200).end();
    } catch (error) {
      response.writeHead(500).end((error as Error).message);
    }
    this.save(loaded);
  }
}

export async function startTrigger(type: INodeType, run: NodeRun): Promise<TriggerServer> {
  const trigger = new Trigger(type, { nodeId: randomUUID(), ...run });
  const server = createServer((request, response) => void trigger.answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  trigger.baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhook`;
  const methods = type.webhookMethods?.default;
  const url = await trigger.hook(async (context) => context.getNodeWebhookUrl('default')!);
  return Object.assign(trigger.state, {
    url,
    runs: trigger.runs,
    restore: (staticData: IDataObject) => void (trigger.database = JSON.stringify(staticData)),
    staticData: () => JSON.parse(trigger.database) as IDataObject,
    activate: async (parameters: IDataObject = {}) => {
      Object.assign(run.parameters, parameters);
      const exists = await trigger.hook(
        async (context) => (await methods?.checkExists?.call(context)) ?? true,
      );
      if (!exists) await trigger.hook(async (context) => methods?.create?.call(context));
      return exists;
    },
    deactivate: async () => void (await trigger.hook(async (context) => methods?.delete?.call(context))),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  });
}
