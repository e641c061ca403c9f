import { createHmac } from 'crypto';
import { sameSecret } from '../signature';

/** Under this key Mailchimp signs the one post by which it tries an address: an empty batch. */
const TEST_KEY = 'test-webhook';
const FIELD = 'mandrill_events';

/** A post's fields, decoded; undefined for what no honest sender makes: a name twice, or bytes that are no text. */
export function fieldsOf(rawBody: Buffer): Map<string, string> | undefined {
  const text = rawBody.toString('utf8');
  if (!Buffer.from(text, 'utf8').equals(rawBody)) return undefined;
  const fields = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(text)) {
    if (fields.has(name)) return undefined;
    fields.set(name, value);
  }
  return fields;
}

/**
 * Mailchimp Transactional's X-Mandrill-Signature: base64 of HMAC-SHA1 over the webhook's URL as it is registered, query
 * included, and over name and decoded value of each field, sorted by name (mailchimp-events §4.4).
 */
export function isSignedPost(
  signature: string,
  url: string,
  fields: ReadonlyMap<string, string>,
  key: string,
): boolean {
  if (key === '') return false;
  const names = [...fields.keys()].sort();
  const signed = names.reduce((text, name) => text + name + fields.get(name)!, url);
  return sameSecret(signature, createHmac('sha1', key).update(signed, 'utf8').digest('base64'));
}

/** The set-up call: an empty batch, under the key that everybody knows. Nothing else is taken under it. */
export const isSetUpCall = (signature: string, url: string, fields: ReadonlyMap<string, string>): boolean =>
  fields.size === 1 && fields.get(FIELD) === '[]' && isSignedPost(signature, url, fields, TEST_KEY);

/** The events of a post; undefined when it holds none. */
export function eventsOf(fields: ReadonlyMap<string, string>): unknown[] | undefined {
  const value = fields.get(FIELD);
  if (value === undefined) return undefined;
  try {
    const events = JSON.parse(value) as unknown;
    return Array.isArray(events) ? events : undefined;
  } catch {
    return undefined;
  }
}
