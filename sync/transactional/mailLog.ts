import { fingerprint } from '../fingerprint';
import { note } from '../note';
import type { AnyEffect, Plan, PlannedRecord } from '../types';
import type { MessageEvent, MessageEventType } from './event';

/** What a customer's record tells about its last order mail; each part has a field of its own. */
export interface MailLog {
  /** When the mail was sent and which one it was: `2026-11-23T10:00:05Z 1a2b3c4d`. */
  sent: string;
  /** What became of it and when, to the minute: `hard_bounce 2026-11-23 10:00`. */
  state: string;
  /** The order that it was about, where the shop said so. */
  order: string;
}

/** Characters that each field holds. */
export const LOG_LENGTH = 30;

export interface MailInput {
  itemIndex: number;
  event: MessageEvent | undefined;
  /** Customers whom the message is for. */
  numbers: string[];
  orderId: string;
  attempts: number;
  retryOf: string;
}

export interface MailLogEffect extends AnyEffect {
  kind: 'logMail';
  log: MailLog;
  expected: MailLog;
}

/** The more a state says, the higher; what came later never lowers it. A mailbox that answers is no bounce any more. */
const RANK: Record<MessageEventType, number> = {
  send: 1,
  deferral: 2,
  delivered: 3,
  soft_bounce: 4,
  open: 5,
  click: 6,
  unsub: 7,
  reject: 8,
  hard_bounce: 9,
  spam: 10,
};

export const EMPTY_LOG: MailLog = { sent: '', state: '', order: '' };

const SHORT_ID = 8;

const sentOf = ({ sentAt, messageId }: MessageEvent): string =>
  `${sentAt.slice(0, 19)}Z ${messageId.slice(0, SHORT_ID)}`;
const stateOf = ({ event, at }: MessageEvent): string => `${event} ${at.slice(0, 10)} ${at.slice(11, 16)}`;
const rankOf = (state: string): number => RANK[state.split(' ')[0] as MessageEventType] ?? 0;

function logOf(event: MessageEvent, orderId: string): MailLog {
  return { sent: sentOf(event), state: stateOf(event), order: orderId.length <= LOG_LENGTH ? orderId : '' };
}

/** Which of two logs the record should show: the later mail; of one mail, the state that says more. */
export function newerLog(stored: MailLog, next: MailLog): MailLog {
  if (stored.sent === next.sent) {
    const state = rankOf(next.state) > rankOf(stored.state) ? next.state : stored.state;
    return { sent: stored.sent, state, order: stored.order || next.order };
  }
  return next.sent > stored.sent ? next : stored;
}

const isSame = (a: MailLog, b: MailLog): boolean =>
  a.sent === b.sent && a.state === b.state && a.order === b.order;

function effectOf(number: string, log: MailLog, expected: MailLog): MailLogEffect {
  const print = fingerprint({ number, log });
  return {
    kind: 'logMail',
    key: ['logMail', number, print].join(':'),
    memberId: '',
    recordNumber: number,
    fingerprint: print,
    why: `The last order mail: ${log.state.split(' ')[0] ?? ''}.`,
    log,
    expected,
  };
}

/**
 * One write a customer at most, however many events there are: ten opens are none if the first one is known. Events may
 * come in any order and any number of times.
 * @param stored what the records tell now, by number; a customer that does not exist is missing
 */
export function planMailLog(inputs: MailInput[], stored: ReadonlyMap<string, MailLog>): Plan<MailLogEffect> {
  const wanted = new Map(stored);
  /** The item whose event a customer's log comes from. */
  const author = new Map<string, MailInput>();
  for (const input of inputs) {
    if (!input.event) continue;
    for (const number of input.numbers) {
      const known = wanted.get(number);
      const log = known && newerLog(known, logOf(input.event, input.orderId));
      if (!log || isSame(log, known)) continue;
      wanted.set(number, log);
      author.set(number, input);
    }
  }
  const records = inputs.map((input): PlannedRecord<MailLogEffect> => {
    const { itemIndex, attempts, retryOf, numbers, event } = input;
    const known = numbers.filter((number) => stored.has(number));
    const effects = known
      .filter((number) => author.get(number) === input)
      .map((number) => effectOf(number, wanted.get(number)!, stored.get(number)!));
    const reason = !event ? 'not-a-message' : known.length === 0 ? 'message-of-nobody' : 'already-known';
    return {
      ...{ itemIndex, attempts, retryOf, number: known[0] ?? '', memberIds: [], effects },
      source: event ? `message ${event.messageId}` : '',
      notes: effects.length > 0 ? [] : [note(reason, event?.messageId.slice(0, SHORT_ID) ?? '')],
    };
  });
  return { records, effects: records.flatMap(({ effects }) => effects) };
}
