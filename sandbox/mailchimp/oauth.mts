import { randomBytes } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

export interface OAuthApp {
  clientId: string;
  clientSecret: string;
  /** Compared letter by letter since 2020. */
  redirectUri: string;
}

/** Mailchimp's authorization server: codes for one use, and tokens that live until somebody revokes them. */
export class OAuth {
  readonly apps: OAuthApp[] = [];
  private readonly codes = new Map<string, OAuthApp>();
  private readonly tokens = new Set<string>();

  /** A token as if somebody had connected. */
  connect(): string {
    const token = randomBytes(16).toString('hex');
    this.tokens.add(token);
    return token;
  }

  /** The user removes the connection in Mailchimp. */
  revoke(token: string): void {
    this.tokens.delete(token);
  }

  isValid(token: string): boolean {
    return this.tokens.has(token);
  }

  code(app: OAuthApp): string {
    const code = randomBytes(16).toString('hex');
    this.codes.set(code, app);
    return code;
  }

  redeem(code: string, { clientId, clientSecret, redirectUri }: OAuthApp): string | undefined {
    const app = this.codes.get(code);
    this.codes.delete(code);
    const isRight =
      app?.clientId === clientId && app.clientSecret === clientSecret && app.redirectUri === redirectUri;
    return isRight ? this.connect() : undefined;
  }
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** Nobody has to sign in: whoever comes with a known app agrees. */
function authorize(oauth: OAuth, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const query = request.query as Record<string, string>;
  const app = oauth.apps.find(
    ({ clientId, redirectUri }) => clientId === query.client_id && redirectUri === query.redirect_uri,
  );
  if (!app || query.response_type !== 'code') return reply.code(400).send('Invalid client or redirect_uri');
  const target = new URL(app.redirectUri);
  target.searchParams.set('code', oauth.code(app));
  target.searchParams.set('state', text(query.state));
  return reply.redirect(target.href);
}

function token(oauth: OAuth, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const isForm = request.headers['content-type']?.startsWith('application/x-www-form-urlencoded');
  // The server reads every body as JSON; what is none lies here as text.
  const { text: raw } = (request.body ?? {}) as { text?: unknown };
  const form = new URLSearchParams(isForm ? text(raw) : '');
  const app = {
    clientId: form.get('client_id') ?? '',
    clientSecret: form.get('client_secret') ?? '',
    redirectUri: form.get('redirect_uri') ?? '',
  };
  const isCode = form.get('grant_type') === 'authorization_code';
  const access = isCode ? oauth.redeem(form.get('code') ?? '', app) : undefined;
  return access
    ? reply.send({ access_token: access, expires_in: 0, scope: null })
    : reply.code(400).send({ error: 'invalid_grant' });
}

/** 200 for a bad token too; then the body says so and names no `api_endpoint`. */
function metadata(
  oauth: OAuth,
  place: { dataCenter: string; url: () => string },
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const [scheme, given = ''] = text(request.headers.authorization).split(' ');
  if (scheme !== 'OAuth' || !oauth.isValid(given)) {
    return reply.send({ error: 'invalid_token', error_description: 'The access token is invalid.' });
  }
  const { dataCenter, url } = place;
  return reply.send({
    dc: dataCenter,
    role: 'owner',
    accountname: 'Sandbox',
    user_id: 4711,
    api_endpoint: url(),
  });
}

/** /oauth2/authorize, /oauth2/token and /oauth2/metadata of login.mailchimp.com. */
export function addOAuthRoutes(
  server: FastifyInstance,
  oauth: OAuth,
  place: { dataCenter: string; url: () => string },
): void {
  server.get('/oauth2/authorize', (request, reply) => authorize(oauth, request, reply));
  server.post('/oauth2/token', (request, reply) => token(oauth, request, reply));
  server.get('/oauth2/metadata', (request, reply) => metadata(oauth, place, request, reply));
}
