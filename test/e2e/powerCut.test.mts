import { join } from 'node:path';
import { HOMES } from '../../sandbox/n8n/tools.mts';
import { memberIdOf } from '../../sync/email.ts';
import { cutWhere, type Moment } from './cut.mts';
import { joinAtRest } from './join.mts';
import { startCircle, type Circle } from './circle.mts';

/**
 * n8n is killed (SIGKILL) around every network call of templates 01 and 02. Killed after a call is, for both systems, what
 * killed before the next one is; POWER_CUTS=all does both.
 */
const MOMENTS: Moment[] =
  process.env.POWER_CUTS === 'all' ? ['reset-before', 'reset-after'] : ['reset-after'];
const MAX_CALLS = 60;
const HOUR = 3_600_000;

let circle: Circle;
let rounds = 0;
const world = () => circle.lab.world;
const list = () => world().audience.id;
const member = (email: string) => world().mailchimp.audiences.member(list(), email);

beforeAll(async () => {
  circle = await startCircle({ folder: join(HOMES, 'e2e-power-cut'), seed: 5, customers: 3 });
  await circle.run(circle.toAudience);
});
afterAll(() => circle?.lab.stop());

/** Kills n8n at its call with this index, counted over all servers. @returns whether there was such a call */
function cutAt(
  call: number,
  moment: Moment,
  act: () => Promise<void>,
  done: () => Promise<boolean>,
): Promise<boolean> {
  let calls = 0;
  return cutWhere(circle.lab, { moment, where: () => calls++ === call, act, done });
}

const creates = (email: string): number =>
  world().mailchimp.writes.filter(({ action, id }) => action === 'create' && id === memberIdOf(email)).length;

/**
 * Cuts at the first call, then at the second one of a like run, until a run makes fewer calls.
 * @param round edits, and says what has to be so in the end
 */
async function cutAtEachCall(moment: Moment, round: () => Promise<Round>): Promise<number> {
  for (let call = 0; call < MAX_CALLS; call++) {
    const { act, isDone, repair, check } = await round();
    const wasCut = await cutAt(call, moment, act, isDone);
    if (wasCut) await repair();
    await check();
    if (!wasCut) return call;
  }
  throw new Error(`More than ${MAX_CALLS} calls`);
}

interface Round {
  act(): Promise<void>;
  isDone(): Promise<boolean>;
  /** What a user has running anyway. */
  repair(): Promise<void>;
  check(): void | Promise<void>;
}

/** Template 01: a new customer, and a new address of the one before. */
async function customersChange(): Promise<Round> {
  const [number, before] = [`K${++rounds}`, `K${rounds - 1}`];
  const [email, moved] = [`new${rounds}@cut.example`, `moved${rounds}@cut.example`];
  const old = member(`new${rounds - 1}@cut.example`);
  world().ion.m3.addCustomer({ CUNO: number, CUNM: 'Cut AB', MAIL: email });
  if (old) {
    world().mailchimp.audiences.resubscribe(list(), old.email);
    world().ion.m3.changeCustomer(before, { MAIL: moved });
  }
  let id = '';
  return {
    act: async () => void (id = await circle.lab.api.start(circle.toAudience, 'Run Now')),
    isDone: async () => (await circle.lab.api.execution(id)).finished,
    repair: async () => void (await circle.run(circle.toAudience)),
    check: () => {
      const { contactId } = member(email)!;
      expect(creates(email)).toBe(1);
      expect(circle.reference(number)).toMatchObject({ A030: 'transactional', A121: contactId });
      if (!old) return;
      expect(member(moved)).toMatchObject({ contactId: old.contactId, status: 'subscribed' });
      expect(circle.reference(before)).toMatchObject({ A121: old.contactId, A130: hashOf(moved) });
    },
  };
}

const NUMBER = 'K99';
const hashOf = (email: string): string => memberIdOf(email).slice(0, 30);
const mailWrites = (email: string): number =>
  world().ion.writes.filter(({ record }) => record.CUNO === NUMBER && record.MAIL === email).length;

/** Template 02: the contact changes its address, then unsubscribes, then comes back. */
async function contactActs(): Promise<Round> {
  const { audiences, webhooks } = world().mailchimp;
  const [known] = [...world().audience.members.values()].filter(
    ({ mergeFields }) => mergeFields.CUSTNO === NUMBER,
  );
  const email = `act${++rounds}@cut.example`;
  const leaves = rounds % 2 === 0;
  const { email: old, contactId } = known!;
  audiences.resubscribe(list(), old);
  await circle.run(circle.sweep);
  const deliveries = webhooks.deliveries.length;
  return {
    act: async () => {
      audiences.changeEmail(list(), old, email);
      if (leaves) audiences.unsubscribe(list(), email);
    },
    isDone: async () =>
      webhooks.deliveries.slice(deliveries).every(({ attempts }) => attempts.length > 0) &&
      circle.reference(NUMBER)?.A130 === hashOf(email) &&
      circle.reference(NUMBER)?.A030 === (leaves ? 'unsubscribed' : 'subscribed'),
    repair: async () => {
      await webhooks.idle();
      await webhooks.advance(2 * HOUR);
      await circle.run(circle.sweep);
    },
    check: async () => {
      const status = leaves ? 'unsubscribed' : 'subscribed';
      expect(world().ion.m3.customers.get(NUMBER)).toMatchObject({ MAIL: email });
      expect(circle.reference(NUMBER)).toMatchObject({ A030: status, A121: contactId, A130: hashOf(email) });
      expect(mailWrites(email)).toBe(1);
    },
  };
}

const AT_EACH_CALL =
  'killed at each of its calls (%s), it ends where an undisturbed run does, nothing doubled';

test.each(MOMENTS)(
  `template 01, ${AT_EACH_CALL}`,
  async (moment) => {
    expect(await cutAtEachCall(moment, customersChange)).toBeGreaterThan(8);
    expect(await joinAtRest(circle.lab)).toMatchObject({ untold: [], unmade: [] });
  },
  1_200_000,
);

test.each(MOMENTS)(
  `template 02, ${AT_EACH_CALL}`,
  async (moment) => {
    world().mailchimp.webhooks.mode = 'off';
    world().ion.m3.addCustomer({ CUNO: NUMBER, CUNM: 'Cut AB', MAIL: 'act@cut.example' });
    await circle.run(circle.toAudience);
    world().mailchimp.webhooks.mode = 'auto';
    await circle.listen();
    expect(await cutAtEachCall(moment, contactActs)).toBeGreaterThan(4);
    expect(await joinAtRest(circle.lab)).toMatchObject({ untold: [], unmade: [] });
  },
  1_200_000,
);

test('nobody’s consent was touched', () => expect(world().mailchimp.consentViolations).toEqual([]));
