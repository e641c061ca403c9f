import { startIonSimulator, type IonSimulator } from '../../sandbox/ion/simulator.mts';
import { ionApi, type IonApi } from '../support/ionApi.mts';

/** The gateway and its authorization server keep what is known of Infor's: infor.md (a) 1 to 5. */

let ion: IonSimulator;
let api: IonApi;
const ANY = '/v2/execute/GENERAL/GetServerTime';

beforeEach(async () => {
  ion = await startIonSimulator({ customers: 5 });
  api = ionApi(ion);
});
afterEach(() => ion.close());

const password = (): Record<string, string> => ({
  grant_type: 'password',
  username: api.keys.saak!,
  password: api.keys.sask!,
});

test('tokens come from another host than data, and an unknown tenant is 404 on both', async () => {
  expect(new URL(ion.tokenUrl).host).not.toBe(new URL(ion.apiUrl).host);
  expect(api.keys.pu).toMatch(/\/ACME_DEM\/as\/$/);
  const headers = { authorization: `Bearer ${await api.login()}` };
  expect((await fetch(`${ion.apiUrl}/OTHER_TST/M3/m3api-rest${ANY}`, { headers })).status).toBe(404);
  const form = { method: 'POST', body: new URLSearchParams(password()) };
  expect((await fetch(`${ion.tokenUrl}/OTHER_TST/as/token.oauth2`, form)).status).toBe(404);
  expect((await fetch(`${ion.tokenUrl}/OTHER_TST/as/revoke_token.oauth2`, form)).status).toBe(404);
});

test('a client proves itself in the body or by Basic, and only as the tenant allows', async () => {
  const statuses = async (): Promise<number[]> => [
    (await api.token(password())).status,
    (await api.token(password(), { basic: true })).status,
    (await api.token(password(), { without: true })).status,
  ];
  expect(await statuses()).toEqual([200, 200, 401]);
  ion.settings.acceptedClientAuth = 'body';
  expect(await statuses()).toEqual([200, 401, 401]);
  ion.settings.acceptedClientAuth = 'header';
  expect(await statuses()).toEqual([401, 200, 401]);
});

test('refusals have the status and the word of OAuth', async () => {
  const refusal = async (form: Record<string, string>): Promise<unknown[]> => {
    const { status, body } = await api.token(form);
    return [status, body.error];
  };
  expect(await refusal({ ...password(), client_secret: 'wrong' })).toEqual([401, 'invalid_client']);
  expect(await refusal({ ...password(), password: 'wrong' })).toEqual([400, 'invalid_grant']);
  expect(await refusal({ ...password(), username: api.keys.saak!.replace('#', ' ') })).toEqual([
    400,
    'invalid_grant',
  ]);
  expect(await refusal({ grant_type: 'authorization_code' })).toEqual([400, 'unsupported_grant_type']);
  expect(ion.tokens.issued).toBe(0);
});

test('each app has its own grant: with a service account password, without one client_credentials', async () => {
  const { ci, cs } = JSON.parse(ion.clientCredentialsIonapi()) as Record<string, string>;
  const service = { client_id: ci!, client_secret: cs! };
  const wrong = { status: 400, body: { error: 'unauthorized_client' } };
  expect(await api.token({ grant_type: 'client_credentials' })).toMatchObject(wrong);
  expect(await api.token({ ...password(), ...service })).toMatchObject(wrong);
  const given = await api.token({ grant_type: 'client_credentials', ...service });
  expect((await api.get(ANY, String(given.body.access_token))).status).toBe(200);
});

test('a form that does not encode the characters of the service account is refused', async () => {
  const { ci, cs, saak, sask } = api.keys;
  const raw = `grant_type=password&client_id=${ci}&client_secret=${cs}&username=${saak}&password=${sask}`;
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  const answer = await fetch(`${api.keys.pu}${api.keys.ot}`, { method: 'POST', body: raw, headers });
  expect(answer.status).toBeGreaterThanOrEqual(400);
});

test('takes forms only', async () => {
  const headers = { 'content-type': 'application/json' };
  const body = JSON.stringify({ ...password(), client_id: api.keys.ci, client_secret: api.keys.cs });
  const answer = await fetch(`${api.keys.pu}${api.keys.ot}`, { method: 'POST', body, headers });
  expect([400, 415]).toContain(answer.status);
  expect(ion.tokens.issued).toBe(0);
});

test('gives a refresh token only where the app issues them, and each works once', async () => {
  expect((await api.token(password())).body).not.toHaveProperty('refresh_token');
  ion.settings.issueRefreshToken = true;
  const refresh_token = String((await api.token(password())).body.refresh_token);
  const form = { grant_type: 'refresh_token', refresh_token };
  expect((await api.token(form)).status).toBe(200);
  expect(await api.token(form)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
  ion.settings.issueRefreshToken = false;
  expect(await api.token(form)).toMatchObject({ status: 400, body: { error: 'unauthorized_client' } });
});

test('a refresh token works only for the app that it was given to', async () => {
  ion.settings.issueRefreshToken = true;
  const refresh_token = String((await api.token(password())).body.refresh_token);
  const { ci, cs } = JSON.parse(ion.clientCredentialsIonapi()) as Record<string, string>;
  const form = { grant_type: 'refresh_token', refresh_token };
  expect((await api.token({ ...form, client_id: ci!, client_secret: cs! })).status).toBe(400);
  expect((await api.token(form)).status).toBe(200);
});

test('missing, false, expired and revoked tokens are 401, and every refusal is in the request log', async () => {
  expect((await api.get(ANY, '')).status).toBe(401);
  expect((await api.get(ANY, 'false')).status).toBe(401);
  const token = await api.login();
  expect((await api.get(ANY, token)).status).toBe(200);
  const body = new URLSearchParams({ token, client_id: api.keys.ci!, client_secret: api.keys.cs! });
  expect((await fetch(`${api.keys.pu}${api.keys.or}`, { method: 'POST', body })).status).toBe(200);
  expect((await api.get(ANY, token)).status).toBe(401);
  ion.settings.tokenTtlSeconds = 0;
  const late = await api.token(password());
  expect(late.body.expires_in).toBe(0);
  expect((await api.get(ANY, String(late.body.access_token))).status).toBe(401);
  expect(ion.requests.all.map(({ status }) => status)).toEqual([401, 401, 200, 401, 401]);
});

test('all tokens can be revoked at once', async () => {
  const token = await api.login();
  ion.tokens.revokeAll();
  expect((await api.get(ANY, token)).status).toBe(401);
});

test('quota: 429 with and without Retry-After, on both hosts', async () => {
  ion.faults.add(
    { kind: 'answer', status: 429 },
    { kind: 'answer', status: 429, headers: { 'retry-after': '2' } },
  );
  const [bare, timed] = [await api.get(ANY), await api.get(ANY)];
  expect([bare.status, bare.headers.get('retry-after')]).toEqual([429, null]);
  expect([timed.status, timed.headers.get('retry-after')]).toEqual([429, '2']);
  expect((await api.get(ANY)).status).toBe(200);
  ion.tokenFaults.add({ kind: 'answer', status: 429 });
  expect((await api.token(password())).status).toBe(429);
});

test.each([500, 502, 503, 504])('a burst of %i with an HTML body passes', async (status) => {
  ion.faults.add({ kind: 'answer', status, times: 2, body: '<html><h1>Gateway</h1></html>' });
  const answers = [await api.get(ANY), await api.get(ANY), await api.get(ANY)];
  expect(answers.map((answer) => answer.status)).toEqual([status, status, 200]);
  expect(answers[0]!.headers.get('content-type')).toMatch(/html/);
});

test('the gateway refuses in JSON or in HTML', async () => {
  expect((await api.get(ANY, 'false')).body).toMatchObject({ error: { code: '401' } });
  ion.settings.gatewayErrorStyle = 'html';
  expect((await api.get(ANY, 'false')).text).toMatch(/^<html>/);
  expect((await api.get('/v2/nothing')).status).toBe(404);
});
