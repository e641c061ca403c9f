import { startMailchimpSimulator, type MailchimpSimulator } from '../../sandbox/mailchimp/simulator.mts';

const REDIRECT = 'http://127.0.0.1:5678/rest/oauth2-credential/callback';
const APP = { clientId: 'app', clientSecret: 'shh', redirectUri: REDIRECT };

let mailchimp: MailchimpSimulator;
beforeEach(async () => {
  mailchimp = await startMailchimpSimulator();
  mailchimp.oauth.apps.push(APP);
});
afterEach(() => mailchimp.close());

const authorize = (change: Record<string, string> = {}): Promise<Response> => {
  const query = {
    response_type: 'code',
    client_id: 'app',
    redirect_uri: REDIRECT,
    state: 'a b&c',
    ...change,
  };
  const url = `${mailchimp.url}/oauth2/authorize?${new URLSearchParams(query).toString()}`;
  return fetch(url, { redirect: 'manual' });
};

const codeOf = async (): Promise<string> =>
  new URL((await authorize()).headers.get('location')!).searchParams.get('code')!;

const formOf = (code: string, change: Record<string, string> = {}): URLSearchParams =>
  new URLSearchParams({
    grant_type: 'authorization_code',
    client_id: 'app',
    client_secret: 'shh',
    redirect_uri: REDIRECT,
    code,
    ...change,
  });

const redeem = (body: URLSearchParams | string, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`${mailchimp.url}/oauth2/token`, { method: 'POST', body, headers });

const metadata = async (authorization?: string): Promise<{ status: number; body: unknown }> => {
  const headers: Record<string, string> = authorization === undefined ? {} : { authorization };
  const response = await fetch(`${mailchimp.url}/oauth2/metadata`, { headers });
  return { status: response.status, body: await response.json() };
};

const ping = async (token: string): Promise<number> =>
  (await fetch(`${mailchimp.url}/3.0/ping`, { headers: { authorization: `Bearer ${token}` } })).status;

test('the login sends the browser back to the app with a code and its own state', async () => {
  const answer = await authorize();
  const target = new URL(answer.headers.get('location')!);
  expect(answer.status).toBe(302);
  expect(target.origin + target.pathname).toBe(REDIRECT);
  expect(target.searchParams.get('state')).toBe('a b&c');
});

test.each([
  ['a redirect address with a slash more', { redirect_uri: `${REDIRECT}/` }],
  ['localhost instead of 127.0.0.1', { redirect_uri: REDIRECT.replace('127.0.0.1', 'localhost') }],
  ['an unknown app', { client_id: 'other' }],
  ['another flow', { response_type: 'token' }],
])('the login sends nobody anywhere for %s', async (_what, change) => {
  const answer = await authorize(change);
  expect(answer.status).toBe(400);
  expect(answer.headers.get('location')).toBeNull();
});

test('a code gives a token that does not end and has neither scope nor refresh token', async () => {
  const token = (await (await redeem(formOf(await codeOf()))).json()) as Record<string, unknown>;
  expect(token).toEqual({ access_token: expect.any(String), expires_in: 0, scope: null });
  expect(await ping(String(token.access_token))).toBe(200);
});

test.each([
  ['a wrong secret', { client_secret: 'no' }],
  ['an unknown app', { client_id: 'other' }],
  ['another redirect address', { redirect_uri: `${REDIRECT}?x=1` }],
  ['another grant', { grant_type: 'refresh_token' }],
  ['an unknown code', { code: 'ffffffffffffffffffffffffffffffff' }],
])('no token for %s', async (_what, change) => {
  const answer = await redeem(formOf(await codeOf(), change));
  expect(answer.status).toBe(400);
  expect(await answer.json()).not.toHaveProperty('access_token');
});

test('a code is good once, also when the one time failed', async () => {
  const spent = await codeOf();
  expect((await redeem(formOf(spent))).status).toBe(200);
  expect((await redeem(formOf(spent))).status).toBe(400);
  const spoilt = await codeOf();
  expect((await redeem(formOf(spoilt, { client_secret: 'no' }))).status).toBe(400);
  expect((await redeem(formOf(spoilt))).status).toBe(400);
});

test('the app shows itself in a form: neither JSON nor a Basic header will do', async () => {
  const json = JSON.stringify(Object.fromEntries(formOf(await codeOf())));
  expect((await redeem(json, { 'content-type': 'application/json' })).status).toBe(400);
  const form = formOf(await codeOf());
  form.delete('client_id');
  form.delete('client_secret');
  const authorization = `Basic ${Buffer.from('app:shh').toString('base64')}`;
  expect((await redeem(form, { authorization })).status).toBe(400);
});

test('metadata tells where the account lives', async () => {
  expect(await metadata(`OAuth ${mailchimp.oauth.connect()}`)).toMatchObject({
    status: 200,
    body: { dc: 'us21', api_endpoint: mailchimp.url },
  });
});

test('metadata answers 200 without an endpoint for a token that is revoked, missing or shown as Bearer', async () => {
  const revoked = mailchimp.oauth.connect();
  mailchimp.oauth.revoke(revoked);
  const shown = [`OAuth ${revoked}`, undefined, 'OAuth ', `Bearer ${mailchimp.oauth.connect()}`];
  for (const authorization of shown) {
    const { status, body } = await metadata(authorization);
    expect({ status, body }).toMatchObject({ status: 200, body: { error: 'invalid_token' } });
    expect(body).not.toHaveProperty('api_endpoint');
  }
});

test('a revoked token opens the API no more, and others go on', async () => {
  const [gone, kept] = [mailchimp.oauth.connect(), mailchimp.oauth.connect()];
  mailchimp.oauth.revoke(gone);
  expect([await ping(gone), await ping(kept)]).toEqual([401, 200]);
});
