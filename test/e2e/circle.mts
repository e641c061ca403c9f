import { setTimeout as pause } from 'node:timers/promises';
import {
  EVENTS_TEMPLATE,
  readTemplate,
  startLab,
  SWEEP_TEMPLATE,
  type Lab,
  type LabOptions,
} from '../../sandbox/lab.mts';
import { errorOf, type Execution } from '../../sandbox/n8n/execution.mts';
import type { StoredWorkflow } from '../../sandbox/n8n/rest.mts';

/** Templates 01, 02 and 03 together in one real n8n, with the simulated M3 and Mailchimp around it. */
export interface Circle {
  lab: Lab;
  /** Template 01. */
  toAudience: StoredWorkflow;
  /** Template 02; not yet published. */
  toCustomers: StoredWorkflow;
  /** Template 03. */
  sweep: StoredWorkflow;
  /** Runs a workflow by hand; it has to go well. */
  run(workflow: StoredWorkflow): Promise<Execution>;
  /** Publishes template 02 and waits for its webhook. */
  listen(): Promise<void>;
  /** Mailchimp has delivered, and n8n has done all that followed: each event is one execution. */
  settled(): Promise<void>;
  /** The customer's custom fields: preference, contact id, address hash, audience. */
  reference(number: string): Record<string, string> | undefined;
}

export async function until(what: string, isSo: () => boolean | Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 60_000; !(await isSo()); await pause(100))
    if (Date.now() > end) throw new Error(`Waited in vain until ${what}`);
}

/** Mailchimp dates an event to the second: one that says the same in the same second is the same event. */
export const nextSecond = (): Promise<void> => pause(1000 - (Date.now() % 1000) + 5);

export async function startCircle(options: LabOptions): Promise<Circle> {
  const lab = await startLab(options);
  const toAudience = await lab.api.importWorkflow(readTemplate());
  const toCustomers = await lab.api.importWorkflow(readTemplate(EVENTS_TEMPLATE));
  const sweep = await lab.api.importWorkflow(readTemplate(SWEEP_TEMPLATE));
  const { mailchimp, audience, ion } = lab.world;
  return {
    lab,
    toAudience,
    toCustomers,
    sweep,
    run: async (workflow) => {
      const execution = await lab.api.run(workflow, 'Run Now', 280_000);
      expect(errorOf(execution)).toBe('');
      return execution;
    },
    listen: async () => {
      await lab.api.publish(toCustomers);
      await until('the webhook is registered', () => mailchimp.webhooks.of(audience.id).length > 0);
    },
    settled: async () => {
      await mailchimp.webhooks.idle();
      const events = mailchimp.webhooks.deliveries.length;
      await until('n8n is idle', async () => (await lab.api.executionsOf(toCustomers)).length === events);
    },
    reference: (number) =>
      [...ion.m3.customFields.values()].find(({ FILE, PK01 }) => FILE === 'OCUSMA' && PK01 === number),
  };
}
