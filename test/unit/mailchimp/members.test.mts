import type { MemberStatus } from '../../../sync/types.ts';
import { beginListing, getMember } from '../../../connectors/mailchimp/members.ts';
import { memberIdOf } from '../../../sync/email.ts';
import { startAccount, type Account } from './account.mts';

let account: Account;
beforeEach(async () => void (account = await startAccount()));
afterEach(() => account.simulator.close());

const email = (i: number): string => `p${i}@person.example`;

function fill(count: number, status: MemberStatus = 'subscribed', from = 0): void {
  for (let i = from; i < from + count; i++)
    account.simulator.audiences.addMember(account.list, {
      email: email(i),
      status: status === 'archived' ? 'subscribed' : status,
    });
  if (status !== 'archived') return;
  for (let i = from; i < from + count; i++)
    account.simulator.audiences.archiveByAdmin(account.list, email(i));
}

async function readAll(status?: 'archived') {
  const listing = await beginListing(account.mailchimp, account.list, status);
  return listing.readAll();
}

test.each([0, 1, 999, 1000, 1001, 1999, 2000, 3500])(
  'all of %d members are listed, each once',
  async (count) => {
    fill(count);
    const { members, complete } = await readAll();
    expect(complete).toBe(true);
    expect(new Set(members.map(({ id }) => id)).size).toBe(count);
    expect(members).toHaveLength(count);
    expect(account.simulator.requests.all.length).toBeLessThanOrEqual(1 + Math.ceil(count / 999));
  },
);

test('archived members are listed by themselves, whether or not the plain list holds them', async () => {
  fill(5, 'archived');
  for (const listIncludesArchived of [true, false]) {
    account.simulator.settings.listIncludesArchived = listIncludesArchived;
    expect((await readAll('archived')).members.map(({ status }) => status)).toEqual(
      Array(5).fill('archived'),
    );
  }
});

/** Does something to the audience when its second page is asked for. */
const atSecondPage = (act: () => void): void =>
  account.simulator.faults.add({
    kind: 'delay',
    delayMs: 0,
    where: (request) => {
      const isSecond = Number((request.query as Record<string, string>).offset) > 0;
      if (isSecond) act();
      return isSecond;
    },
  });

test.each([
  ['one leaves', () => account.simulator.audiences.archiveByAdmin(account.list, email(3))],
  [
    'one leaves and another joins, so that the count stays right',
    () => {
      account.simulator.audiences.archiveByAdmin(account.list, email(3));
      account.simulator.audiences.addMember(account.list, { email: 'late@person.example' });
    },
  ],
])('a list that moved while it was read is not called complete: %s', async (_case, act) => {
  fill(1500);
  atSecondPage(act);
  expect((await readAll()).complete).toBe(false);
});

test('only what the planner needs crosses the network', async () => {
  fill(1);
  await readAll();
  const fields = account.simulator.requests.all[0]!.query.fields!.split(',');
  expect(fields).toEqual([
    'members.id',
    'members.contact_id',
    'members.status',
    'members.merge_fields',
    'members.tags',
    'members.tags_count',
    'total_items',
  ]);
  expect(
    await getMember(account.mailchimp, account.list, memberIdOf('nobody@person.example')),
  ).toBeUndefined();
});
