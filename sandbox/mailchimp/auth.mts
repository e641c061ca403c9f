import type { FastifyRequest } from 'fastify';
import { keyInvalid, keyMissing, wrongDataCenter } from './problems.mts';
import type { World } from './world.mts';

/** The key of an Authorization header: Basic with any user name, Bearer, OAuth, or the old `apikey`. */
function keyOfHeader(header: string): string {
  const [scheme = '', value = ''] = header.trim().split(/\s+/, 2);
  switch (scheme.toLowerCase()) {
    case 'basic': {
      const pair = Buffer.from(value, 'base64').toString('utf8');
      return pair.slice(pair.indexOf(':') + 1);
    }
    case 'bearer':
    case 'oauth':
    case 'apikey':
      return value;
    default:
      return '';
  }
}

/** The part before the data center; undefined when the key names none. */
const secretOf = (key: string): string | undefined => /^(.+)-us\d+$/.exec(key)?.[1];

/**
 * Refuses a request that is not this account's: no key or token, two keys that disagree, an unknown key, or this
 * account's key with the suffix of another data center.
 * @throws Problem 401 or 403
 */
export function authenticate(
  request: FastifyRequest,
  apiKey: string,
  { settings, oauth }: Pick<World, 'settings' | 'oauth'>,
): void {
  const query = (request.query as Record<string, string>)['apikey'];
  const header = request.headers.authorization;
  const offered = [header && keyOfHeader(header), query].filter((key): key is string => Boolean(key));
  if (offered.length === 0) throw header === undefined ? keyMissing() : keyInvalid();
  for (const key of offered) {
    if (key === apiKey || oauth.isValid(key)) continue;
    const ours = secretOf(key) !== undefined && secretOf(key) === secretOf(apiKey);
    throw ours ? wrongDataCenter(settings.wrongDataCenterStatus) : keyInvalid();
  }
}
