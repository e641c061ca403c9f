import { sleep, type IAdditionalCredentialOptions, type ICredentialDataDecryptedObject } from 'n8n-workflow';
import { createGateway, type Gateway } from '../../connectors/infor/gateway';
import { loginHashOf, parseIonApi, type IonApi } from '../../connectors/infor/ionapi';
import { createPort, type NodeFunctions } from './port';

export const ION_CREDENTIAL = 'ionApi';

/** The token is about to end, or belongs to another login than the file (a credential whose fields are expressions). */
function isStale(credentials: ICredentialDataDecryptedObject, ion: IonApi): boolean {
  if (!credentials.accessToken) return false;
  return Date.now() >= Number(credentials.refreshAt || 0) || credentials.loginHash !== loginHashOf(ion);
}

/**
 * The gateway that the node's credential names. Before each request the stored token's end is looked at, so a long
 * run renews it in time instead of meeting a 401. n8n renews a token that is passed to it blank, and stores it.
 * @throws ConnectorError for a file that cannot be used
 */
export async function gatewayOf(context: NodeFunctions): Promise<Gateway> {
  const read = (): Promise<ICredentialDataDecryptedObject> => context.getCredentials(ION_CREDENTIAL);
  const first = await read();
  const ion = parseIonApi(String(first.ionApiSecretFile ?? ''));
  const refresh = async (): Promise<IAdditionalCredentialOptions | undefined> => {
    const credentials = await read();
    if (!isStale(credentials, ion)) return undefined;
    const data = { ...credentials, accessToken: '' };
    return { credentialsDecrypted: { id: '', name: '', type: ION_CREDENTIAL, data } };
  };
  return createGateway({
    ion,
    port: createPort(context, ION_CREDENTIAL, refresh),
    sleep,
    maxRequestsPerSecond: Number(first.maxRequestsPerSecond ?? 0),
  });
}
