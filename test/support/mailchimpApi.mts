import type { MailchimpSimulator } from '../../sandbox/mailchimp/simulator.mts';

export interface ApiAnswer {
  status: number;
  headers: Headers;
  /** Parsed JSON, or the text where it is none. */
  body: Record<string, unknown>;
  text: string;
}

export type Api = (
  method: string,
  /** Below /3.0. */
  path: string,
  body?: unknown,
  options?: { headers?: Record<string, string>; signal?: AbortSignal },
) => Promise<ApiAnswer>;

export const basicAuth = (key: string, user = 'anyone'): string =>
  `Basic ${Buffer.from(`${user}:${key}`).toString('base64')}`;

function parsed(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return {};
  }
}

/** A plain client of the simulator that hides nothing and repeats nothing. A text body is sent as it is. */
export const plainApi =
  (mailchimp: Pick<MailchimpSimulator, 'url' | 'apiKey'>): Api =>
  async (method, path, body, options = {}) => {
    const response = await fetch(`${mailchimp.url}/3.0${path}`, {
      method,
      headers: {
        authorization: basicAuth(mailchimp.apiKey),
        'content-type': 'application/json',
        ...options.headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      ...(options.signal ? { signal: options.signal } : {}),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: parsed(text), text };
  };
