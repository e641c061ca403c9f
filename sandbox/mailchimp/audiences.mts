import { createHash } from 'node:crypto';
import { Audience, type Member, type MergeValue } from './model.mts';
import { importMember, type NewMember } from './newMember.mts';
import { addMergeField, USUAL_FIELDS, type NewMergeField } from './newMergeField.mts';
import { ADMIN_REASON, PERSON_REASON } from './statusRules.mts';
import {
  campaignEvent,
  cleanedEvent,
  contactEvent,
  smsEvent,
  UNSUBSCRIBED,
  upemailEvent,
  type FormPairs,
  type Source,
  type WebhookEvent,
} from './webhookEvents.mts';

export interface NewAudience {
  name: string;
  /** Added to FNAME, LNAME, ADDRESS and PHONE; the same tag replaces. */
  mergeFields?: NewMergeField[];
}

/**
 * The account's audiences, and the people and the admin who act on them beside the API. Nothing done here is a row in
 * `writes`; each act moves last_changed.
 */
export class Audiences {
  private readonly byId = new Map<string, Audience>();

  constructor(
    private readonly clock: () => number,
    private readonly tell: (event: WebhookEvent) => void = () => undefined,
  ) {}

  create({ name, mergeFields = [] }: NewAudience): Audience {
    const number = this.byId.size + 1;
    const id = createHash('md5').update(`audience:${number}:${name}`).digest('hex').slice(0, 10);
    const audience = new Audience(id, name, { webId: 400 + number, dateCreated: this.now() });
    const given = new Set(mergeFields.map(({ tag }) => tag));
    const usual = USUAL_FIELDS.filter(({ tag }) => !given.has(tag));
    for (const field of [...usual, ...mergeFields]) addMergeField(audience, field);
    this.byId.set(id, audience);
    return audience;
  }

  get(id: string): Audience | undefined {
    return this.byId.get(id);
  }

  all(): Audience[] {
    return [...this.byId.values()];
  }

  /** The admin deletes a merge field; its values go with it. */
  removeMergeField(list: string, tag: string): void {
    const { mergeFields, members } = this.audience(list);
    const index = mergeFields.findIndex((field) => field.tag === tag);
    if (index < 0) throw new Error(`Audience ${list} has no merge field ${tag}`);
    mergeFields.splice(index, 1);
    for (const member of members.values()) delete member.mergeFields[tag];
  }

  /** The admin deletes the audience with all that is in it. */
  remove(id: string): void {
    this.byId.delete(id);
  }

  /** By address, in any case. */
  member(list: string, email: string): Member | undefined {
    return this.byId.get(list)?.byEmail(email);
  }

  /** A contact who is there before the test begins, as if imported by the admin. */
  addMember(list: string, given: NewMember): Member {
    const audience = this.audience(list);
    if (audience.byEmail(given.email)) throw new Error(`${given.email} is already in audience ${list}`);
    return importMember(audience, given, this.now());
  }

  /** The person clicks the unsubscribe link: from now on the API may not subscribe them. */
  unsubscribe(list: string, email: string, reason = PERSON_REASON): void {
    this.act(list, email, { status: 'unsubscribed', optOut: 'person', unsubscribeReason: reason });
    this.say('unsubscribe', 'user', list, email, UNSUBSCRIBED);
  }

  /** The admin unsubscribes a contact in the web interface; the API may undo this. */
  unsubscribeByAdmin(list: string, email: string): void {
    this.act(list, email, { status: 'unsubscribed', optOut: 'admin', unsubscribeReason: ADMIN_REASON });
    this.say('unsubscribe', 'admin', list, email, UNSUBSCRIBED);
  }

  /** The person signs up again by form, or confirms; the only way back from an opt-out or from being forgotten. */
  resubscribe(list: string, email: string): void {
    const audience = this.audience(list);
    audience.forgotten.delete(email.toLowerCase());
    if (!audience.byEmail(email)) this.addMember(list, { email });
    const now = this.now();
    this.act(list, email, {
      status: 'subscribed',
      optOut: undefined,
      unsubscribeReason: '',
      timestampSignup: now,
      timestampOpt: now,
    });
    this.say('subscribe', 'user', list, email);
  }

  /** The person edits the preferences page. */
  changeProfile(list: string, email: string, mergeFields: Record<string, MergeValue>): void {
    const member = this.known(list, email);
    this.act(list, email, { mergeFields: { ...member.mergeFields, ...mergeFields } });
    this.say('profile', 'user', list, email);
  }

  /** The person gives another address; the contact id stays. Mailchimp tells both that and a changed profile. */
  changeEmail(list: string, email: string, newEmail: string): void {
    const member = this.known(list, email);
    this.audience(list).rename(member, newEmail);
    this.act(list, newEmail, {});
    this.tell(upemailEvent('user', this.audience(list), email, newEmail));
    this.say('profile', 'user', list, newEmail);
  }

  /** The admin sends a campaign. */
  sendCampaign(list: string, subject: string): void {
    this.tell(campaignEvent(this.audience(list), subject));
  }

  /** Somebody who is known by a phone number only answers START or STOP. */
  consentBySms(list: string, phone: string, wants: boolean, shape: 'flat' | 'channel' = 'flat'): void {
    this.tell(smsEvent(wants ? 'sms_subscribe' : 'sms_unsubscribe', this.audience(list), phone, shape));
  }

  hardBounce(list: string, email: string): void {
    this.act(list, email, { status: 'cleaned', optOut: 'bounce' });
    this.tell(cleanedEvent(this.audience(list), this.known(list, email)));
  }

  archiveByAdmin(list: string, email: string): void {
    this.act(list, email, { status: 'archived' });
    this.say('unsubscribe', 'admin', list, email, [['data[action]', 'delete']]);
  }

  /** Deleted permanently: the address cannot come back by the API. */
  forget(list: string, email: string): void {
    this.say('unsubscribe', 'admin', list, email, [['data[action]', 'delete']]);
    this.audience(list).forget(this.known(list, email));
  }

  private say(
    type: 'subscribe' | 'unsubscribe' | 'profile',
    source: Source,
    list: string,
    email: string,
    extra: FormPairs = [],
  ): void {
    this.tell(contactEvent(type, source, this.audience(list), this.known(list, email), extra));
  }

  private act(list: string, email: string, change: Partial<Member>): void {
    Object.assign(this.known(list, email), change, { lastChanged: this.now() });
  }

  private known(list: string, email: string): Member {
    const member = this.member(list, email);
    if (!member) throw new Error(`${email} is not in audience ${list}`);
    return member;
  }

  private audience(list: string): Audience {
    const audience = this.byId.get(list);
    if (!audience) throw new Error(`There is no audience ${list}`);
    return audience;
  }

  private now(): number {
    return Math.floor(this.clock() / 1000);
  }
}
