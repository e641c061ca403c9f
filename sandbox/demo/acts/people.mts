import { count, type Act } from '../act.mts';
import { ANNA, CARL, EVERYBODY, FROM_THE_START } from '../cast.mts';
import type { Stage } from '../stage.mts';

/** Besides the people with names, so many sign up for the newsletter. */
const OTHERS = 6;

const isOurs = (number: string): boolean => EVERYBODY.some((person) => person.number === number);

function others({ world }: Stage): string[] {
  const members = [...world.audience.members.values()].filter(
    ({ mergeFields }) => !isOurs(String(mergeFields.CUSTNO)) && !String(mergeFields.CUSTNO).includes(','),
  );
  return members.slice(0, OTHERS).map(({ email }) => email);
}

export const signUp: Act = {
  id: 'signUp',
  day: 3,
  at: '10:15',
  label: 'Sign-ups',
  title: 'People sign up for the newsletter',
  tells:
    'Anna, Carl, Jonas, Emil and six others fill in the sign-up form. Mailchimp tells it at once, and sales sees “subscribed” on each customer in CloudSuite. Consent always comes from the person.',
  about: FROM_THE_START.map(({ number }) => number),
  async play(stage) {
    const emails = [...FROM_THE_START.map(({ email }) => email), ...others(stage)];
    for (const email of emails) stage.world.mailchimp.audiences.resubscribe(stage.audienceId, email);
    await stage.settled();
    const preferences = emails.map((email) =>
      stage.preference(String(stage.member(email).mergeFields.CUSTNO)),
    );
    stage.check('Preferences in CloudSuite', [...new Set(preferences)], ['subscribed']);
    return {
      cloudSuite: `Preference “subscribed” on ${count(emails.length, 'customer')}`,
      mailchimp: `${count(emails.length, 'contact')} subscribed, by themselves`,
    };
  },
};

export const unsubscribe: Act = {
  id: 'unsubscribe',
  day: 9,
  at: '07:45',
  label: 'Unsubscribe',
  title: 'Somebody unsubscribes',
  tells:
    'Carl Holm clicks “unsubscribe” in a newsletter. Within a second CloudSuite says so on the customer, and from now on nothing that happens in CloudSuite can bring him back: only he can.',
  about: [CARL.number],
  async play(stage) {
    stage.world.mailchimp.audiences.unsubscribe(stage.audienceId, CARL.email);
    await stage.settled();
    stage.check('Carl’s preference', stage.preference(CARL.number), 'unsubscribed');
    stage.world.ion.m3.changeCustomer(CARL.number, { CUA1: 'Skeppsbron 8' });
    await stage.run('toAudience');
    stage.check('Carl’s status', stage.member(CARL.email).status, 'unsubscribed');
    return {
      cloudSuite: 'Preference of Y41002 is “unsubscribed”; then the clerk edits the customer',
      mailchimp: 'Carl stays unsubscribed; nothing is written to his contact',
    };
  },
};

const NEW_PHONE = '+46701112233';

export const profileEdit: Act = {
  id: 'profileEdit',
  day: 11,
  at: '20:10',
  label: 'Profile',
  title: 'Somebody edits their profile',
  tells:
    'Anna opens her preferences and changes two things. Her phone number is hers, so it flows back to CloudSuite. The company’s name belongs to CloudSuite, so the next run puts it right again.',
  about: [ANNA.number],
  async play(stage) {
    const change = { PHONE: NEW_PHONE, COMPANY: 'Bergs bageri' };
    stage.world.mailchimp.audiences.changeProfile(stage.audienceId, ANNA.email, change);
    await stage.settled();
    const row = stage.world.ion.m3.customers.get(ANNA.number)!;
    stage.check('Anna’s phone in CloudSuite', row.PHNO, NEW_PHONE);
    await stage.run('toAudience');
    stage.check('Company in CloudSuite', row.CUNM, ANNA.company);
    const { PHONE, COMPANY } = stage.member(ANNA.email).mergeFields;
    stage.check('Phone and company in Mailchimp', [PHONE, COMPANY], [NEW_PHONE, ANNA.company]);
    return {
      cloudSuite: `Phone of Y41001 is ${NEW_PHONE}; the name is as before`,
      mailchimp: `Her number stays; the company is “${ANNA.company}” again`,
    };
  },
};

export const PRIVATE = 'anna@moved.example';

export const movedAddress: Act = {
  id: 'movedAddress',
  day: 13,
  at: '12:05',
  label: 'Anna moves',
  title: 'Somebody changes their e-mail address',
  tells:
    'Anna enters another address at Mailchimp. The customer in CloudSuite gets it within a second, so that invoices and newsletters go to the same place.',
  about: [ANNA.number],
  async play(stage) {
    const { contactId } = stage.member(ANNA.email);
    stage.world.mailchimp.audiences.changeEmail(stage.audienceId, ANNA.email, PRIVATE);
    await stage.settled();
    stage.check('Anna’s address in CloudSuite', stage.world.ion.m3.customers.get(ANNA.number)?.MAIL, PRIVATE);
    stage.check('Anna’s contact', stage.member(PRIVATE).contactId, contactId);
    await stage.run('toAudience');
    stage.check('Anna’s address in Mailchimp', stage.member(PRIVATE).contactId, contactId);
    return {
      cloudSuite: `Address of Y41001 is ${PRIVATE}`,
      mailchimp: 'The same contact, under its new address',
    };
  },
};
