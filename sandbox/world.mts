import { startIonSimulator } from './ion/simulator.mts';
import { startMailchimpSimulator } from './mailchimp/simulator.mts';
import type { NewCredential } from './n8n/rest.mts';

/** Template 01 names this audience's id, so that it runs unchanged against the first audience of this name. */
export const AUDIENCE_NAME = 'Customers';

export interface WorldOptions {
  /** The same seed gives the same customers. */
  seed?: number;
  customers?: number;
  /** Default 0: any free port. */
  ports?: { api: number; token: number; mailchimp: number };
}

export type SandboxWorld = Awaited<ReturnType<typeof startWorld>>;

/** Both simulated systems, and the two credentials a user would create for them. */
export async function startWorld({ seed = 1, customers = 2500, ports }: WorldOptions = {}) {
  const ion = await startIonSimulator({ seed, customers, apiPort: ports?.api, tokenPort: ports?.token });
  const mailchimp = await startMailchimpSimulator({ port: ports?.mailchimp });
  const audience = mailchimp.audiences.create({ name: AUDIENCE_NAME });
  const credentials: NewCredential[] = [
    { name: 'Infor ION API account', type: 'ionApi', data: { ionApiSecretFile: ion.ionapi() } },
    {
      name: 'Mailchimp account',
      type: 'mailchimpMarketingApi',
      data: { apiKey: mailchimp.apiKey, baseUrl: mailchimp.url },
    },
  ];
  return {
    ion,
    mailchimp,
    audience,
    credentials,
    close: async (): Promise<void> => {
      await Promise.all([ion.close(), mailchimp.close()]);
    },
  };
}
