import { randomBytes } from 'node:crypto';
import type { IonSettings } from './settings.mts';

/** An authorized app: each kind has one grant, and another client id (infor §1.3). */
export interface Client {
  id: string;
  secret: string;
  grant: 'password' | 'client_credentials';
}

/** What this tenant knows; the service account's keys hold the characters that forms must encode. */
export interface App {
  tenant: string;
  withAccount: Client;
  withoutAccount: Client;
  accessKey: string;
  secretKey: string;
}

export const appOf = (tenant: string): App => ({
  tenant,
  withAccount: { id: `${tenant}~sandboxClient`, secret: 'sandbox-Secret_1+/=', grant: 'password' },
  withoutAccount: {
    id: `${tenant}~sandboxService`,
    secret: 'sandbox-Secret_2+/=',
    grant: 'client_credentials',
  },
  accessKey: `${tenant}#sandbox+account/==`,
  secretKey: 's4ndb0x=key&more+',
});

export interface TokenAnswer {
  status: number;
  body: Record<string, unknown>;
}

const refused = (status: number, error: string, error_description: string): TokenAnswer => ({
  status,
  body: { error, error_description },
});

/** The status and word of RFC 6749 §5.2 (assumed). */
const notThisGrant = refused(400, 'unauthorized_client', 'The app is not authorized for this grant');

/** Issues, renews, revokes and checks opaque tokens (infor §2). */
export class Tokens {
  issued = 0;
  private readonly access = new Map<string, number>();
  /** Refresh token → id of the client that it was given to. */
  private readonly refresh = new Map<string, string>();

  constructor(
    private readonly app: App,
    private readonly settings: IonSettings,
    private readonly now: () => number,
  ) {}

  isValid(token: string): boolean {
    return (this.access.get(token) ?? 0) > this.now();
  }

  revokeAll(): void {
    this.access.clear();
  }

  revoke(token: string): void {
    this.access.delete(token);
    this.refresh.delete(token);
  }

  /** Who asks; undefined where id, secret or the way they are given are not accepted. */
  clientOf(form: Record<string, string>, authorization: string | undefined): Client | undefined {
    const { acceptedClientAuth } = this.settings;
    const encoded = /^Basic (.+)$/.exec(authorization ?? '')?.[1] ?? '';
    const basic = Buffer.from(encoded, 'base64').toString();
    return [this.app.withAccount, this.app.withoutAccount].find(({ id, secret }) => {
      const byHeader = acceptedClientAuth !== 'body' && basic === `${id}:${secret}`;
      const byBody =
        acceptedClientAuth !== 'header' && form.client_id === id && form.client_secret === secret;
      return byHeader || byBody;
    });
  }

  grant(form: Record<string, string>, authorization: string | undefined): TokenAnswer {
    const client = this.clientOf(form, authorization);
    if (!client) return refused(401, 'invalid_client', 'Client authentication failed');
    switch (form.grant_type) {
      case 'password':
      case 'client_credentials':
        return form.grant_type === client.grant ? this.byAccount(client, form) : notThisGrant;
      case 'refresh_token':
        return this.settings.issueRefreshToken ? this.byRefreshToken(client, form) : notThisGrant;
      default:
        return refused(400, 'unsupported_grant_type', 'Grant type not supported');
    }
  }

  private byAccount(client: Client, { username, password }: Record<string, string>): TokenAnswer {
    const { accessKey, secretKey } = this.app;
    const known = client.grant !== 'password' || (username === accessKey && password === secretKey);
    return known
      ? this.issue(client)
      : refused(400, 'invalid_grant', 'The service account is unknown or expired');
  }

  private byRefreshToken(client: Client, { refresh_token = '' }: Record<string, string>): TokenAnswer {
    const owner = this.refresh.get(refresh_token);
    if (owner !== client.id) return refused(400, 'invalid_grant', 'The refresh token is unknown or expired');
    this.refresh.delete(refresh_token);
    return this.issue(client);
  }

  private issue(client: Client): TokenAnswer {
    this.issued += 1;
    const token = randomBytes(24).toString('base64url');
    this.access.set(token, this.now() + this.settings.tokenTtlSeconds * 1000);
    const body: Record<string, unknown> = {
      access_token: token,
      token_type: 'Bearer',
      expires_in: this.settings.tokenTtlSeconds,
    };
    if (this.settings.issueRefreshToken && client.grant === 'password') {
      body.refresh_token = randomBytes(24).toString('base64url');
      this.refresh.set(String(body.refresh_token), client.id);
    }
    return { status: 200, body };
  }
}
