import { ConnectorError } from '../errors';

export interface MailchimpLogin {
  apiKey: string;
  /** Overrides the address that follows from the key: for a proxy or the sandbox; '' for none. */
  baseUrl: string;
}

const KEY_WITH_DATA_CENTER = /^\S+-([a-z]+\d+)$/;

/** The part of the key after its last hyphen, such as us21; undefined where the key has none. */
export const dataCenterOf = (apiKey: string): string | undefined =>
  KEY_WITH_DATA_CENTER.exec(apiKey.trim())?.[1];

/**
 * Address of the Marketing API without a slash at its end, such as https://us21.api.mailchimp.com/3.0.
 * @throws ConnectorError MAILCHIMP_KEY_FORMAT when neither the key nor an override says where the account is
 */
export function apiRoot(login: MailchimpLogin): string {
  const override = login.baseUrl
    .trim()
    .replace(/\/+$/, '')
    .replace(/\/3\.0$/, '');
  if (override) return `${override}/3.0`;
  const dataCenter = dataCenterOf(login.apiKey);
  if (!dataCenter) {
    throw new ConnectorError(
      'MAILCHIMP_KEY_FORMAT',
      'The Mailchimp API key names no data center.',
      'Copy the whole key from Mailchimp (Profile → Extras → API keys); it ends in a hyphen and the data center, such as -us21.',
    );
  }
  return `https://${dataCenter}.api.mailchimp.com/3.0`;
}
