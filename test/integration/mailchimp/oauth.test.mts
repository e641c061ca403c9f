import axios from 'axios';
import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { placeOf } from '../../../connectors/mailchimp/metadata.ts';
import { startMailchimpSimulator, type MailchimpSimulator } from '../../../sandbox/mailchimp/simulator.mts';
import { runNode, type NodeResult } from '../../support/harness.mts';
import { MailchimpSyncTrigger } from '../../../nodes/MailchimpSyncTrigger/MailchimpSyncTrigger.node.ts';
import { startTrigger } from '../../support/trigger.mts';

let mailchimp: MailchimpSimulator;
let list: string;
beforeEach(async () => {
  mailchimp = await startMailchimpSimulator();
  list = mailchimp.audiences.create({ name: 'Customers' }).id;
  mailchimp.audiences.addMember(list, { email: 'anna@customer.example' });
});
afterEach(() => mailchimp.close());

const credential = (
  token: string,
  change: ICredentialDataDecryptedObject = {},
): ICredentialDataDecryptedObject => ({
  grantType: 'authorizationCode',
  authUrl: `${mailchimp.url}/oauth2/authorize`,
  accessTokenUrl: `${mailchimp.url}/oauth2/token`,
  clientId: 'app',
  clientSecret: 'shh',
  scope: '',
  authentication: 'body',
  loginUrl: mailchimp.url,
  oauthTokenData: { access_token: token, expires_in: 0, scope: null } as never,
  ...change,
});

const read = (data: ICredentialDataDecryptedObject): Promise<NodeResult> =>
  runNode({
    type: 'mailchimpSync',
    parameters: {
      authentication: 'oAuth2',
      resource: 'contact',
      operation: 'getAll',
      audience: { __rl: true, mode: 'id', value: list },
    },
    credentials: { mailchimpMarketingOAuth2Api: data },
  });

const seen = (path: string): number => mailchimp.requests.all.filter((one) => one.path === path).length;

test('a connected account is read where its metadata says it lives, asked once', async () => {
  const data = credential(mailchimp.oauth.connect());
  for (let run = 0; run < 3; run++) {
    const { outputs, error } = await read(data);
    expect(error).toBeUndefined();
    expect(outputs[0]).toMatchObject([{ json: { member: { email: 'anna@customer.example' } } }]);
  }
  expect(seen('/oauth2/metadata')).toBe(1);
});

test('a revoked connection says so, although Mailchimp answers 200', async () => {
  const token = mailchimp.oauth.connect();
  mailchimp.oauth.revoke(token);
  const { error } = await read(credential(token));
  expect(error?.message).toMatch(/^\[MAILCHIMP_NOT_CONNECTED\]/);
  expect(seen('/oauth2/token')).toBe(0);
});

test('one that is revoked later is not refreshed in vain, and says so too', async () => {
  const token = mailchimp.oauth.connect();
  await read(credential(token));
  mailchimp.oauth.revoke(token);
  const { error } = await read(credential(token));
  expect(error?.message).toMatch(/^\[MAILCHIMP_KEY_REFUSED\].*OAuth2/);
  expect(seen('/oauth2/token')).toBe(0);
});

test.each([undefined, {}, { access_token: '' }])(
  'a credential that was never connected (%j) says so',
  async (data) => {
    const { error } = await read(credential('', { oauthTokenData: data as never }));
    expect(error?.message).toMatch(/^\[MAILCHIMP_NOT_CONNECTED\]/);
    expect(mailchimp.requests.all).toEqual([]);
  },
);

test.each([
  'https://us21.api.mailchimp.com.evil.example',
  'https://evil.example/us21.api.mailchimp.com',
  'http://us21.api.mailchimp.com',
  'https://us21.api.mailchimp.com@evil.example',
  'http://127.0.0.1:9',
])('the token never goes to %s', async (api_endpoint) => {
  mailchimp.faults.add({ path: /metadata/, kind: 'answer', status: 200, body: { api_endpoint } });
  const { error } = await read(credential(mailchimp.oauth.connect()));
  expect(error?.message).toMatch(/^\[MAILCHIMP_OTHER_HOST\]/);
});

test('Mailchimp’s own hosts are trusted', async () => {
  const port = async () => ({
    status: 200,
    headers: {},
    body: { api_endpoint: 'https://us21.api.mailchimp.com' },
  });
  expect((await placeOf(port, 'https://login.mailchimp.com', 'x')).root).toBe(
    'https://us21.api.mailchimp.com/3.0',
  );
});

test.each(['answer', 'reset-before'] as const)(
  'while the login does not answer (%s), nothing is called a refusal',
  async (kind) => {
    mailchimp.faults.add({ path: /metadata/, kind, status: 503, times: 9 });
    const { error } = await read(credential(mailchimp.oauth.connect()));
    expect(error?.message).toMatch(/^\[MAILCHIMP_UNAVAILABLE\]/);
  },
);

test('the trigger registers and reads with it', async () => {
  const trigger = await startTrigger(new MailchimpSyncTrigger(), {
    type: 'mailchimpSyncTrigger',
    parameters: {
      authentication: 'oAuth2',
      audience: { __rl: true, mode: 'id', value: list },
      events: ['unsubscribe'],
      sources: ['user'],
    },
    credentials: { mailchimpMarketingOAuth2Api: credential(mailchimp.oauth.connect()) },
  });
  await trigger.activate();
  mailchimp.audiences.unsubscribe(list, 'anna@customer.example');
  await mailchimp.webhooks.idle();
  expect(trigger.runs).toMatchObject([[{ member: { status: 'unsubscribed' } }]]);
  await trigger.close();
});

test('the simulated login gives a token for a code, once, to the app that asked', async () => {
  const app = {
    clientId: 'app',
    clientSecret: 'shh',
    redirectUri: 'http://127.0.0.1:5678/rest/oauth2-credential/callback',
  };
  mailchimp.oauth.apps.push(app);
  const query = { response_type: 'code', client_id: 'app', redirect_uri: app.redirectUri, state: 's1' };
  const agreed = await axios.get(`${mailchimp.url}/oauth2/authorize`, {
    params: query,
    maxRedirects: 0,
    validateStatus: () => true,
  });
  const target = new URL(String(agreed.headers.location));
  expect(target.searchParams.get('state')).toBe('s1');
  const form = {
    grant_type: 'authorization_code',
    client_id: 'app',
    client_secret: 'shh',
    redirect_uri: app.redirectUri,
    code: target.searchParams.get('code')!,
  };
  const redeem = (change = {}) =>
    axios.post(`${mailchimp.url}/oauth2/token`, new URLSearchParams({ ...form, ...change }), {
      validateStatus: () => true,
    });
  const { data } = await redeem();
  expect(data).toEqual({ access_token: expect.any(String), expires_in: 0, scope: null });
  expect((await redeem()).status).toBe(400);
  const ping = { headers: { Authorization: `Bearer ${data.access_token}` } };
  expect((await axios.get(`${mailchimp.url}/3.0/ping`, ping)).status).toBe(200);
  const elsewhere = { ...query, redirect_uri: 'http://127.0.0.1:5678/' };
  const refused = await axios.get(`${mailchimp.url}/oauth2/authorize`, {
    params: elsewhere,
    validateStatus: () => true,
  });
  expect(refused.status).toBe(400);
});
