import { invalidResource } from './problems.mts';
import type { MailchimpSettings } from './settings.mts';

const SHAPE =
  /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*@([A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z]{2,}$/;
/** The domains that Mailchimp's answer to a recorded call names as fake; every other `.example` is good here. */
const FAKE_DOMAIN = /@example\.(com|net|org)$/i;
const MANY_SIGNUPS = /^too\.many\.signups@/i;
const MAX_LOCAL = 64;
const MAX_ADDRESS = 254;

/**
 * What Mailchimp says to an address that it will not take.
 * @throws Problem 400 Invalid Resource without `errors`
 */
export function checkEmail(email: string, settings: MailchimpSettings): void {
  const tooLong = email.indexOf('@') > MAX_LOCAL || email.length > MAX_ADDRESS;
  if (tooLong || !SHAPE.test(email)) throw invalidResource('Please provide a valid email address.');
  if (FAKE_DOMAIN.test(email)) {
    throw invalidResource(`${email} looks fake or invalid, please enter a real email address.`);
  }
  if (settings.refuseManySignups && MANY_SIGNUPS.test(email)) {
    throw invalidResource(
      `${email} has signed up to a lot of lists very recently; we're not allowing more signups for now`,
    );
  }
}
