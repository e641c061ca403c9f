import { createHash } from 'crypto';

/** RFC 5321 §4.5.3.1: 64 octets before the @, 254 in all. */
const MAX_LOCAL = 64;
const MAX_TOTAL = 254;

/** Deliberately narrow: what mail systems accept in practice, not all that RFC 5322 permits. */
const ADDRESS =
  /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*@([A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z]([A-Za-z0-9-]*[A-Za-z0-9])$/;

export type AddressProblem = 'malformed-email' | 'email-too-long';

export function addressProblem(email: string): AddressProblem | undefined {
  const local = email.lastIndexOf('@');
  if (email.length > MAX_TOTAL || local > MAX_LOCAL) return 'email-too-long';
  return ADDRESS.test(email) ? undefined : 'malformed-email';
}

/** Mailchimp's subscriber hash: md5 of the lower-case address (POST /lists/{id}/members, field `id`). */
export const memberIdOf = (email: string): string =>
  createHash('md5').update(email.toLowerCase()).digest('hex');
