import { setTimeout as pause } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import type { Lab } from '../lab.mts';
import type { Member } from '../mailchimp/model.mts';
import { errorOf, type Execution } from '../n8n/execution.mts';
import type { StoredWorkflow } from '../n8n/rest.mts';
import { adapted, templateOf, type MONTH, type WorkflowName } from './settings.mts';

export const LEDGER = 'infor_mailchimp_ledger';
export const CURSORS = 'infor_mailchimp_cursor';
const PATIENCE_MS = 60_000;
const RUN_MS = 600_000;
const FINAL = new Set(['success', 'error', 'crashed', 'canceled']);

/** The simulated systems, a real n8n between them, and what the acts do with them. */
export class Stage {
  /** Of the first sync. */
  story: Execution | undefined;
  private readonly imported = new Map<WorkflowName, StoredWorkflow>();

  constructor(
    readonly lab: Lab,
    private readonly settings: typeof MONTH,
  ) {}

  get world(): Lab['world'] {
    return this.lab.world;
  }

  get audienceId(): string {
    return this.world.audience.id;
  }

  /** Imported at first use. */
  async workflow(name: WorkflowName): Promise<StoredWorkflow> {
    const known = this.imported.get(name);
    if (known) return known;
    const file = adapted(templateOf(name), this.settings[name] ?? {});
    const stored = await this.lab.api.importWorkflow(file);
    this.imported.set(name, stored);
    return stored;
  }

  /** Whether an act of this month has used it. */
  has(name: WorkflowName): boolean {
    return this.imported.has(name);
  }

  /** As the schedule would; it has to go well. */
  async run(name: WorkflowName): Promise<Execution> {
    const execution = await this.tryRun(await this.workflow(name));
    const error = errorOf(execution);
    if (error) throw new Error(`“${(await this.workflow(name)).name}” stopped: ${error}`);
    return execution;
  }

  tryRun(workflow: StoredWorkflow): Promise<Execution> {
    return this.lab.api.run(workflow, 'Run Now', RUN_MS);
  }

  async publish(name: WorkflowName, isListening: () => boolean): Promise<void> {
    await this.lab.api.publish(await this.workflow(name));
    await this.until('the webhook is registered', isListening);
  }

  /** Mailchimp has delivered what it could, and n8n has done all that followed: each event is one execution. */
  async settled(): Promise<void> {
    const { webhooks } = this.world.mailchimp;
    await webhooks.idle();
    const taken = webhooks.deliveries.filter(({ attempts }) => attempts.at(-1) === 200).length;
    await this.ended('toCustomers', taken);
  }

  /** So many executions of a workflow have ended. */
  async ended(name: WorkflowName, executions: number): Promise<void> {
    const workflow = await this.workflow(name);
    await this.until('n8n has dealt with all events', async () => {
      const known = await this.lab.api.executionsOf(workflow);
      return known.filter(({ status }) => FINAL.has(status)).length >= executions;
    });
  }

  async until(what: string, isSo: () => boolean | Promise<boolean>): Promise<void> {
    for (const end = Date.now() + PATIENCE_MS; !(await isSo()); await pause(50))
      if (Date.now() > end) throw new Error(`Waited in vain until ${what}`);
  }

  /** @throws Error when it is not as it should be: then the month stops */
  check(what: string, is: unknown, should: unknown): void {
    if (isDeepStrictEqual(is, should)) return;
    throw new Error(`${what}: should be ${JSON.stringify(should)}, is ${JSON.stringify(is)}`);
  }

  /** @throws Error when there is none */
  member(email: string): Member {
    const member = this.world.mailchimp.audiences.member(this.audienceId, email);
    if (!member) throw new Error(`${email} is not in the audience`);
    return member;
  }

  tagsOf({ tags }: Member): string[] {
    return [...tags.keys()].map((id) => this.world.audience.segments.get(id)?.name ?? '').sort();
  }

  /** What sales sees on the customer (M3: CUSEXTMI, file OCUSMA, field A030). */
  preference(number: string): string {
    return this.world.ion.m3.customField(number, 'A030') ?? '';
  }

  /** Changes that the API made, by system. */
  writes(): { cloudSuite: number; mailchimp: number } {
    const { ion, mailchimp } = this.world;
    return {
      cloudSuite: ion.writes.length,
      mailchimp: mailchimp.writes.length + mailchimp.audienceWrites.length,
    };
  }
}
