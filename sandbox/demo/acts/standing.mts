import { count, type Act } from '../act.mts';
import { ANNA, JONAS, type Person } from '../cast.mts';
import type { Stage } from '../stage.mts';

/** Tag of the status that template 08 gives. */
const tagOf = (stage: Stage, email: string): string[] =>
  stage.tagsOf(stage.member(email)).filter((tag) => tag.startsWith('Account: '));

/** The run of the morning gives the contact this status, and leaves its consent alone. */
export async function morningGives(
  stage: Stage,
  { number, email }: Pick<Person, 'number' | 'email'>,
  status: string,
): Promise<void> {
  const before = stage.member(email).status;
  await stage.run('standing');
  stage.check(`Tags of ${number}`, tagOf(stage, email), [`Account: ${status}`]);
  stage.check(`Field of ${number}`, stage.member(email).mergeFields.FINSTATUS, status);
  stage.check(`Status of ${number}`, stage.member(email).status, before);
}

export const standing: Act = {
  id: 'standing',
  day: 2,
  at: '04:23',
  label: 'Segments',
  title: 'The standing of each customer',
  tells:
    'Every morning rules that you edit look at credit, overdue invoices and the last purchase of each customer. The contacts get the answer as a field and a tag, and five saved segments stand ready for campaigns.',
  about: [ANNA.number, JONAS.number],
  async play(stage) {
    const contacts = stage.world.audience.members.size;
    await morningGives(stage, ANNA, 'Dormant');
    const { segments, members } = stage.world.audience;
    const saved = [...segments.values()].filter(({ rule }) => rule).length;
    const told = [...members.values()].filter(({ mergeFields }) => mergeFields.FINSTATUS).length;
    stage.check('Saved segments', saved, 5);
    stage.check('Contacts', members.size, contacts);
    stage.check('Contacts with a status', told, contacts);
    return {
      cloudSuite: 'Read only: credit, overdue invoices, last purchase',
      mailchimp: `${count(told, 'contact')} with status and tag; ${saved} saved segments`,
    };
  },
};

export const creditStop: Act = {
  id: 'creditStop',
  day: 17,
  at: '15:20',
  label: 'Credit stop',
  title: 'A credit stop',
  tells:
    'Falk Garden has an invoice 47 days overdue, and accounting stops their credit. Marketing should not court them now: the contact becomes “On Hold”, by field and tag, and moves to the segment that campaigns leave in peace. His consent is not touched.',
  about: [JONAS.number],
  async play(stage) {
    stage.world.ion.m3.changeCustomer(JONAS.number, { BLCD: '1', TDIN: '8450.00', ODUE: '47' });
    await stage.run('toAudience');
    await morningGives(stage, JONAS, 'On Hold');
    stage.check('Jonas’s status', stage.member(JONAS.email).status, 'subscribed');
    return {
      cloudSuite: 'Y41003 is stopped, 8,450.00 overdue for 47 days',
      mailchimp: 'Jonas’s contact is “On Hold”, by field, tag and segment; still subscribed',
    };
  },
};
