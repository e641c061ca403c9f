import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  randomBytes,
  timingSafeEqual,
} from 'crypto';

/** Seconds by which a signature may differ from our clock. */
const TOLERANCE_S = 300;

const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest();

/** In hex. */
export const sha256Of = (text: string): string => sha256(text).toString('hex');

/** 256 random bits that a URL can carry. */
export const newSecret = (): string => randomBytes(32).toString('base64url');

/** In constant time, whatever the lengths. */
export const sameSecret = (given: string, expected: string): boolean =>
  expected !== '' && timingSafeEqual(sha256(given), sha256(expected));

/**
 * Mailchimp's X-Mailchimp-Signature: `t=<unix seconds>,v1=<HMAC-SHA256 over "{t}." and the raw body, in hex>`.
 * @param now seconds since 1970
 */
export function isSigned(header: string, rawBody: Buffer, secret: string, now: number): boolean {
  const time = /(?:^|[,\s])t=(\d{1,12})(?=,|$)/.exec(header)?.[1];
  const digest = /(?:^|[,\s])v1=([0-9a-f]{64})(?=,|$)/.exec(header)?.[1];
  if (!time || !digest || secret === '') return false;
  const expected = createHmac('sha256', secret).update(`${time}.`).update(rawBody).digest('hex');
  return sameSecret(digest, expected) && Math.abs(now - Number(time)) <= TOLERANCE_S;
}

/** HMAC-SHA256 of a body, in base 64 or in hex, as shops sign what they post. */
export function isSignedBody(given: string, rawBody: Buffer | undefined, secret: string): boolean {
  if (!rawBody || secret === '') return false;
  const digest = createHmac('sha256', secret).update(rawBody).digest();
  const text = given.trim().replace(/^sha256=/, '');
  return (
    sameSecret(text, digest.toString('base64')) || sameSecret(text.toLowerCase(), digest.toString('hex'))
  );
}

/** Seals a secret for a place that is not encrypted. @param password has to be a random secret itself */
export function seal(secret: string, password: string): string {
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', sha256(password), iv);
  const sealed = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
  return [iv, cipher.getAuthTag(), sealed].map((part) => part.toString('base64')).join('.');
}

/** Undefined when it was sealed with another password, or is no seal. */
export function unseal(sealed: string, password: string): string | undefined {
  const [iv, tag, text] = sealed.split('.').map((part) => Buffer.from(part, 'base64'));
  if (!iv || !tag || !text) return undefined;
  try {
    const decipher = createDecipheriv('aes-256-gcm', sha256(password), iv);
    decipher.setAuthTag(tag);
    return Buffer.concat([decipher.update(text), decipher.final()]).toString('utf8');
  } catch {
    return undefined;
  }
}
