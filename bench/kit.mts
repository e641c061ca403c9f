import mailchimpClient from '@mailchimp/mailchimp_marketing';
import { setTimeout as sleep } from 'node:timers/promises';
import { createMailchimp, type Mailchimp } from '../connectors/mailchimp/api.ts';
import { axiosPort } from '../sandbox/drivers/axiosPort.mts';
import { startMailchimpSimulator, type MailchimpSimulator } from '../sandbox/mailchimp/simulator.mts';
import { readParty } from '../sync/party.ts';
import type { ContactInput, SyncSettings } from '../sync/types.ts';

/** Several ways to do one thing, each against a simulator of its own. Absolute times mean nothing; the ratios do. */

const LATENCY_MS = 20;

export interface Contender {
  name: string;
  /** What is there before the clock starts. */
  prepare?(simulator: MailchimpSimulator, list: string): void;
  run(simulator: MailchimpSimulator, list: string): Promise<void>;
}

export const numbersUpTo = (count: number): string[] =>
  Array.from({ length: count }, (_, i) => `Y${100_000 + i}`);
export const emailOf = (number: string): string => `${number.toLowerCase()}@customer.example`;

export const contactInput = (
  number: string,
  itemIndex: number,
  rest: Partial<ContactInput>,
): ContactInput => ({
  itemIndex,
  party: readParty({ number, emails: [emailOf(number)] })!,
  mapped: {},
  tagsToAdd: [],
  tagsToRemove: [],
  attempts: 0,
  retryOf: '',
  ...rest,
});

export const settingsFor = (audienceId: string): Omit<SyncSettings, 'mergeFields'> => ({
  audienceId,
  newContactStatus: 'subscribed',
  customerNumberField: '',
  addresses: 'first',
  unknownContacts: 'create',
  inactiveParties: 'keep',
  optedOutContacts: 'leave',
  emptyValues: 'keep',
  sharedTags: 'all',
  memberOwnedFields: [],
});

export const mailchimpOf = ({ url, apiKey }: MailchimpSimulator): Mailchimp =>
  createMailchimp({
    root: `${url}/3.0`,
    account: apiKey,
    port: axiosPort({ username: 'bench', password: apiKey }),
    plainPort: axiosPort(),
    sleep: (ms) => sleep(ms),
  });

/** Mailchimp's own client, one call a contact, by so many workers at once. */
export async function byOfficialClient(
  { url, apiKey }: MailchimpSimulator,
  workers: number,
  numbers: string[],
  call: (client: typeof mailchimpClient, number: string) => Promise<unknown>,
): Promise<void> {
  mailchimpClient.setConfig({ apiKey, server: 'us21' });
  mailchimpClient.basePath = `${url}/3.0`;
  const queue = [...numbers];
  const work = async (): Promise<void> => {
    for (let number = queue.pop(); number; number = queue.pop()) await call(mailchimpClient, number);
  };
  await Promise.all(Array.from({ length: workers }, work));
}

async function measure({ name, prepare, run }: Contender) {
  const mailchimp = await startMailchimpSimulator();
  mailchimp.settings.latencyMs = LATENCY_MS;
  const list = mailchimp.audiences.create({ name: 'Bench' }).id;
  prepare?.(mailchimp, list);
  const startedAt = performance.now();
  await run(mailchimp, list);
  const seconds = (performance.now() - startedAt) / 1000;
  const requests = mailchimp.requests.all.length;
  await mailchimp.close();
  return { name, requests, seconds };
}

/** The first contender is what the others are measured by. */
export async function compare(title: string, contenders: Contender[]): Promise<void> {
  const results = [];
  for (const contender of contenders) results.push(await measure(contender));
  const [base] = results;
  process.stdout.write(`${title} (${LATENCY_MS} ms a request):\n`);
  for (const { name, requests, seconds } of results) {
    const ratios = `${(requests / base!.requests).toFixed(1)}× the requests, ${(seconds / base!.seconds).toFixed(1)}× the time`;
    process.stdout.write(`  ${name.padEnd(28)} ${String(requests).padStart(5)} requests   ${ratios}\n`);
  }
}
