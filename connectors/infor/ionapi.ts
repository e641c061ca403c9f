import { createHash } from 'crypto';
import { ConnectorError } from '../errors';

/**
 * The .ionapi file that Infor's portal gives for an authorized app (API Gateway → Authorized Apps → Download
 * Credentials): JSON, always. Keys: docs.infor.com, API Gateway Administration Guide, “Authorized apps”.
 */
export interface IonApi {
  /** `ti` */
  tenant: string;
  /** `iu`, without a slash at its end. */
  gatewayUrl: string;
  /** `pu` + `ot` */
  tokenUrl: string;
  /** `ci` */
  clientId: string;
  /** `cs` */
  clientSecret: string;
  /** `saak` and `sask`; absent in an app with the client credentials grant. */
  serviceAccount?: { accessKey: string; secretKey: string };
  /** `sc` of a v 1.1 file. */
  scopes: string[];
}

const HOW_TO =
  'In the Infor portal create an Authorized App of type “Backend Service” (with a service account, or with the client credentials grant), download its credentials and paste the whole file.';

const NEEDED = ['ti', 'ci', 'cs', 'iu', 'pu', 'ot'] as const;

function parseJson(file: string): Record<string, unknown> {
  try {
    const parsed: unknown = JSON.parse(file.replace(/^\uFEFF/, ''));
    if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed))
      return parsed as Record<string, unknown>;
  } catch {
    // Reported below, without the parser's words: they quote the file.
  }
  throw new ConnectorError('ION_FILE_NOT_JSON', 'The .ionapi file is not a JSON object.', HOW_TO);
}

function checkedUrl(text: string, key: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url && ['https:', 'http:'].includes(url.protocol) && !url.username) return text.replace(/\/+$/, '');
  throw new ConnectorError(
    'ION_FILE_URL',
    `The value of “${key}” in the .ionapi file is not a web address.`,
    HOW_TO,
  );
}

const text = (json: Record<string, unknown>, key: string): string =>
  typeof json[key] === 'string' ? json[key].trim() : '';

function serviceAccountOf(json: Record<string, unknown>): IonApi['serviceAccount'] {
  const accessKey = text(json, 'saak');
  const secretKey = text(json, 'sask');
  if (!accessKey && !secretKey) return undefined;
  const missing = accessKey ? 'sask' : 'saak';
  if (!accessKey || !secretKey) throw missingKey(missing);
  return { accessKey, secretKey };
}

const missingKey = (key: string): ConnectorError =>
  new ConnectorError('ION_FILE_KEY_MISSING', `The .ionapi file has no “${key}”.`, HOW_TO);

/**
 * Reads the file's text. Tolerates a byte order mark, missing optional keys, and slashes too many or too few.
 * @throws ConnectorError ION_FILE_NOT_JSON, ION_FILE_KEY_MISSING, ION_FILE_WRONG_APP, ION_FILE_URL
 */
export function parseIonApi(file: string): IonApi {
  const json = parseJson(file.trim());
  const serviceAccount = serviceAccountOf(json);
  if (!serviceAccount && text(json, 'ru')) {
    throw new ConnectorError(
      'ION_FILE_WRONG_APP',
      'The .ionapi file belongs to a web or mobile app.',
      HOW_TO,
    );
  }
  const missing = NEEDED.find((key) => !text(json, key));
  if (missing) throw missingKey(missing);
  const scopes = Array.isArray(json.sc)
    ? json.sc.filter((scope): scope is string => typeof scope === 'string')
    : [];
  return {
    tenant: text(json, 'ti'),
    gatewayUrl: checkedUrl(text(json, 'iu'), 'iu'),
    tokenUrl: `${checkedUrl(text(json, 'pu'), 'pu')}/${text(json, 'ot').replace(/^\/+/, '')}`,
    clientId: text(json, 'ci'),
    clientSecret: text(json, 'cs'),
    serviceAccount,
    scopes,
  };
}

/** Names a login without revealing it: which gateway, tenant, app and account a token belongs to. */
export const loginHashOf = (ion: IonApi): string =>
  createHash('sha256')
    .update(JSON.stringify([ion.gatewayUrl, ion.tenant, ion.clientId, ion.clientSecret, ion.serviceAccount]))
    .digest('hex')
    .slice(0, 32);
