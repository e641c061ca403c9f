import { setTimeout as pause } from 'node:timers/promises';
import type { HttpPort } from '../../connectors/http/port.ts';
import { createGateway, type Gateway } from '../../connectors/infor/gateway.ts';
import { parseIonApi } from '../../connectors/infor/ionapi.ts';
import { renewToken, type Minted } from '../../connectors/infor/renewal.ts';
import { createMailchimp, type Mailchimp } from '../../connectors/mailchimp/api.ts';
import { apiRoot } from '../../connectors/mailchimp/login.ts';
import { axiosPort } from '../drivers/axiosPort.mts';
import type { PingConfig } from './config.mts';

const sleep = (ms: number): Promise<void> => pause(ms);

export interface Infor {
  /** Host of the gateway; nothing else of the file is ever shown. */
  host: string;
  tenant: string;
  /** A token of its own, for the question whether there is one. */
  login(): Promise<Minted>;
  gateway: Gateway;
}

/** The gateway of an .ionapi file, as n8n's credential does it: a token, and once a new one after a 401. */
export function inforOf({ ionapi, clientAuthentication }: PingConfig['infor']): Infor {
  const ion = parseIonApi(ionapi);
  let token = '';
  const login = async (): Promise<Minted> => {
    const minted = await renewToken({
      ...{ ion, clientAuthentication, refreshToken: '', failingToken: token },
      ...{ port: axiosPort(), sleep },
    });
    token = minted.accessToken;
    return minted;
  };
  const send: HttpPort = (request) =>
    axiosPort()({ ...request, headers: { ...request.headers, Authorization: `Bearer ${token}` } });
  const port: HttpPort = async (request) => {
    if (token === '') await login();
    const response = await send(request);
    if (response.status !== 401) return response;
    await login();
    return send(request);
  };
  return {
    host: new URL(ion.gatewayUrl).host,
    tenant: ion.tenant,
    login,
    gateway: createGateway({ ion, port, sleep, maxRequestsPerSecond: 0 }),
  };
}

export function mailchimpOf(config: PingConfig['mailchimp']): { host: string; mailchimp: Mailchimp } {
  const root = apiRoot(config);
  const mailchimp = createMailchimp({
    ...{ root, account: config.apiKey, plainPort: axiosPort(), sleep },
    port: axiosPort({ username: 'ping', password: config.apiKey }),
  });
  return { host: new URL(root).host, mailchimp };
}
