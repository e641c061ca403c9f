import { randomUUID } from 'node:crypto';
import { PollContext } from 'n8n-core';
import type { IDataObject, INodeType, IPollFunctions, WorkflowActivateMode } from 'n8n-workflow';
import { TestCredentials } from './credentials.mts';
import { CREDENTIALS, surroundings, workflowOf, type NodeRun } from './harness.mts';

/**
 * A polling trigger in n8n's own context. As n8n's default engine does it, static data lives in the process and reaches
 * the database only with a poll that gave something.
 */
export class Poller {
  private database = '{}';
  private memory: string | undefined;
  private nodeId = randomUUID();

  constructor(
    private readonly type: INodeType,
    private readonly run: NodeRun,
  ) {}

  async poll(mode: WorkflowActivateMode = 'activate', manual = false): Promise<IDataObject[]> {
    const staticData = JSON.parse(this.memory ?? this.database) as IDataObject;
    const { workflow, node, base } = workflowOf({ ...this.run, nodeId: this.nodeId }, staticData);
    const around = surroundings(new TestCredentials(CREDENTIALS, this.run.credentials), base);
    const context = new PollContext(workflow, node, around, manual ? 'manual' : 'trigger', mode);
    const output = await this.type.poll!.call(context as unknown as IPollFunctions);
    if (!manual) {
      this.memory = JSON.stringify(workflow.staticData);
      if (output) this.database = this.memory;
    }
    return (output?.[0] ?? []).map(({ json }) => json);
  }

  fetchTestEvent(): Promise<IDataObject[]> {
    return this.poll('activate', true);
  }

  /** Another process: what the node kept in memory, by its id, is gone as well. */
  restart(): void {
    this.memory = undefined;
    this.nodeId = randomUUID();
  }

  get node(): string {
    return this.nodeId;
  }

  get stored(): string {
    return this.memory ?? this.database;
  }
}
