/**
 * Every error of this package has a stable code, says what happened and what to do, and holds no secret, address or
 * name (invariants 11 and 12). docs/errors.md explains each code; a test keeps the two in step.
 */
export const ERROR_CODES = [
  'ION_FILE_NOT_JSON',
  'ION_FILE_KEY_MISSING',
  'ION_FILE_WRONG_APP',
  'ION_FILE_URL',
  'ION_TOKEN_REFUSED',
  'ION_TOKEN_ANSWER',
  'ION_TENANT_UNKNOWN',
  'ION_OTHER_HOST',
  'ION_UNREACHABLE',
  'ION_UNAUTHORIZED',
  'ION_FORBIDDEN',
  'ION_THROTTLED',
  'ION_TIMEOUT',
  'ION_UNAVAILABLE',
  'ION_ANSWER',
  'INFOR_REFUSED',
  'INFOR_RIGHTS',
  'INFOR_NOT_FOUND',
  'INFOR_FIELD',
  'INFOR_SETTING',
  'INFOR_NOT_OFFERED',
  'BOD_REFUSED',
  'BOD_MALFORMED',
  'M3_TRANSACTION',
  'M3_RIGHTS',
  'M3_NOT_FOUND',
  'M3_FIELD',
  'M3_QUERY_TOO_LONG',
  'MAILCHIMP_KEY_FORMAT',
  'MAILCHIMP_KEY_REFUSED',
  'MAILCHIMP_DATA_CENTER',
  'MAILCHIMP_NOT_CONNECTED',
  'MAILCHIMP_OTHER_HOST',
  'MAILCHIMP_FORBIDDEN',
  'MAILCHIMP_UNREACHABLE',
  'MAILCHIMP_THROTTLED',
  'MAILCHIMP_UNAVAILABLE',
  'MAILCHIMP_ANSWER',
  'MAILCHIMP_REQUEST',
  'MAILCHIMP_AUDIENCE_NOT_FOUND',
  'MAILCHIMP_NOT_FOUND',
  'MAILCHIMP_MERGE_FIELD_MISSING',
  'MAILCHIMP_MERGE_FIELD_CREATE',
  'MAILCHIMP_WEBHOOK_REFUSED',
  'SYNC_INPUT',
  'SYNC_SETTING',
  'SYNC_BLAST_RADIUS',
] as const;

export type ErrorCode = (typeof ERROR_CODES)[number];

export class ConnectorError extends Error {
  /**
   * @param errorCode stable; shown in square brackets in front of the message
   * @param what what happened, in one sentence
   * @param remedy what the reader can do about it, in one or two sentences
   * @param status HTTP status, where a server answered
   */
  constructor(
    readonly errorCode: ErrorCode,
    readonly what: string,
    readonly remedy: string,
    readonly status?: number,
  ) {
    super(`[${errorCode}] ${what}`);
    this.name = 'ConnectorError';
  }
}
