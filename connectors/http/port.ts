/**
 * The one door to the network. In n8n it is `httpRequestWithAuthentication` (nodes/shared/port.ts), in tests and
 * tools a plain HTTP client; the connectors above it never know which.
 */
export type HttpMethod = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

export interface HttpRequest {
  method: HttpMethod;
  /** Absolute URL without query. */
  url: string;
  query?: Record<string, string | number | boolean | undefined>;
  headers?: Record<string, string>;
  /** Sent as JSON. */
  body?: unknown;
  /** Default 120,000 ms: Mailchimp's own limit, and twice the ION gateway's. */
  timeoutMs?: number;
  /** `binary` gives the body as a Buffer; default `json`. */
  responseType?: 'json' | 'binary';
}

export interface HttpResponse {
  status: number;
  /** Names in lower case. */
  headers: Record<string, string>;
  /** Parsed JSON; the raw text where the server sent something else; `''` where it sent nothing. */
  body: unknown;
}

/** Resolves for every HTTP status; rejects with NetworkFailure when there was no complete answer. */
export type HttpPort = (request: HttpRequest) => Promise<HttpResponse>;

/** Codes of Node's and axios' errors at which the server certainly did not see the request. */
const NEVER_SENT = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);

/**
 * No complete answer came. When `sent` is true the server may have done the work: a write must be looked up before
 * it is repeated, unless repeating it changes nothing.
 */
export class NetworkFailure extends Error {
  readonly sent: boolean;

  /** @param code Node or axios error code, such as ECONNRESET; never a URL or a body (invariant 11). */
  constructor(readonly code: string) {
    super(`No complete answer (${code})`);
    this.name = 'NetworkFailure';
    this.sent = !NEVER_SENT.has(code);
  }
}
