import fastify, { type FastifyInstance } from 'fastify';
import type { AddressInfo } from 'node:net';
import { Faults, injectFaults } from '../kit/faults.mts';
import { recordRequests, RequestLog } from '../kit/requests.mts';
import { M3Database, type M3Write } from './database.mts';
import { DistributionDatabase, distributionRoutes } from './distribution/routes.mts';
import { FinancialsDatabase, financialsRoutes } from './financials/routes.mts';
import { LnDatabase } from './ln/database.mts';
import { lnRoutes } from './ln/routes.mts';
import { ImsInbox, imsRoutes } from './ims/routes.mts';
import { IndustrialDatabase } from './industrial/database.mts';
import { industrialRoutes } from './industrial/routes.mts';
import { guard } from './gateway.mts';
import { appOf, Tokens, type App } from './login.mts';
import { m3Routes } from './m3Routes.mts';
import { defaultSettings, type IonSettings } from './settings.mts';
import { tokenServer } from './tokenServer.mts';

export interface IonOptions {
  seed?: number;
  /** How many customers; default 3,000. */
  customers?: number;
  /** How many suppliers, items, orders and invoices; default a tenth of the customers. */
  business?: number;
  /** Default ACME_DEM. */
  tenant?: string;
  /** Default 0: any free port. */
  apiPort?: number;
  tokenPort?: number;
  /** ms since 1970; default the system's clock. Tokens live by the system's clock. */
  clock?: () => number;
}

/** Infor's API gateway with an M3 behind it, and its authorization server on another port. */
export interface IonSimulator {
  apiUrl: string;
  tokenUrl: string;
  tenant: string;
  /** The text of an .ionapi file with a service account; an override of undefined leaves the key out. */
  ionapi(overrides?: Record<string, unknown>): string;
  /** The text of an .ionapi file of an app with the client credentials grant. */
  clientCredentialsIonapi(): string;
  settings: IonSettings;
  /** Strike on the gateway. */
  faults: Faults;
  /** Strike on the authorization server. */
  tokenFaults: Faults;
  requests: RequestLog;
  tokenRequests: RequestLog;
  m3: M3Database;
  industrial: IndustrialDatabase;
  financials: FinancialsDatabase;
  distribution: DistributionDatabase;
  ln: LnDatabase;
  /** ION's messaging service. */
  ims: ImsInbox;
  /** Every change by an MI program. */
  writes: M3Write[];
  tokens: Tokens;
  close(): Promise<void>;
}

const urlOf = (server: FastifyInstance): string =>
  `http://127.0.0.1:${(server.server.address() as AddressInfo).port}`;

const ionapiOf = (app: App, apiUrl: string, tokenUrl: string): Record<string, unknown> => ({
  ti: app.tenant,
  cn: 'Mailchimp sync',
  dt: '12',
  ci: app.withAccount.id,
  cs: app.withAccount.secret,
  iu: apiUrl,
  pu: `${tokenUrl}/${app.tenant}/as/`,
  oa: 'authorization.oauth2',
  ot: 'token.oauth2',
  or: 'revoke_token.oauth2',
  sc: [],
  ev: 'A1234567890',
  v: '1.1',
  saak: app.accessKey,
  sask: app.secretKey,
});

export async function startIonSimulator(options: IonOptions = {}): Promise<IonSimulator> {
  const { seed = 1, customers = 3000, tenant = 'ACME_DEM', apiPort = 0, tokenPort = 0 } = options;
  const { clock = Date.now } = options;
  const app = appOf(tenant);
  const settings = defaultSettings();
  const tokens = new Tokens(app, settings, Date.now);
  const now = (): number => clock() + settings.clockSkewMs;
  const m3 = new M3Database(now, seed, customers, options.business);
  const [faults, tokenFaults] = [new Faults(), new Faults()];
  const [requests, tokenRequests] = [new RequestLog(), new RequestLog()];
  const api = fastify({ forceCloseConnections: true, routerOptions: { ignoreTrailingSlash: false } });
  recordRequests(api, requests);
  guard(api, app, tokens, settings);
  injectFaults(api, faults);
  m3Routes(api, { db: m3, settings });
  const whole = { seed, customers, others: options.business };
  const industrial = new IndustrialDatabase(now, whole);
  industrialRoutes(api, industrial);
  const financials = new FinancialsDatabase(now, whole);
  financialsRoutes(api, financials);
  const distribution = new DistributionDatabase(now, whole);
  distributionRoutes(api, distribution);
  const ln = new LnDatabase(now, whole);
  lnRoutes(api, ln);
  const ims = new ImsInbox();
  imsRoutes(api, ims);
  const token = await tokenServer(app, tokens, tokenRequests, tokenFaults);
  await api.listen({ host: '127.0.0.1', port: apiPort });
  await token.listen({ host: '127.0.0.1', port: tokenPort });
  const file = ionapiOf(app, urlOf(api), urlOf(token));
  const ionapi = (overrides: Record<string, unknown> = {}): string =>
    JSON.stringify({ ...file, ...overrides });
  return {
    apiUrl: urlOf(api),
    tokenUrl: urlOf(token),
    tenant,
    ionapi,
    clientCredentialsIonapi: () => {
      const { id: ci, secret: cs } = app.withoutAccount;
      return ionapi({ ci, cs, saak: undefined, sask: undefined });
    },
    settings,
    faults,
    tokenFaults,
    requests,
    tokenRequests,
    m3,
    industrial,
    financials,
    distribution,
    ln,
    ims,
    writes: m3.writes,
    tokens,
    close: async () => {
      await Promise.all([api.close(), token.close()]);
    },
  };
}
