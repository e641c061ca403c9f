import { memberId, type Audience, type Member, type Status } from './model.mts';

export type Via = 'single' | 'bulk' | 'batch';

/** One member change that an API call made; a call that changed nothing is not a row. */
export interface MemberWrite {
  /** Audience (list) id. */
  audience: string;
  /** Lower case. */
  email: string;
  /** MD5 of the address. */
  id: string;
  action: 'create' | 'update' | 'archive' | 'tags' | 'delete';
  via: Via;
  /** null: the audience did not know the member. */
  statusBefore: Status | null;
  /** null: the member is gone. */
  statusAfter: Status | null;
  /** Where the address changed. */
  emailBefore?: string;
  /** Names as on the wire: `status`, `email_address`, `merge_fields.FNAME`, `tags`, … */
  changed: string[];
  /** ms since 1970, by the simulator's clock. */
  at: number;
}

/**
 * An API call that sent `status` for a member whom the audience knows, applied or refused: the only way by which the
 * API can bring anybody back.
 */
export interface ConsentViolation {
  audience: string;
  email: string;
  from: Status;
  to: Status;
  via: Via;
}

/**
 * A create that the server itself guards: the address exists (Member Exists, ERROR_CONTACT_EXISTS without
 * update_existing) or was deleted permanently. Nothing can change by it, and a caller that lost a race cannot avoid
 * it, so it is no violation; tests may still count these.
 */
export interface RefusedCreate {
  audience: string;
  email: string;
  from: Status | 'forgotten';
  to: Status | undefined;
  via: Via;
}

/**
 * One change of the audience itself that an API call made; a call that changed nothing is not a row, nor is a tag that
 * came into being because a contact got it.
 */
export interface AudienceWrite {
  audience: string;
  action: `${'create' | 'update' | 'delete'}-${'merge-field' | 'segment' | 'tag'}`;
  /** merge_id or segment id. */
  subject: number;
  /** Of a merge field its tag. */
  name: string;
  /** ms since 1970, by the simulator's clock. */
  at: number;
}

export class Journal {
  readonly writes: MemberWrite[] = [];
  readonly audienceWrites: AudienceWrite[] = [];
  readonly consentViolations: ConsentViolation[] = [];
  readonly refusedCreates: RefusedCreate[] = [];

  constructor(private readonly clock: () => number) {}

  /** Told of each change; a deleted member is told as it was. */
  onWrite: (audience: Audience, write: MemberWrite) => void = () => undefined;

  /** Told of an update that changed nothing. */
  onUnchanged: (audience: Audience, member: Member) => void = () => undefined;

  wrote(audience: Audience, email: string, row: Omit<MemberWrite, 'audience' | 'email' | 'id' | 'at'>): void {
    const base = { audience: audience.id, email: email.toLowerCase(), id: memberId(email) };
    const write = { ...base, ...row, at: this.clock() };
    this.writes.push(write);
    this.onWrite(audience, write);
  }

  audienceWrote(audience: Audience, row: Omit<AudienceWrite, 'audience' | 'at'>): void {
    this.audienceWrites.push({ audience: audience.id, ...row, at: this.clock() });
  }

  violated(audience: Audience, email: string, from: Status, to: Status, via: Via): void {
    this.consentViolations.push({ audience: audience.id, email: email.toLowerCase(), from, to, via });
  }

  refused(audience: Audience, email: string, refusal: Pick<RefusedCreate, 'from' | 'to' | 'via'>): void {
    this.refusedCreates.push({ audience: audience.id, email: email.toLowerCase(), ...refusal });
  }
}
