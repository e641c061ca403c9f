import { createMailchimp, type Mailchimp } from '../../../connectors/mailchimp/api.ts';
import { axiosPort } from '../../../sandbox/drivers/axiosPort.mts';
import { startMailchimpSimulator, type MailchimpSimulator } from '../../../sandbox/mailchimp/simulator.mts';

export interface Account {
  simulator: MailchimpSimulator;
  mailchimp: Mailchimp;
  list: string;
  /** Every pause that the connector asked for, in ms; none is waited for. */
  pauses: number[];
}

/** The connector without n8n, against a simulated account with one audience. */
export async function startAccount(): Promise<Account> {
  const simulator = await startMailchimpSimulator();
  const pauses: number[] = [];
  const mailchimp = createMailchimp({
    root: `${simulator.url}/3.0`,
    account: simulator.apiKey,
    port: axiosPort({ username: 'anyone', password: simulator.apiKey }),
    plainPort: axiosPort(),
    sleep: async (ms) => void pauses.push(ms),
  });
  return { simulator, mailchimp, list: simulator.audiences.create({ name: 'Customers' }).id, pauses };
}
