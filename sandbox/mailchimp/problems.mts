/** Mailchimp's errors with their wire texts (marketing docs, "Errors"; RFC 7807 problem documents). */

export interface FieldError {
  /** `merge_fields.FNAME` for schema errors, the bare tag for merge-field errors, '' for a missing key. */
  field: string;
  message: string;
}

const TYPE = 'https://mailchimp.com/developer/marketing/docs/errors/';

interface ProblemExtras {
  errors?: FieldError[];
  headers?: Record<string, string>;
  /** Member Exists and Compliance State come without `type` on the wire. */
  untyped?: boolean;
}

export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly title: string,
    readonly detail: string,
    readonly extras: ProblemExtras = {},
  ) {
    super(detail);
  }

  /** @param instance the answer's X-Request-Id */
  toBody(instance: string): Record<string, unknown> {
    return {
      ...(this.extras.untyped ? {} : { type: TYPE }),
      title: this.title,
      status: this.status,
      detail: this.detail,
      instance,
      ...(this.extras.errors ? { errors: this.extras.errors } : {}),
    };
  }
}

const SCHEMA_DETAIL =
  "The resource submitted could not be validated. For field-specific details, see the 'errors' array.";

export const invalidResource = (detail: string): Problem => new Problem(400, 'Invalid Resource', detail);

export const schemaProblem = (errors: FieldError[]): Problem =>
  new Problem(400, 'Invalid Resource', SCHEMA_DETAIL, { errors });

export const mergeProblem = (errors: FieldError[]): Problem =>
  new Problem(400, 'Invalid Resource', 'Your merge fields were invalid.', { errors });

export const badRequest = (detail = 'Your request could not be processed.'): Problem =>
  new Problem(400, 'Bad Request', detail);

export const jsonParseError = (): Problem =>
  new Problem(400, 'JSON Parse Error', 'We encountered an unspecified JSON parsing error.');

export const notFound = (): Problem =>
  new Problem(404, 'Resource Not Found', 'The requested resource could not be found.');

export const methodNotAllowed = (allowed: string[]): Problem =>
  new Problem(
    405,
    'Method Not Allowed',
    "The requested method and resource are not compatible. See the Allow header for this resource's available methods.",
    { headers: { allow: allowed.join(', ') } },
  );

export const cannotArchive = (): Problem =>
  new Problem(
    405,
    'Method Not Allowed',
    'This list member cannot be removed. Can not archive a contact that is bounced, pending or archived',
    { headers: { allow: 'GET, PUT' } },
  );

export const memberExists = (email: string): Problem =>
  new Problem(
    400,
    'Member Exists',
    `${email} is already a list member. Use PUT to insert or update list members.`,
    { untyped: true },
  );

export const complianceState = (email: string): Problem =>
  new Problem(
    400,
    'Member In Compliance State',
    `${email} is in a compliance state due to unsubscribe, bounce, or compliance review and cannot be subscribed.`,
    { untyped: true },
  );

export const forgottenEmail = (email: string): Problem =>
  new Problem(
    400,
    'Forgotten Email Not Subscribed',
    `${email} was permanently deleted and cannot be re-imported. The contact must re-subscribe to get back on the list.`,
  );

export const tooManyConnections = (limit: number): Problem =>
  new Problem(429, 'Too Many Requests', `You have exceeded the limit of ${limit} simultaneous connections.`);

export const tooManyBatches = (): Problem =>
  new Problem(429, 'Too Many Requests', 'You have more than 500 pending batches.');

export const keyMissing = (): Problem =>
  new Problem(401, 'API Key Missing', 'Your request did not include an API key.');

export const keyInvalid = (): Problem =>
  new Problem(
    401,
    'API Key Invalid',
    "Your API key may be invalid, or you've attempted to access the wrong datacenter.",
  );

export const wrongDataCenter = (status: 401 | 403): Problem =>
  status === 401
    ? keyInvalid()
    : new Problem(403, 'Wrong Datacenter', 'The API key provided is linked to a different datacenter.');

export const internalError = (): Problem =>
  new Problem(
    500,
    'Internal Server Error',
    'An unexpected internal error has occurred. Please contact Support for more information.',
  );
