import { itemsOf } from '../../n8n/execution.mts';
import { count, type Act } from '../act.mts';
import { ANNA, EVERYBODY, FROM_THE_START, NEWCOMERS, rowOf } from '../cast.mts';
import type { Stage } from '../stage.mts';

const numbersOf = (people: ReadonlyArray<{ number: string }>): string[] => people.map(({ number }) => number);

/** The contact of each carries the customer's number, and the customer the contact's id. */
function checkLinked(stage: Stage, people: typeof EVERYBODY): void {
  for (const { number, email } of people) {
    const { mergeFields, contactId } = stage.member(email);
    stage.check(`Number on the contact of ${number}`, mergeFields.CUSTNO, number);
    stage.check(`Contact id on ${number}`, stage.world.ion.m3.customField(number, 'A121'), contactId);
  }
}

export const firstSync: Act = {
  id: 'firstSync',
  day: 1,
  at: '08:00',
  label: 'First sync',
  title: 'The first sync',
  tells:
    'The distributor switches the connection on. Every customer with a good e-mail address becomes a contact of the audience; nobody is put on the newsletter without having asked. Who has no address, a broken one or is closed is left out, with the reason.',
  about: numbersOf(FROM_THE_START),
  async play(stage) {
    const { webhooks } = stage.world.mailchimp;
    await stage.publish('toCustomers', () => webhooks.of(stage.audienceId).length > 0);
    stage.story = await stage.run('toAudience');
    checkLinked(stage, FROM_THE_START);
    const members = [...stage.world.audience.members.values()];
    stage.check(
      'Contacts that nobody asked',
      members.filter(({ status }) => status !== 'transactional').length,
      0,
    );
    const left = [1, 2].map((output) => itemsOf(stage.story!, 'Sync Contacts', output).length);
    return {
      cloudSuite: `${count(stage.world.ion.m3.customers.size, 'customer')}; those with a contact keep its id`,
      mailchimp: `${count(members.length, 'contact')} created, ${left[0]} left out, ${left[1]} need attention`,
    };
  },
};

export const newCustomers: Act = {
  id: 'newCustomers',
  day: 6,
  at: '09:30',
  label: 'New customers',
  title: 'Two new customers',
  tells:
    'A clerk enters Lind Kitchens and Peña Textiles in CloudSuite. The next run, at most 15 minutes later, reads only what changed and makes two contacts.',
  about: numbersOf(NEWCOMERS),
  async play(stage) {
    for (const person of NEWCOMERS) stage.world.ion.m3.addCustomer(rowOf(person));
    await stage.run('toAudience');
    checkLinked(stage, NEWCOMERS);
    return {
      cloudSuite: 'Y41005 and Y41006 are new, and keep their contact ids',
      mailchimp: '2 contacts created, not on the newsletter',
    };
  },
};

/** Where Anna moved to, and what the clerk makes of it. */
export const CORRECTED = 'anna.berg@bergbakery.example';

export const newAddress: Act = {
  id: 'newAddress',
  day: 15,
  at: '11:00',
  label: 'Clerk edits',
  title: 'CloudSuite changes an e-mail address',
  tells:
    'Berg & Daughters get proper addresses, and a clerk enters Anna’s new one on the customer. It is still the same contact: no second one, and her history and her consent stay.',
  about: [ANNA.number],
  async play(stage) {
    const { m3 } = stage.world.ion;
    const before = stage.world.audience.members.size;
    const contactId = m3.customField(ANNA.number, 'A121');
    m3.changeCustomer(ANNA.number, { MAIL: CORRECTED });
    await stage.run('toAudience');
    await stage.settled();
    stage.check('Anna’s contact', stage.member(CORRECTED).contactId, contactId);
    stage.check('Anna’s status', stage.member(CORRECTED).status, 'subscribed');
    stage.check('Contacts', stage.world.audience.members.size, before);
    return {
      cloudSuite: `Address of Y41001 is ${CORRECTED}`,
      mailchimp: 'The same contact has the new address, still subscribed',
    };
  },
};
