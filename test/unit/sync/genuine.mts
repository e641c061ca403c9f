import { createHmac } from 'node:crypto';
import * as fc from 'fast-check';
import { EVENT_TYPES, formBody, SOURCES } from '../../../sandbox/mailchimp/webhookEvents.mts';
import type { Delivery, HookState } from '../../../sync/delivery.ts';
import { seal, sha256Of } from '../../../sync/signature.ts';

/** One POST that the receiver has to take, and all that a forger would need. */
export interface Genuine {
  secret: string;
  signingSecret: string;
  hook: HookState;
  body: string;
  /** Seconds since 1970. */
  time: number;
}

/** Written out here, so that what ships does not check itself. */
export const hmac = (key: string, text: string | Buffer): string =>
  createHmac('sha256', key).update(text).digest('hex');

export const header = (key: string, time: number | string, body: string | Buffer): string =>
  `t=${time},v1=${hmac(key, Buffer.concat([Buffer.from(`${time}.`), Buffer.from(body)]))}`;

export const hookOf = (secret: string, signingSecret: string): HookState => ({
  audienceId: 'a6b5da1054',
  webhookId: '0123456789',
  secretHash: sha256Of(secret),
  sealedSigningSecret: signingSecret === '' ? '' : seal(signingSecret, secret),
});

const anyText = fc.string({ unit: 'grapheme', maxLength: 12 });
const anySecret = fc
  .uint8Array({ minLength: 32, maxLength: 32 })
  .map((bytes) => Buffer.from(bytes).toString('base64url'));

export const anyGenuine: fc.Arbitrary<Genuine> = fc
  .record({
    secret: anySecret,
    signingSecret: fc.stringMatching(/^[0-9a-f]{32}$/),
    type: fc.constantFrom(...EVENT_TYPES),
    source: fc.constantFrom(...SOURCES),
    values: fc.array(anyText, { maxLength: 6 }),
    email: fc.emailAddress(),
    time: fc.integer({ min: 1_600_000_000, max: 2_000_000_000 }),
  })
  .map(({ secret, signingSecret, type, source, values, email, time }) => {
    const merges = values.map((value, n): [string, string] => [`data[merges][MERGE${n}]`, value]);
    const pairs: Array<[string, string]> = [
      ['data[email]', email],
      ...merges,
      ['data[list_id]', 'a6b5da1054'],
    ];
    const body = formBody({ type, source, list: 'a6b5da1054', pairs }, time * 1000);
    return { secret, signingSecret, hook: hookOf(secret, signingSecret), body, time };
  });

export const FORM = 'application/x-www-form-urlencoded';

export interface Post extends Delivery {
  hook: HookState | undefined;
  now: number;
}

export const postOf = ({ secret, signingSecret, hook, body, time }: Genuine): Post => ({
  secret,
  contentType: FORM,
  signature: header(signingSecret, time, body),
  rawBody: Buffer.from(body),
  hook,
  now: time,
});

export type Forge = (genuine: Genuine, at: number) => Partial<Post>;

export const other = (text: string, at: number, letters: string): string => {
  const i = at % text.length;
  const choices = [...letters].filter((letter) => letter !== text[i]);
  return text.slice(0, i) + choices[at % choices.length]! + text.slice(i + 1);
};

export const HEX = '0123456789abcdef';
