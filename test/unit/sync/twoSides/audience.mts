import { memberIdOf } from '../../../../sync/email.ts';
import type { Member } from '../../../../sync/member.ts';
import type { Effect, EffectResult, MemberState, MemberStatus, MergeValue } from '../../../../sync/types.ts';

export const AUDIENCE = 'aud0000001';

export interface Contact {
  contactId: string;
  email: string;
  status: MemberStatus;
  mergeFields: Record<string, MergeValue>;
  lastChanged: number;
}

const refused = (reason: 'refused-record' | 'forgotten' | 'address-not-changeable'): EffectResult => ({
  applied: false,
  reason,
  subject: '',
});

/** Mailchimp's side, by its documented rules: the smallest model that effects and people can act on. */
export class Audience {
  readonly contacts = new Map<string, Contact>();
  /** Addresses of contacts that were deleted for good. */
  readonly forgotten = new Set<string>();
  /** Writes by us. */
  writes = 0;
  private clock = 0;

  byEmail(email: string): Contact | undefined {
    return [...this.contacts.values()].find((contact) => contact.email === email);
  }

  private byHash(memberId: string): Contact | undefined {
    return [...this.contacts.values()].find(({ email }) => memberIdOf(email) === memberId);
  }

  add(email: string, status: MemberStatus, mergeFields: Record<string, MergeValue> = {}): Contact {
    const contactId = `contact${this.contacts.size + this.forgotten.size}of${email}at${++this.clock}`;
    const contact = { contactId, email, status, mergeFields, lastChanged: this.clock };
    this.contacts.set(contactId, contact);
    return contact;
  }

  change(contact: Contact, change: Partial<Contact>): void {
    Object.assign(contact, change, { lastChanged: ++this.clock });
  }

  forget(contact: Contact): void {
    this.contacts.delete(contact.contactId);
    this.forgotten.add(contact.email);
  }

  state({ contactId, email, status, mergeFields }: Contact): MemberState {
    return {
      id: memberIdOf(email),
      contactId,
      status,
      mergeFields: { ...mergeFields },
      tags: [],
      tagsComplete: true,
    };
  }

  member({ contactId, email, status, mergeFields, lastChanged }: Contact): Member {
    return {
      audienceId: AUDIENCE,
      contactId,
      memberId: memberIdOf(email),
      email,
      status,
      mergeFields: { ...mergeFields },
      lastChanged: String(lastChanged),
    };
  }

  /** Only what a real run would read: the named addresses and contact ids. */
  read(memberIds: string[], contactIds: string[]): Map<string, MemberState> {
    const wanted = new Set(memberIds);
    const found = [...this.contacts.values()].filter(
      ({ contactId, email }) => wanted.has(memberIdOf(email)) || contactIds.includes(contactId),
    );
    return new Map(found.map((contact) => [memberIdOf(contact.email), this.state(contact)]));
  }

  apply(effect: Effect): EffectResult {
    const result = this.tryTo(effect);
    if (result.applied) this.writes += 1;
    return result;
  }

  private tryTo(effect: Effect): EffectResult {
    if (effect.kind === 'create') return this.create(effect);
    if (effect.kind === 'rename') return this.rename(effect);
    const contact = this.byHash(effect.memberId);
    if (!contact) return refused('refused-record');
    if (effect.kind === 'update')
      this.change(contact, { mergeFields: { ...contact.mergeFields, ...effect.mergeFields } });
    if (effect.kind === 'archive') this.change(contact, { status: 'archived' });
    return { applied: true };
  }

  private create({
    email,
    memberId,
    status,
    mergeFields,
  }: Extract<Effect, { kind: 'create' }>): EffectResult {
    if (this.byHash(memberId)) throw new Error('Created a contact that the audience knows');
    if (this.forgotten.has(email)) return refused('forgotten');
    return { applied: true, contactId: this.add(email, status, { ...mergeFields }).contactId };
  }

  private rename({ contactId, email, mergeFields }: Extract<Effect, { kind: 'rename' }>): EffectResult {
    const contact = this.contacts.get(contactId);
    if (!contact || this.byEmail(email)) return refused('refused-record');
    if (contact.status !== 'subscribed') return refused('address-not-changeable');
    if (this.forgotten.has(email)) return refused('forgotten');
    this.change(contact, { email, mergeFields: { ...contact.mergeFields, ...mergeFields } });
    return { applied: true };
  }
}
