import { contactIdFor, type Audience, type Member, type MergeValue, type Status } from './model.mts';
import { firstConsent } from './statusRules.mts';
import { changeTags } from './tags.mts';

export interface NewMember {
  email: string;
  /** Default subscribed. */
  status?: Status;
  mergeFields?: Record<string, MergeValue>;
  tags?: string[];
}

/** A member whom the admin imports. @param now seconds since 1970 */
export function importMember(audience: Audience, given: NewMember, now: number): Member {
  const { email, status = 'subscribed', mergeFields, tags = [] } = given;
  const webId = audience.nextWebId();
  const member: Member = {
    contactId: contactIdFor(audience.id, email, webId),
    webId,
    email,
    emailType: 'html',
    ...firstConsent(status),
    mergeFields: { ...mergeFields },
    language: '',
    vip: false,
    location: { latitude: 0, longitude: 0 },
    source: 'Import',
    tags: new Map(),
    ipSignup: '',
    ipOpt: '',
    timestampSignup: undefined,
    timestampOpt: now,
    lastChanged: now,
  };
  audience.add(member);
  const added = tags.map((name) => ({ name, active: true }));
  changeTags(audience, member, added, now);
  return member;
}
