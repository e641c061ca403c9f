import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';
import { startIonSimulator, type IonOptions, type IonSimulator } from '../../../sandbox/ion/simulator.mts';
import type { Party } from '../../../sync/party.ts';
import { runNode, type NodeResult, type NodeRun } from '../../support/harness.mts';

/** One tenant, and the Infor CloudSuite node run against it inside n8n's engine. */
export interface Scene {
  ion: IonSimulator;
  /** The stored credential; n8n's updates land in it. */
  credential: ICredentialDataDecryptedObject;
  run(parameters: Record<string, unknown>, options?: Partial<NodeRun>): Promise<NodeResult>;
  /** Get Many with Return All. */
  read(parameters?: Record<string, unknown>): Promise<{ parties: Party[]; error?: NodeResult['error'] }>;
}

export async function startScene(options: IonOptions = {}): Promise<Scene> {
  const ion = await startIonSimulator({ customers: 60, ...options });
  const credential: ICredentialDataDecryptedObject = {
    ionApiSecretFile: ion.ionapi(),
    clientAuthentication: 'body',
    accessToken: '',
    refreshToken: '',
    refreshAt: '',
    loginHash: '',
  };
  const run: Scene['run'] = (parameters, rest = {}) =>
    runNode({
      type: 'inforCloudSuite',
      parameters: { productLine: 'm3', emailHome: 'MAIL', ...parameters },
      credentials: { ionApi: credential },
      ...rest,
    });
  return {
    ion,
    credential,
    run,
    read: async (parameters = {}) => {
      const result = await run({ resource: 'customer', operation: 'getAll', returnAll: true, ...parameters });
      return { parties: itemsOf(result) as unknown as Party[], error: result.error };
    },
  };
}

export const itemsOf = (result: NodeResult): IDataObject[] =>
  (result.outputs[0] ?? []).map(({ json }) => json);
