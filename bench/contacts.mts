/**
 * `npm run bench`: 1,000 new contacts, then the same 1,000 with another name, by this package and by Mailchimp's own
 * client one call a contact, side by side against the same simulator (20 ms a request). Absolute times mean nothing;
 * the ratios do.
 */
import mailchimpClient from '@mailchimp/mailchimp_marketing';
import { setTimeout as sleep } from 'node:timers/promises';
import { createMailchimp } from '../connectors/mailchimp/api.ts';
import { syncContacts } from '../nodes/MailchimpSync/syncContacts/run.ts';
import { axiosPort } from '../sandbox/drivers/axiosPort.mts';
import { memberId } from '../sandbox/mailchimp/model.mts';
import { startMailchimpSimulator, type MailchimpSimulator } from '../sandbox/mailchimp/simulator.mts';
import { readParty } from '../sync/party.ts';
import type { ContactInput } from '../sync/types.ts';

const COUNT = 1000;
const LATENCY_MS = 20;

interface Contender {
  name: string;
  run(mailchimp: MailchimpSimulator, list: string, firstName: string): Promise<void>;
}

const numbers = Array.from({ length: COUNT }, (_, i) => `Y${100_000 + i}`);
const emailOf = (number: string): string => `${number.toLowerCase()}@customer.example`;

const inputs = (firstName: string): ContactInput[] =>
  numbers.map((number, itemIndex) => ({
    itemIndex,
    party: readParty({ number, emails: [emailOf(number)] })!,
    mapped: { FNAME: firstName },
    tagsToAdd: [],
    tagsToRemove: [],
    attempts: 0,
    retryOf: '',
  }));

async function ours(simulator: MailchimpSimulator, audienceId: string, firstName: string): Promise<void> {
  const mailchimp = createMailchimp({
    root: `${simulator.url}/3.0`,
    account: simulator.apiKey,
    port: axiosPort({ username: 'bench', password: simulator.apiKey }),
    plainPort: axiosPort(),
    sleep: (ms) => sleep(ms),
  });
  const { outcomes } = await syncContacts(mailchimp, {
    inputs: inputs(firstName),
    settings: {
      audienceId,
      newContactStatus: 'subscribed',
      customerNumberField: '',
      addresses: 'first',
      unknownContacts: 'create',
      inactiveParties: 'keep',
      optedOutContacts: 'leave',
      emptyValues: 'keep',
      memberOwnedFields: [],
    },
    newMergeFields: [],
    limits: { maxContacts: 50, maxShare: 0.02 },
    context: { mode: 'apply', flow: 'bench', executionId: '1', audienceId },
  });
  if (!outcomes.every(({ outcome }) => outcome === 'done')) throw new Error('Not every contact was written');
}

const oneByOne =
  (workers: number): Contender['run'] =>
  async ({ url, apiKey }, list, firstName) => {
    mailchimpClient.setConfig({ apiKey, server: 'us21' });
    mailchimpClient.basePath = `${url}/3.0`;
    const queue = [...numbers];
    const work = async (): Promise<void> => {
      for (let number = queue.pop(); number; number = queue.pop()) {
        const email = emailOf(number);
        await mailchimpClient.lists.setListMember(list, memberId(email), {
          email_address: email,
          status_if_new: 'subscribed',
          merge_fields: { FNAME: firstName },
        });
      }
    };
    await Promise.all(Array.from({ length: workers }, work));
  };

const CONTENDERS: Contender[] = [
  { name: 'this package', run: ours },
  { name: 'official client, 9 at once', run: oneByOne(9) },
  { name: 'official client, one by one', run: oneByOne(1) },
];

async function measure({
  name,
  run,
}: Contender): Promise<{ name: string; requests: number; seconds: number }> {
  const mailchimp = await startMailchimpSimulator();
  mailchimp.settings.latencyMs = LATENCY_MS;
  const list = mailchimp.audiences.create({ name: 'Bench' }).id;
  const startedAt = performance.now();
  await run(mailchimp, list, 'Before');
  await run(mailchimp, list, 'After');
  const seconds = (performance.now() - startedAt) / 1000;
  const requests = mailchimp.requests.all.length;
  await mailchimp.close();
  return { name, requests, seconds };
}

const results = [];
for (const contender of CONTENDERS) results.push(await measure(contender));
const [base] = results;
process.stdout.write(`${COUNT} contacts created, then updated (${LATENCY_MS} ms a request):\n`);
for (const { name, requests, seconds } of results) {
  const ratios = `${(requests / base!.requests).toFixed(0)}× the requests, ${(seconds / base!.seconds).toFixed(1)}× the time`;
  process.stdout.write(`  ${name.padEnd(28)} ${String(requests).padStart(5)} requests   ${ratios}\n`);
}
