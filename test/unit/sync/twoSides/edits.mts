import * as fc from 'fast-check';
import { memberIdOf } from '../../../../sync/email.ts';
import type { PartyStatus } from '../../../../sync/party.ts';
import type { Contact } from './audience.mts';
import type { Rules, Told, TwoSides } from './history.mts';

const NUMBERS = ['Y1', 'Y2', 'Y3'];
const EMAILS = ['a@x.example', 'b@x.example', 'c@x.example', 'd@x.example', 'e@x.example'];
const NAMES = ['', 'Anna', 'Bo', 'Åsa'];
const PARTY: PartyStatus[] = ['active', 'inactive', 'active', 'preliminary'];

export const anyRules: fc.Arbitrary<Rules> = fc.record({
  newContactStatus: fc.constantFrom('subscribed', 'transactional', 'pending'),
  inactiveParties: fc.constantFrom('keep', 'archive'),
  optedOutContacts: fc.constantFrom('leave', 'updateFields'),
  addressChanges: fc.constantFrom('update', 'update', 'report', 'ignore'),
  nameIsTheirs: fc.boolean(),
});

/** [what, on whom, with what]: small numbers, so that a failing history shrinks to a short one. */
export type Step = [number, number, number];
export const anySteps = fc.array(fc.tuple(fc.nat(23), fc.nat(59), fc.nat(59)), { maxLength: 10 });

const pick = <T,>(list: readonly T[], n: number): T => list[n % list.length]!;

/** One history: people and admins act on both sides, runs and events happen in between, and some events are lost. */
export class History {
  private pending: Told[] = [];
  /** Customers that the edits so far concern: a shared contact concerns each of its customers. */
  concerned = 0;

  constructor(
    readonly sides: TwoSides,
    private readonly withApi: boolean,
  ) {}

  do([what, who, how]: Step): void {
    if (what < 7) this.inErp(what, pick(NUMBERS, who), how);
    else if (what < 17) this.inMailchimp(what, pick(EMAILS, who), how);
    else this.between(what, who, how);
  }

  private inErp(what: number, number: string, how: number): void {
    const { erp } = this.sides;
    const customer = erp.customers.get(number);
    const before = customer?.mail ?? '';
    if (!customer) erp.add(number, pick(NAMES, how), pick(EMAILS, how));
    else if (what < 2) customer.mail = pick(EMAILS, how);
    else if (what === 2) customer.mail = how % 7 === 0 ? '' : `${pick(EMAILS, how)};${pick(EMAILS, how + 1)}`;
    else if (what === 3) customer.name = pick(NAMES, how);
    else if (what === 4) customer.status = pick(PARTY, how);
    else if (what === 5) erp.customers.delete(number);
    else customer.mail = pick(EMAILS, how).replace('@', how % 2 ? '@' : '.z@');
    const mails = `${before};${erp.customers.get(number)?.mail ?? ''}`;
    this.concerned += Math.max(1, this.customersAt(mails.split(';')));
  }

  private inMailchimp(what: number, email: string, how: number): void {
    const { audience } = this.sides;
    const contact = audience.byEmail(email);
    this.concerned += Math.max(1, this.customersOf(contact));
    if (!contact) return this.signUp(email, how);
    const before = this.sides.tell(contact);
    if (what < 9) audience.change(contact, { status: 'unsubscribed' });
    else if (what < 11) audience.change(contact, { status: 'subscribed' });
    else if (what === 11) audience.change(contact, { status: pick(['cleaned', 'archived'], how) });
    else if (what === 12) {
      audience.forget(contact);
      this.pending.push({ ...before, deletedMemberId: memberIdOf(email) });
    } else if (what < 15) this.changeEmail(contact, pick(EMAILS, how));
    else if (what === 15) {
      audience.change(contact, { mergeFields: { ...contact.mergeFields, FNAME: pick(NAMES, how) } });
    } else {
      const CUSTNO = pick(['', 'Y1', 'Y2', 'Y1,Y2', 'Q9'], how);
      audience.change(contact, { mergeFields: { ...contact.mergeFields, CUSTNO } });
      this.concerned += 2;
    }
    this.pending.push(this.sides.tell(contact));
  }

  /** A person comes, or comes back, by a form of Mailchimp’s. */
  private signUp(email: string, how: number): void {
    this.sides.audience.forgotten.delete(email);
    const status = how % 3 === 0 ? 'unsubscribed' : 'subscribed';
    this.pending.push(this.sides.tell(this.sides.audience.add(email, status)));
  }

  private changeEmail(contact: Contact, email: string): void {
    const { audience } = this.sides;
    if (audience.byEmail(email) || audience.forgotten.has(email)) return;
    audience.change(contact, { email });
  }

  private between(what: number, who: number, how: number): void {
    const before = this.sides.audience.writes;
    if (what < 19) this.sides.forth(how % 3 === 0 ? new Set([pick(NUMBERS, who)]) : undefined);
    else if (what === 19) this.sides.forth(undefined, ({ key }) => key.length % 3 === how % 3);
    else if (what < 22) this.deliver(how);
    else if (what === 22) this.pending = [];
    else this.sides.sweep();
    if (this.withApi && this.sides.audience.writes > before) {
      this.pending.push(...[...this.sides.audience.contacts.values()].map((one) => this.sides.tell(one)));
    }
  }

  /** In any order, some of them twice. */
  private deliver(how: number): void {
    const events = how % 2 ? [...this.pending].reverse() : this.pending;
    for (const told of events) this.sides.backTo([told]);
    if (how % 3 === 0) this.sides.backTo(events);
    this.pending = [];
  }

  private customersOf(contact: Contact | undefined): number {
    if (!contact) return 0;
    const { customers } = this.sides.erp;
    const linked = [...customers.values()].filter(
      ({ reference }) => reference.contactId === contact.contactId,
    );
    return Math.max(linked.length, this.customersAt([contact.email]));
  }

  private customersAt(emails: string[]): number {
    const { customers } = this.sides.erp;
    return [...customers.values()].filter(({ mail }) =>
      emails.some((email) => email !== '' && mail.includes(email)),
    ).length;
  }
}
