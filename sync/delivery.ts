import { parseForm, type FormValue } from './form';
import { isSigned, sameSecret, sha256Of, unseal } from './signature';

/** What we keep of our own webhook. None of it is a secret, and without the URL none of it can be read. */
export interface HookState {
  audienceId: string;
  /** Mailchimp's id of the webhook. */
  webhookId: string;
  /** SHA-256 of the secret in the webhook's URL, in hex. */
  secretHash: string;
  /** The signing secret, sealed with the secret in the URL; '' for a webhook that is not signed. */
  sealedSigningSecret: string;
}

/** One POST to the webhook, as it came in. */
export interface Delivery {
  /** From the URL. */
  secret: string;
  contentType: string;
  /** X-Mailchimp-Signature. */
  signature: string;
  rawBody: Buffer | undefined;
}

export type Checked =
  | { ok: true; form: { [key: string]: FormValue }; signed: boolean }
  /** An HTTP status to answer with. Never 410: Mailchimp would drop the webhook for good. */
  | { ok: false; status: 400 | 401 | 413 | 503 };

/** Bytes; the largest event that Mailchimp can make of an audience's 80 merge fields is far smaller. */
const MAX_BODY = 256 * 1024;
const FORM = /^application\/x-www-form-urlencoded\s*(?:;|$)/i;

const refuse = (status: (Checked & { ok: false })['status']): Checked => ({ ok: false, status });

/**
 * Whether a POST is Mailchimp's, before anything of it is read: the secret of the URL, the size, the form, and the
 * signature wherever the webhook has one. n8n stores what we keep of the webhook after it is registered at Mailchimp:
 * a POST that comes in between cannot be judged yet, and is not refused for good.
 * @param now seconds since 1970
 */
export function checkDelivery(delivery: Delivery, hook: HookState | undefined, now: number): Checked {
  const { secret, contentType, signature, rawBody } = delivery;
  if (!hook) return refuse(503);
  if (!secret || !sameSecret(sha256Of(secret), hook.secretHash)) return refuse(401);
  if (!rawBody || rawBody.length === 0) return refuse(400);
  if (rawBody.length > MAX_BODY) return refuse(413);
  if (!FORM.test(contentType)) return refuse(400);
  const signed = hook.sealedSigningSecret !== '';
  if (signed) {
    const signingSecret = unseal(hook.sealedSigningSecret, secret);
    if (!signingSecret || !isSigned(signature, rawBody, signingSecret, now)) return refuse(401);
  }
  const form = parseForm(rawBody.toString('utf8'));
  return form ? { ok: true, form, signed } : refuse(400);
}
