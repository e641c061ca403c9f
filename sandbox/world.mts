import { Clock } from './kit/clock.mts';
import { startIonSimulator } from './ion/simulator.mts';
import { startMailchimpSimulator } from './mailchimp/simulator.mts';
import { startMandrillSimulator } from './mandrill/simulator.mts';
import type { NewCredential } from './n8n/rest.mts';

/** Template 01 names this audience's id, so that it runs unchanged against the first audience of this name. */
export const AUDIENCE_NAME = 'Customers';

/** Template 06 names this store. */
export const STORE_ID = 'shop';

export interface WorldOptions {
  /** The same seed gives the same customers. */
  seed?: number;
  customers?: number;
  /** Default 0: any free port. */
  ports?: { api: number; token: number; mailchimp: number };
}

export type SandboxWorld = Awaited<ReturnType<typeof startWorld>>;

/** The simulated systems, and the credentials a user would create for them. */
export async function startWorld({ seed = 1, customers = 2500, ports }: WorldOptions = {}) {
  const clock = new Clock();
  const { now } = clock;
  const [apiPort, tokenPort] = [ports?.api, ports?.token];
  const ion = await startIonSimulator({ seed, customers, apiPort, tokenPort, clock: now });
  const mailchimp = await startMailchimpSimulator({
    ...{ port: ports?.mailchimp, clock: now },
    // n8n refuses a signature that is older or newer than five minutes by its own clock, which nobody moves.
    receiverClock: Date.now,
  });
  const mandrill = await startMandrillSimulator({ clock: now });
  const audience = mailchimp.audiences.create({ name: AUDIENCE_NAME });
  mailchimp.shop.createStore({ id: STORE_ID, listId: audience.id });
  const credentials: NewCredential[] = [
    { name: 'Infor ION API account', type: 'ionApi', data: { ionApiSecretFile: ion.ionapi() } },
    {
      name: 'Mailchimp account',
      type: 'mailchimpMarketingApi',
      data: { apiKey: mailchimp.apiKey, baseUrl: mailchimp.url },
    },
    {
      name: 'Mailchimp Transactional account',
      type: 'mailchimpTransactionalApi',
      data: { apiKey: mandrill.apiKey, baseUrl: `${mandrill.url}/api/1.4` },
    },
  ];
  return {
    /** Moves all three together. */
    clock,
    ion,
    mailchimp,
    mandrill,
    audience,
    credentials,
    close: async (): Promise<void> => {
      await Promise.all([ion.close(), mailchimp.close(), mandrill.close()]);
    },
  };
}
