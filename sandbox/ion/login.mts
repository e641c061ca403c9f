import { randomBytes } from 'node:crypto';
import type { IonSettings } from './settings.mts';

/** The one authorized app of this tenant; the service account's keys hold the characters that forms must encode. */
export interface App {
  tenant: string;
  clientId: string;
  clientSecret: string;
  accessKey: string;
  secretKey: string;
}

export const appOf = (tenant: string): App => ({
  tenant,
  clientId: `${tenant}~sandboxClient`,
  clientSecret: 'sandbox-Secret_1+/=',
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

/** Issues, renews, revokes and checks opaque tokens (infor §2). */
export class Tokens {
  issued = 0;
  private readonly access = new Map<string, number>();
  private readonly refresh = new Set<string>();

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

  knowsClient(form: Record<string, string>, authorization: string | undefined): boolean {
    const { acceptedClientAuth } = this.settings;
    const encoded = /^Basic (.+)$/.exec(authorization ?? '')?.[1] ?? '';
    const basic = Buffer.from(encoded, 'base64').toString();
    const byHeader =
      acceptedClientAuth !== 'body' && basic === `${this.app.clientId}:${this.app.clientSecret}`;
    const byBody =
      acceptedClientAuth !== 'header' &&
      form.client_id === this.app.clientId &&
      form.client_secret === this.app.clientSecret;
    return byHeader || byBody;
  }

  grant(form: Record<string, string>, authorization: string | undefined): TokenAnswer {
    if (!this.knowsClient(form, authorization))
      return refused(401, 'invalid_client', 'Client authentication failed');
    switch (form.grant_type) {
      case 'password': {
        const { accessKey, secretKey } = this.app;
        const known = form.username === accessKey && form.password === secretKey;
        return known
          ? this.issue()
          : refused(400, 'invalid_grant', 'The service account is unknown or expired');
      }
      case 'client_credentials':
        return this.issue();
      case 'refresh_token':
        return this.refresh.delete(form.refresh_token ?? '')
          ? this.issue()
          : refused(400, 'invalid_grant', 'The refresh token is unknown or expired');
      default:
        return refused(400, 'unsupported_grant_type', 'Grant type not supported');
    }
  }

  private issue(): TokenAnswer {
    this.issued += 1;
    const token = randomBytes(24).toString('base64url');
    this.access.set(token, this.now() + this.settings.tokenTtlSeconds * 1000);
    const body: Record<string, unknown> = {
      access_token: token,
      token_type: 'Bearer',
      expires_in: this.settings.tokenTtlSeconds,
    };
    if (this.settings.issueRefreshToken) {
      body.refresh_token = randomBytes(24).toString('base64url');
      this.refresh.add(String(body.refresh_token));
    }
    return { status: 200, body };
  }
}
