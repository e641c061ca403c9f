import { ConnectorError } from '../errors';
import type { NetworkFailure, HttpResponse } from '../http/port';
import type { Reason } from '../../sync/reasons';

/** An error body of Mailchimp (RFC 7807). `type` is absent for some and `detail` is localised: status and title decide. */
export interface Problem {
  status: number;
  title: string;
  detail: string;
  /** Merge tags or paths that the answer names. */
  fields: string[];
}

export const isOk = (response: HttpResponse): boolean => response.status >= 200 && response.status < 300;

const record = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};

export function problemOf(response: HttpResponse): Problem {
  const body = record(response.body);
  const errors = Array.isArray(body.errors) ? body.errors : [];
  return {
    status: response.status,
    title: String(body.title ?? ''),
    detail: String(body.detail ?? ''),
    fields: errors.map((error) => String(record(error).field ?? '')).filter((field) => field !== ''),
  };
}

type Refusal = { reason: Reason; subject: string };

/** Why one contact was refused; `exists` when the audience knows the address after all. */
export type ContactRefusal = Refusal | 'exists' | 'missing';

/**
 * Mailchimp gives several refusals of an address the one title Invalid Resource, so their English detail is the only
 * way to tell them apart (mailchimp-marketing §2); an unknown wording falls back to the general reason.
 */
export function reasonOfText(text: string): Reason {
  if (/compliance/i.test(text)) return 'compliance-state';
  if (/permanently deleted|forgotten/i.test(text)) return 'forgotten';
  if (/signed up to a lot/i.test(text)) return 'too-many-signups';
  if (/valid email|fake or invalid/i.test(text)) return 'refused-email';
  return 'refused-record';
}

export function contactRefusal(response: HttpResponse): ContactRefusal {
  const { status, title, detail, fields } = problemOf(response);
  if (status === 404) return 'missing';
  if (title === 'Member Exists') return 'exists';
  if (title === 'Member In Compliance State') return { reason: 'compliance-state', subject: '' };
  if (title === 'Forgotten Email Not Subscribed') return { reason: 'forgotten', subject: '' };
  if (status === 429 || status === 403) return { reason: 'mailchimp-throttled', subject: '' };
  if (status >= 500 || status < 300) return { reason: 'mailchimp-unavailable', subject: `HTTP ${status}` };
  const field = fields[0]?.replace(/^merge_fields\./, '');
  if (field && field !== 'email_address') return { reason: 'merge-value', subject: field };
  const reason = reasonOfText(detail);
  return { reason, subject: reason === 'refused-record' ? `HTTP ${status}` : '' };
}

/** Troubles of the whole account or audience, which stop a run. Undefined when the answer is a success. */
export function accountError(response: HttpResponse): ConnectorError | undefined {
  const hasJson = typeof response.body === 'object' && response.body !== null;
  if (response.status === 204 || (isOk(response) && hasJson)) return undefined;
  const { status, title } = problemOf(response);
  switch (status) {
    case 401:
      return new ConnectorError(
        'MAILCHIMP_KEY_REFUSED',
        'Mailchimp refuses the API key, or the connection by OAuth2.',
        'Check that the key is active and belongs to the data center that it names, then paste it again; or connect again.',
        status,
      );
    case 403:
      return hasJson ? forbidden(title, status) : throttled(status);
    case 404:
      return new ConnectorError(
        'MAILCHIMP_AUDIENCE_NOT_FOUND',
        'Mailchimp does not know this audience, or not this resource of it.',
        'Choose the audience again in the node; it may have been deleted, or belong to another account.',
        status,
      );
    case 429:
      return throttled(status);
    default:
      return status >= 500 || isOk(response) ? unavailable(`HTTP ${status}`, status) : refused(status, title);
  }
}

const forbidden = (title: string, status: number): ConnectorError =>
  new ConnectorError(
    'MAILCHIMP_FORBIDDEN',
    `Mailchimp does not permit this (${title || 'Forbidden'}).`,
    'Check the role of the user who made the key, and that the account is not suspended.',
    status,
  );

const throttled = (status: number): ConnectorError =>
  new ConnectorError(
    'MAILCHIMP_THROTTLED',
    'Mailchimp kept asking to slow down, also after several pauses.',
    'Run it again later. Other integrations of the same account share its 10 connections.',
    status,
  );

const unavailable = (what: string, status?: number): ConnectorError =>
  new ConnectorError(
    'MAILCHIMP_UNAVAILABLE',
    `Mailchimp did not answer, or not completely, after several attempts (${what}).`,
    'Run it again later; repeating is safe. status.mailchimp.com tells about outages.',
    status,
  );

const refused = (status: number, title: string): ConnectorError =>
  new ConnectorError(
    'MAILCHIMP_REQUEST',
    `Mailchimp refused the request (HTTP ${status}${title ? `, ${title}` : ''}).`,
    'Check the node’s settings against the audience, such as its merge fields.',
    status,
  );

/** @param failure what was left after all attempts */
export function networkError(failure: NetworkFailure): ConnectorError {
  if (failure.code === 'ENOTFOUND') {
    return new ConnectorError(
      'MAILCHIMP_DATA_CENTER',
      'The data center that the API key names does not exist.',
      'Check the end of the key (such as -us21), and that this machine can resolve names.',
    );
  }
  if (failure.sent) return unavailable(failure.code);
  return new ConnectorError(
    'MAILCHIMP_UNREACHABLE',
    `Mailchimp cannot be reached (${failure.code}).`,
    'Check the network, a proxy, and the base URL of the credential if one is set.',
  );
}
