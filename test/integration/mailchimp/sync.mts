import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';
import { startMailchimpSimulator, type MailchimpSimulator } from '../../../sandbox/mailchimp/simulator.mts';
import type { Party } from '../../../sync/party.ts';
import type { RecordOutcome } from '../../../sync/types.ts';
import { runNode, type NodeResult } from '../../support/harness.mts';

/** One account with one audience, and the Sync Contacts operation run against it inside n8n's engine. */
export interface Scene {
  mailchimp: MailchimpSimulator;
  list: string;
  sync(
    parties: IDataObject[],
    parameters?: Record<string, unknown>,
    options?: IDataObject,
    credential?: ICredentialDataDecryptedObject,
  ): Promise<SyncRun>;
  /** The API's state of the audience: address → [status, first name, customer numbers]. */
  state(): Record<string, [string, unknown, unknown]>;
}

export interface SyncRun extends NodeResult {
  done: RecordOutcome[];
  skipped: RecordOutcome[];
  attention: RecordOutcome[];
}

export const customer = (number: string, change: Partial<Party> = {}): IDataObject => ({
  kind: 'customer',
  number,
  name: `Name ${number}`,
  emails: [`${number.toLowerCase()}@customer.example`],
  status: 'active',
  ...(change as IDataObject),
});

export const customers = (count: number, change: (i: number) => Partial<Party> = () => ({})): IDataObject[] =>
  Array.from({ length: count }, (_, i) => customer(`Y${100_000 + i}`, change(i)));

const MAPPING = { mappingMode: 'defineBelow', value: { FNAME: '={{ $json.name }}' }, schema: [] };

export async function startScene(): Promise<Scene> {
  const mailchimp = await startMailchimpSimulator();
  const list = mailchimp.audiences.create({
    name: 'Customers',
    mergeFields: [{ tag: 'CUSTNO', name: 'Customer number', type: 'text' }],
  }).id;
  const credentials = { mailchimpMarketingApi: { apiKey: mailchimp.apiKey, baseUrl: mailchimp.url } };
  return {
    mailchimp,
    list,
    sync: async (input, parameters = {}, options = {}, credential) => {
      const result = await runNode({
        type: 'mailchimpSync',
        parameters: {
          resource: 'contact',
          operation: 'sync',
          mode: 'apply',
          audience: { __rl: true, mode: 'id', value: list },
          mergeFields: MAPPING,
          newContactStatus: 'subscribed',
          options,
          ...parameters,
        },
        input,
        credentials: credential ? { mailchimpMarketingApi: credential } : credentials,
      });
      const [done, skipped, attention] = [0, 1, 2].map((i) =>
        (result.outputs[i] ?? []).map(({ json }) => json as unknown as RecordOutcome),
      );
      return { ...result, done: done!, skipped: skipped!, attention: attention! };
    },
    state: () =>
      Object.fromEntries(
        [...mailchimp.audiences.get(list)!.members.values()].map((member) => [
          member.email,
          [member.status, member.mergeFields.FNAME, member.mergeFields.CUSTNO],
        ]),
      ),
  };
}
