import { randomBytes } from 'node:crypto';

export type Json = Record<string, unknown>;

export const EVENTS = [
  ...[
    'send',
    'delivered',
    'deferral',
    'hard_bounce',
    'soft_bounce',
    'open',
    'click',
    'spam',
    'unsub',
    'reject',
  ],
] as const;
export type EventName = (typeof EVENTS)[number] | string;

export interface Message {
  id: string;
  email: string;
  subject: string;
  sender: string;
  tags: string[];
  metadata: Json;
  /** Seconds since 1970. */
  ts: number;
  state: string;
  opens: number[];
  clicks: Array<{ ts: number; url: string }>;
  /** What the receiving server said, in order. */
  answers: Array<{ ts: number; type: string; diag: string }>;
}

export interface NewMessage {
  email: string;
  subject?: string;
  sender?: string;
  tags?: string[];
  metadata?: Json;
}

const hex = (bytes: number): string => randomBytes(bytes).toString('hex');

/** What was sent, and whom nothing is sent to any more. */
export class Messages {
  readonly all = new Map<string, Message>();
  /** Address → why. */
  readonly rejects = new Map<string, string>();

  constructor(private readonly clock: () => number) {}

  seconds(): number {
    return Math.floor(this.clock() / 1000);
  }

  create(given: NewMessage): Message {
    const {
      email,
      subject = 'Your order',
      sender = 'orders@distribution.example',
      tags = [],
      metadata = {},
    } = given;
    const rejected = this.rejects.has(email.toLowerCase());
    const message: Message = {
      ...{ id: hex(16), email, subject, sender, tags, metadata, ts: this.seconds() },
      ...{ state: rejected ? 'rejected' : 'sent', opens: [], clicks: [], answers: [] },
    };
    this.all.set(message.id, message);
    return message;
  }

  reject(email: string, reason: string): void {
    this.rejects.set(email.toLowerCase(), reason);
  }
}

const USER_AGENT = {
  type: 'Browser',
  ua_family: 'Chrome',
  ua_name: 'Chrome 120',
  ua_version: '120',
  ua_url: 'http://www.google.com/chrome',
  ua_company: 'Google Inc.',
  ua_company_url: 'http://www.google.com/',
  ua_icon: '',
  os_family: 'Linux',
  os_name: 'Linux',
  os_url: '',
  os_company: '',
  os_company_url: '',
  os_icon: '',
  mobile: false,
};

const STATES: Record<string, string> = {
  deferral: 'deferred',
  hard_bounce: 'bounced',
  soft_bounce: 'soft-bounced',
  spam: 'spam',
  unsub: 'unsub',
  reject: 'rejected',
};

const bounceOf = (event: string): Json => {
  if (event === 'hard_bounce')
    return {
      bounce_description: 'bad_mailbox',
      bgtools_code: 10,
      diag: 'smtp;550 5.1.1 The email account that you tried to reach does not exist.',
    };
  if (event === 'soft_bounce')
    return {
      bounce_description: 'mailbox_full',
      bgtools_code: 22,
      diag: 'smtp;552 5.2.2 Over Quota',
    };
  return {};
};

const smtpOf = (event: string, ts: number): Json =>
  event === 'deferral'
    ? {
        smtp_events: [
          {
            destination_ip: '127.0.0.1',
            diag: '451 4.3.5 Temporarily unavailable, try again later.',
            source_ip: '127.0.0.1',
            ts,
            type: 'deferred',
            size: 0,
          },
        ],
      }
    : {};

/** An event as a webhook carries it; a bounce has neither opens nor clicks (mailchimp-events §4.6). */
export function eventOf(event: EventName, message: Message, ts: number, extra: Json = {}): Json {
  const state = STATES[event] ?? message.state;
  message.state = state;
  const isBounce = event === 'hard_bounce' || event === 'soft_bounce';
  const counted = isBounce ? {} : { opens: message.opens.map((at) => ({ ts: at })), clicks: message.clicks };
  const seen =
    event === 'open' || event === 'click'
      ? {
          ip: '127.0.0.1',
          location: {
            country_short: 'NL',
            country: 'Netherlands',
            region: '',
            city: '',
            latitude: 0,
            longitude: 0,
          },
          user_agent: 'Mozilla/5.0',
          user_agent_parsed: USER_AGENT,
        }
      : {};
  return {
    event,
    msg: {
      ts: message.ts,
      subject: message.subject,
      email: message.email,
      sender: message.sender,
      tags: message.tags,
      ...counted,
      ...smtpOf(event, ts),
      ...bounceOf(event),
      ...(event === 'reject' ? { reject: { reason: 'hard-bounce', last_event_at: '' } } : {}),
      state,
      metadata: message.metadata,
      _id: message.id,
      _version: hex(12),
    },
    _id: message.id,
    ts,
    ...seen,
    ...extra,
  };
}
