import type { Fault } from '../../kit/faults.mts';
import { errorOf } from '../../n8n/execution.mts';
import { count, type Act } from '../act.mts';
import { ANNA, EMIL, JONAS, MIA, type Person } from '../cast.mts';
import { adapted, MISTAKE, templateOf } from '../settings.mts';
import type { Stage } from '../stage.mts';
import { CORRECTED } from './customers.mts';

const MINUTE_MS = 60_000;
const TWO_HOURS_S = 7200;

/** By this name the page asks the simulator, which answers it whatever happens to others. */
export const PAGE_AGENT = 'sandbox-page';

/** The edge answers for Mailchimp, and says when to come again. The first write of the run still gets through. */
function away(): Fault {
  let gone = false;
  return {
    ...{ kind: 'answer', status: 503, times: Infinity },
    headers: { 'retry-after': String(TWO_HOURS_S) },
    body: '<html><body>Service Unavailable</body></html>',
    where: ({ headers, method }) => {
      if (headers['user-agent'] === PAGE_AGENT) return false;
      if (gone) return true;
      gone = method !== 'GET';
      return false;
    },
  };
}

/** CloudSuite goes on meanwhile: two names before the run, one while nobody answers. */
const RENAMED = [
  { ...ANNA, email: CORRECTED, company: 'Berg & Daughters AB' },
  { ...JONAS, company: 'Falk Garden & Home' },
];
const RENAMED_LATER = { ...MIA, company: 'Lind Kitchens Nord' };

const rename = ({ world }: Stage, { number, company }: Person): void =>
  world.ion.m3.changeCustomer(number, { CUNM: company });

/** Mailchimp tries again after 10, 30 and 75 minutes; then it gives up. */
async function twoHoursPass({ world }: Stage): Promise<void> {
  const { webhooks } = world.mailchimp;
  for (const minutes of [10, 20, 45, 45]) {
    world.clock.advance(minutes * MINUTE_MS);
    await webhooks.flush();
  }
}

const arrived = (stage: Stage, people: Person[]): number =>
  people.filter(({ email, company }) => stage.member(email).mergeFields.COMPANY === company).length;

/** A run before and a run during the outage: one name of two arrives, nothing is lost. */
async function runsMeanwhile(stage: Stage): Promise<void> {
  for (const person of RENAMED) rename(stage, person);
  await stage.run('toAudience');
  stage.check('Names that arrived before it went away', arrived(stage, RENAMED), 1);
  rename(stage, RENAMED_LATER);
  const error = errorOf(await stage.tryRun(await stage.workflow('toAudience')));
  stage.check('The run during the outage says so', /MAILCHIMP_UNAVAILABLE/.test(error), true);
}

export const outage: Act = {
  id: 'outage',
  day: 25,
  at: '13:00',
  label: 'Outage',
  title: 'Mailchimp is away for two hours',
  tells:
    'In the middle of a run Mailchimp stops answering. Customers change in CloudSuite meanwhile, and Emil unsubscribes; Mailchimp tries to tell it for 75 minutes and gives up. The next run and the nightly sweep find everything by comparing both sides: nothing is lost.',
  about: [ANNA, JONAS, MIA, EMIL].map(({ number }) => number),
  async play(stage) {
    const { audiences, faults, webhooks } = stage.world.mailchimp;
    faults.add(away());
    await runsMeanwhile(stage);
    audiences.unsubscribe(stage.audienceId, EMIL.email);
    await webhooks.idle();
    await twoHoursPass(stage);
    stage.check('Attempts to tell it', webhooks.deliveries.at(-1)?.attempts, [503, 503, 503, 503]);
    stage.check('Emil’s preference, while nobody knows', stage.preference(EMIL.number), 'subscribed');
    faults.clear();
    await stage.run('toAudience');
    await stage.run('sweep');
    stage.check('Names that arrived', arrived(stage, [...RENAMED, RENAMED_LATER]), 3);
    stage.check('Emil’s preference', stage.preference(EMIL.number), 'unsubscribed');
    stage.check('Emil’s status', stage.member(EMIL.email).status, 'unsubscribed');
    return {
      cloudSuite: 'Three new names; the sweep finds Emil: preference “unsubscribed”',
      mailchimp: 'One name arrives before, two after the outage; Emil stays unsubscribed',
    };
  },
};

export const wrongAudience: Act = {
  id: 'wrongAudience',
  day: 27,
  at: '16:00',
  label: 'Mistake',
  title: 'A mistake that would empty the audience',
  tells:
    'A colleague copies the flow, enters a wrong code for active customers and lets inactive ones be archived. To that flow every customer looks inactive. The guard counts before it writes: far more than 50 contacts would go, so the run stops before its first write.',
  about: [],
  async play(stage) {
    const before = stage.writes();
    const name = 'A colleague’s copy (wrong status code)';
    const copy = await stage.lab.api.importWorkflow(adapted(templateOf('toAudience'), MISTAKE, name));
    const error = errorOf(await stage.tryRun(copy));
    stage.check('Stopped by the guard', /SYNC_BLAST_RADIUS/.test(error), true);
    stage.check('Writes', stage.writes(), before);
    const archived = /\d+/.exec(error.slice(error.indexOf(']')))?.[0] ?? '';
    return {
      cloudSuite: 'Nothing is written',
      mailchimp: `Nothing is written; ${count(Number(archived), 'contact')} would have been archived (SYNC_BLAST_RADIUS)`,
    };
  },
};
