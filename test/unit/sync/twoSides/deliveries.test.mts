import * as fc from 'fast-check';
import { Random } from '../../../../sandbox/kit/random.mts';
import { checkDelivery } from '../../../../sync/delivery.ts';
import { memberIdOf } from '../../../../sync/email.ts';
import { eventKey, readEvent } from '../../../../sync/memberEvent.ts';
import { Memory } from '../../../../sync/seen.ts';
import { newSecret, sha256Of } from '../../../../sync/signature.ts';
import { AUDIENCE, type Contact } from './audience.mts';
import { TwoSides } from './history.mts';

/** 10,000 events, each delivered one to five times, in an order of chance, while people go on acting. */
const EVENTS = 10_000;
const CUSTOMERS = 100;
/** So many other people may act before a copy of an event comes. */
const LATEST = EVENTS;
const START = Date.UTC(2026, 0, 2, 3, 4, 5);

const secret = newSecret();
const hook = { audienceId: AUDIENCE, webhookId: 'w', secretHash: sha256Of(secret), sealedSigningSecret: '' };
const contentType = 'application/x-www-form-urlencoded';

class Post {
  /** Events that were taken: the others had come before. */
  taken = 0;
  effects: string[] = [];
  private readonly seen = new Memory();

  constructor(private readonly sides: TwoSides) {}

  deliver(body: string, now: number): void {
    const checked = checkDelivery(
      { secret, contentType, signature: '', rawBody: Buffer.from(body) },
      hook,
      now / 1000,
    );
    const event = checked.ok ? readEvent(checked.form) : undefined;
    if (!event) throw new Error('A genuine event was refused');
    const key = eventKey(event);
    if (this.seen.has(key, now)) return;
    this.seen.take(key, now);
    this.taken += 1;
    const numbers = String(event.mergeFields.CUSTNO ?? '').split(',');
    const told = [event.email, event.oldEmail].map((email) => ({
      email,
      numbers,
      deletedMemberId: event.action === 'delete' ? memberIdOf(email) : '',
    }));
    const now1 = told.find(({ email }) => this.sides.audience.byEmail(email)) ?? told[0]!;
    this.effects.push(...this.sides.backTo([now1]));
  }
}

const WAYS = ['unsubscribe', 'subscribe', 'cleaned', 'profile', 'upemail', 'archive'] as const;

/** Somebody acts; the body is what Mailchimp says of it. */
function act(sides: TwoSides, random: Random, contact: Contact, at: number): string {
  const way = WAYS[random.int(0, WAYS.length - 1)]!;
  const { email: old } = contact;
  const type = way === 'archive' ? 'unsubscribe' : way;
  if (way === 'upemail') sides.audience.change(contact, { email: `p${at}@x.example` });
  else if (way === 'profile')
    sides.audience.change(contact, { mergeFields: { ...contact.mergeFields, FNAME: `Name ${at}` } });
  else {
    const status = {
      unsubscribe: 'unsubscribed',
      subscribe: 'subscribed',
      cleaned: 'cleaned',
      archive: 'archived',
    } as const;
    sides.audience.change(contact, { status: status[way] });
  }
  const fired = new Date(at).toISOString().slice(0, 19).replace('T', ' ');
  return new URLSearchParams({
    type,
    fired_at: fired,
    ...(way === 'archive' ? { 'data[action]': 'delete' } : {}),
    ...(way === 'upemail'
      ? { 'data[new_email]': contact.email, 'data[old_email]': old }
      : { 'data[email]': old }),
    'data[merges][CUSTNO]': String(contact.mergeFields.CUSTNO),
    'data[list_id]': AUDIENCE,
  }).toString();
}

/** People act, and each copy of what Mailchimp says comes at an hour of its own, while others act. */
function play(seed: number): { sides: TwoSides; post: Post } {
  const random = new Random(seed);
  const sides = new TwoSides({
    newContactStatus: 'subscribed',
    inactiveParties: 'keep',
    optedOutContacts: 'leave',
    addressChanges: 'update',
    nameIsTheirs: true,
  });
  for (let i = 0; i < CUSTOMERS; i++) sides.erp.add(`Y${i}`, `Name ${i}`, `a${i}@x.example`);
  sides.forth();
  const contacts = [...sides.audience.contacts.values()];
  const post = new Post(sides);
  const due = new Map<number, string[]>();
  for (let n = 0; n <= EVENTS + LATEST; n++) {
    if (n < EVENTS) {
      const body = act(sides, random, contacts[random.int(0, contacts.length - 1)]!, START + n * 1000);
      for (let copies = random.int(1, 5); copies > 0; copies--) {
        const at = n + random.int(0, LATEST);
        due.set(at, [...(due.get(at) ?? []), body]);
      }
    }
    for (const body of due.get(n) ?? []) post.deliver(body, START + n * 1000);
  }
  return { sides, post };
}

test('10,000 events, each one to five times in any order: the oracle’s state, one effect each', () => {
  fc.assert(
    fc.property(fc.integer(), (seed) => {
      const { sides, post } = play(seed);
      expect(post.taken).toBe(EVENTS);
      expect(new Set(post.effects).size).toBe(post.effects.length);
      for (const { number, name, mail, reference } of sides.erp.customers.values()) {
        const contact = sides.audience.contacts.get(reference.contactId)!;
        expect([number, reference.preference, mail, name]).toEqual([
          number,
          contact.status,
          contact.email,
          contact.mergeFields.FNAME,
        ]);
      }
      const before = sides.writes;
      sides.sweep();
      expect(sides.writes).toBe(before);
    }),
    { numRuns: 2 },
  );
}, 300_000);
