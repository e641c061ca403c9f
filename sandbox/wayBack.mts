import { setTimeout as pause } from 'node:timers/promises';
import { EVENTS_TEMPLATE, readTemplate, SWEEP_TEMPLATE, type Lab } from './lab.mts';
import { errorOf } from './n8n/execution.mts';
import type { StoredWorkflow } from './n8n/rest.mts';

const NUMBER = 'Y90000';
const EMAIL = 'anna@nordic-circle.example';
const PATIENCE_MS = 60_000;

/** What sales sees on the customer (M3: CUSEXTMI, file OCUSMA, field A030). */
const preferenceIn = ({ world }: Lab): string =>
  [...world.ion.m3.customFields.values()].find(({ PK01 }) => PK01 === NUMBER)?.A030 ?? '';

async function run({ api }: Lab, workflow: StoredWorkflow): Promise<void> {
  const error = errorOf(await api.run(workflow, 'Run Now', 600_000));
  if (error) throw new Error(`“${workflow.name}” stopped: ${error}`);
}

/** @returns seconds until the customer says so */
async function told(lab: Lab, preference: string): Promise<string> {
  const start = Date.now();
  while (preferenceIn(lab) !== preference) {
    if (Date.now() - start > PATIENCE_MS) throw new Error(`The customer never became ${preference}`);
    await pause(20);
  }
  return ((Date.now() - start) / 1000).toFixed(1);
}

async function published({ api, world }: Lab, workflow: StoredWorkflow): Promise<void> {
  await api.publish(workflow);
  for (const end = Date.now() + PATIENCE_MS; world.mailchimp.webhooks.hooks.length === 0; await pause(50))
    if (Date.now() > end) throw new Error('The webhook was never registered');
}

const writesIn = ({ world }: Lab): number => world.mailchimp.writes.length + world.ion.writes.length;

/**
 * The circle: a customer made in M3 becomes a contact, the person subscribes and leaves at Mailchimp's side, and M3 knows
 * it by one webhook each; then a sweep finds nothing left to do.
 * @param toAudience template 01, already run
 * @returns the story, line by line
 */
export async function playWayBack(lab: Lab, toAudience: StoredWorkflow): Promise<string[]> {
  const { audiences } = lab.world.mailchimp;
  const { audience } = lab.world;
  await published(lab, await lab.api.importWorkflow(readTemplate(EVENTS_TEMPLATE)));
  const sweep = await lab.api.importWorkflow(readTemplate(SWEEP_TEMPLATE));
  lab.world.ion.m3.addCustomer({ CUNO: NUMBER, CUNM: 'Nordic Circle AB', MAIL: EMAIL });
  await run(lab, toAudience);
  const first = preferenceIn(lab);
  audiences.resubscribe(audience.id, EMAIL);
  const subscribed = await told(lab, 'subscribed');
  audiences.unsubscribe(audience.id, EMAIL);
  const unsubscribed = await told(lab, 'unsubscribed');
  await run(lab, sweep);
  const before = writesIn(lab);
  await run(lab, sweep);
  await run(lab, toAudience);
  return [
    `  Customer ${NUMBER} is made in M3; after the next run it is a contact, ${first}, and M3 keeps its id.`,
    `  The person subscribes by a form of Mailchimp’s: M3 says “subscribed” ${subscribed} s later.`,
    `  The person unsubscribes: M3 says “unsubscribed” ${unsubscribed} s later.`,
    `  A sweep and a sync over all: ${writesIn(lab) - before} writes. Both systems are silent.`,
  ];
}
