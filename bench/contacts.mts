import { syncContacts } from '../nodes/MailchimpSync/syncContacts/run.ts';
import { memberId } from '../sandbox/mailchimp/model.mts';
import {
  byOfficialClient,
  compare,
  contactInput,
  emailOf,
  mailchimpOf,
  numbersUpTo,
  settingsFor,
  type Contender,
} from './kit.mts';

/** New contacts, then the same ones with another name, reads included. */

const numbers = numbersUpTo(1000);
const NAMES = ['Before', 'After'];

const ours: Contender['run'] = async (simulator, audienceId) => {
  for (const FNAME of NAMES) {
    const { outcomes } = await syncContacts(mailchimpOf(simulator), {
      inputs: numbers.map((number, i) => contactInput(number, i, { mapped: { FNAME } })),
      settings: settingsFor(audienceId),
      newMergeFields: [],
      limits: { maxContacts: 50, maxShare: 0.02 },
      context: { mode: 'apply', flow: 'bench', executionId: '1', workflowId: 'w', link: '', audienceId },
    });
    if (!outcomes.every(({ outcome }) => outcome === 'done'))
      throw new Error('Not every contact was written');
  }
};

const official =
  (workers: number): Contender['run'] =>
  async (simulator, list) => {
    for (const FNAME of NAMES) {
      await byOfficialClient(simulator, workers, numbers, (client, number) =>
        client.lists.setListMember(list, memberId(emailOf(number)), {
          email_address: emailOf(number),
          status_if_new: 'subscribed',
          merge_fields: { FNAME },
        }),
      );
    }
  };

export const contacts = (): Promise<void> =>
  compare(`${numbers.length} contacts created, then updated`, [
    { name: 'this package', run: ours },
    { name: 'official client, 9 at once', run: official(9) },
    { name: 'official client, one by one', run: official(1) },
  ]);
