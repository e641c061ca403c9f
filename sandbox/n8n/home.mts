import { createServer, type AddressInfo } from 'node:net';
import { withNodeFirst } from './run.mts';
import type { Tools } from './tools.mts';

/** The owner of the local n8n. Not a secret: it listens on 127.0.0.1 only and holds invented data. */
export const OWNER = {
  email: 'owner@sandbox.example',
  password: 'Sandbox-0wner',
  /** bcrypt of the password above, as N8N_INSTANCE_OWNER_PASSWORD_HASH wants it. */
  passwordHash: '$2a$10$r/ZJh9TwXpbU4vnVgUIYCOyPwheSsVN64SqAFq1KFOpndUlQ30ix2',
};

export interface Home {
  /** N8N_USER_FOLDER. */
  folder: string;
  /** n8n's own address, such as http://127.0.0.1:5678. */
  url: string;
  env: NodeJS.ProcessEnv;
}

/** A port that nobody uses; the system's choice when `wanted` is taken or 0. */
export function freePort(wanted = 0): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', (error) => (wanted === 0 ? reject(error) : resolve(freePort(0))));
    probe.listen(wanted, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}

/** Only this machine, nothing leaves it: no telemetry, no update check, no template library, no licence server. */
const QUIET = {
  N8N_DIAGNOSTICS_ENABLED: 'false',
  N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
  N8N_VERSION_NOTIFICATIONS_WHATS_NEW_ENABLED: 'false',
  N8N_TEMPLATES_ENABLED: 'false',
  N8N_HIRING_BANNER_ENABLED: 'false',
  N8N_PERSONALIZATION_ENABLED: 'false',
  N8N_DYNAMIC_BANNERS_ENABLED: 'false',
  N8N_LICENSE_AUTO_RENEW_ENABLED: 'false',
  N8N_VERIFIED_PACKAGES_ENABLED: 'false',
  N8N_PYTHON_ENABLED: 'false',
  N8N_DISABLED_MODULES: 'mcp-registry,instance-ai,agents,insights,chat-hub',
};

const OWNER_BY_ENVIRONMENT = {
  N8N_INSTANCE_OWNER_MANAGED_BY_ENV: 'true',
  N8N_INSTANCE_OWNER_EMAIL: OWNER.email,
  N8N_INSTANCE_OWNER_FIRST_NAME: 'Sandbox',
  N8N_INSTANCE_OWNER_LAST_NAME: 'Owner',
  N8N_INSTANCE_OWNER_PASSWORD_HASH: OWNER.passwordHash,
};

/** Variables of the caller's own n8n must not reach this one, nor jest's NODE_ENV=test, with which n8n ends at once. */
const foreign = (name: string): boolean =>
  /^(N8N_|DB_|EXECUTIONS_|QUEUE_|WEBHOOK_URL|npm_|NODE_ENV$|NODE_OPTIONS$|JEST_)/.test(name);

/**
 * Settles where an n8n lives and listens.
 * @param wantedPort tried first; another free one is taken when it is busy
 */
export async function createHome(folder: string, tools: Tools, wantedPort = 0): Promise<Home> {
  const port = await freePort(wantedPort);
  const url = `http://127.0.0.1:${port}`;
  const inherited = Object.fromEntries(Object.entries(process.env).filter(([name]) => !foreign(name)));
  const env = {
    ...inherited,
    ...QUIET,
    ...OWNER_BY_ENVIRONMENT,
    N8N_USER_FOLDER: folder,
    // Fixed, so that a second start can read the credentials of the first.
    N8N_ENCRYPTION_KEY: 'only-for-the-local-sandbox',
    N8N_HOST: '127.0.0.1',
    N8N_LISTEN_ADDRESS: '127.0.0.1',
    N8N_PORT: String(port),
    N8N_PROTOCOL: 'http',
    N8N_SECURE_COOKIE: 'false',
    // Two n8n processes on one machine would otherwise fight for port 5679.
    N8N_RUNNERS_BROKER_PORT: String(await freePort()),
    GENERIC_TIMEZONE: 'UTC',
  };
  return { folder, url, env: withNodeFirst(tools.node, env) };
}
