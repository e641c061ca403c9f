import { Writer } from '../nodes/MailchimpSync/syncContacts/write.ts';
import { memberId } from '../sandbox/mailchimp/model.mts';
import type { MailchimpSimulator } from '../sandbox/mailchimp/simulator.mts';
import { planContacts } from '../sync/plan.ts';
import type { MemberState } from '../sync/types.ts';
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

/** Each contact changes from one tag to the next one: only the writing, because every way has to read first. */

const TAGS = 10;
const numbers = numbersUpTo(5000);
const oldTag = (i: number): string => `Group ${i % TAGS}`;
const newTag = (i: number): string => `Group ${(i + 1) % TAGS}`;

function prepare({ audiences }: MailchimpSimulator, list: string): void {
  numbers.forEach((number, i) => audiences.addMember(list, { email: emailOf(number), tags: [oldTag(i)] }));
}

const stateOf = (number: string, i: number): [string, MemberState] => {
  const id = memberId(emailOf(number));
  return [
    id,
    { id, contactId: id, status: 'subscribed', mergeFields: {}, tags: [oldTag(i)], tagsComplete: true },
  ];
};

/** @param inBlocks whether tags may go tag by tag; without, each is an operation of a batch */
const ours =
  (inBlocks: boolean): Contender['run'] =>
  async (simulator, audienceId) => {
    const inputs = numbers.map((number, i) =>
      contactInput(number, i, { tagsToAdd: [newTag(i)], tagsToRemove: [oldTag(i)] }),
    );
    const settings = { ...settingsFor(audienceId), mergeFields: [] };
    const { effects } = planContacts(inputs, new Map(numbers.map(stateOf)), settings);
    const writer = new Writer(mailchimpOf(simulator), audienceId);
    await writer.write(effects, inBlocks);
    const isDone = effects.every((effect) => {
      const verdict = writer.verdicts.get(effect);
      return verdict !== 'again' && verdict?.applied;
    });
    if (!isDone) throw new Error('Not every tag was written');
  };

const official =
  (workers: number): Contender['run'] =>
  (simulator, list) =>
    byOfficialClient(simulator, workers, numbers, (client, number) => {
      const i = numbers.indexOf(number);
      const tags = [
        { name: newTag(i), status: 'active' },
        { name: oldTag(i), status: 'inactive' },
      ];
      return client.lists.updateListMemberTags(list, memberId(emailOf(number)), { tags });
    });

export const tags = (): Promise<void> =>
  compare(`${numbers.length} contacts from one of ${TAGS} tags to another, writes only`, [
    { name: 'this package, tag by tag', prepare, run: ours(true) },
    { name: 'this package, by batch', prepare, run: ours(false) },
    { name: 'official client, 9 at once', prepare, run: official(9) },
    { name: 'official client, one by one', prepare, run: official(1) },
  ]);
