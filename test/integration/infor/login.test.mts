import { itemsOf, startScene, type Scene } from './scene.mts';

let scene: Scene;
beforeEach(async () => void (scene = await startScene()));
afterEach(() => scene.ion.close());

const time = () => scene.run({ resource: 'system', operation: 'getServerTime' });
const works = async (): Promise<boolean> => itemsOf(await time()).length === 1;

test('one token serves many runs at once, and is stored for the next ones', async () => {
  const results = await Promise.all(Array.from({ length: 50 }, () => works()));
  expect(results.every(Boolean)).toBe(true);
  expect(scene.ion.tokens.issued).toBe(1);
  await works();
  expect(scene.ion.tokens.issued).toBe(1);
  expect(scene.credential.accessToken).not.toBe('');
});

test('a token is renewed before its end, not by meeting a 401', async () => {
  scene.ion.settings.tokenTtlSeconds = 120;
  await works();
  scene.credential.refreshAt = String(Date.now() - 1);
  await new Promise((resolve) => setTimeout(resolve, 10));
  expect(await works()).toBe(true);
  expect(Number(scene.credential.refreshAt)).toBeGreaterThan(Date.now() + 80_000);
});

test('after a revocation 20 runs at once go on with one new token', async () => {
  await works();
  scene.ion.tokens.revokeAll();
  const issued = scene.ion.tokens.issued;
  expect((await Promise.all(Array.from({ length: 20 }, () => works()))).every(Boolean)).toBe(true);
  expect(scene.ion.tokens.issued).toBe(issued + 1);
});

test.each(['body', 'header'] as const)(
  'the client identifies itself in the %s where the user says so',
  async (style) => {
    scene.ion.settings.acceptedClientAuth = style;
    scene.credential.clientAuthentication = style;
    expect(await works()).toBe(true);
  },
);

test('an app with the client credentials grant works without a service account', async () => {
  scene.credential.ionApiSecretFile = scene.ion.clientCredentialsIonapi();
  expect(await works()).toBe(true);
});

test('a refresh token is used when there is one, and a refused one falls back to the service account', async () => {
  scene.ion.settings.issueRefreshToken = true;
  await works();
  expect(scene.credential.refreshToken).not.toBe('');
  scene.ion.tokens.revokeAll();
  expect(await works()).toBe(true);
  expect(scene.ion.tokenRequests.all.map(({ body }) => (body as Record<string, string>).grant_type)).toEqual([
    'password',
    'refresh_token',
  ]);
  scene.credential.refreshToken = 'unknown';
  scene.ion.tokens.revokeAll();
  expect(await works()).toBe(true);
});

test('a refresh token that the server does not replace is kept', async () => {
  scene.ion.settings.issueRefreshToken = true;
  await works();
  const { refreshToken } = scene.credential;
  // Answers as a server does whose refresh tokens stay the same: it gives none with the new access token.
  const now = { access_token: 'x', expires_in: 7200 };
  scene.ion.tokenFaults.add({ kind: 'answer', status: 200, body: now });
  scene.credential.refreshAt = '0';
  scene.ion.tokens.revokeAll();
  await time();
  expect(scene.ion.tokenFaults.struck).toBe(1);
  expect(scene.credential.refreshToken).toBe(refreshToken);
});

test('a gateway that refuses every token ends in a clear error, after one new token and not in a loop', async () => {
  await works();
  scene.ion.faults.add({ kind: 'answer', status: 401, body: { error: { message: 'no' } }, times: 99 });
  const issued = scene.ion.tokens.issued;
  const { error } = await time();
  expect(error?.message).toContain('[ION_UNAUTHORIZED]');
  expect(scene.ion.tokens.issued).toBe(issued + 1);
});

test('a token of another file is not used, even when it is stored with the credential', async () => {
  await works();
  scene.credential.loginHash = 'of another login';
  expect(await works()).toBe(true);
  expect(scene.credential.loginHash).not.toBe('of another login');
});

describe('what cannot work is explained, and tells no secret', () => {
  const secrets = ['sandbox-Secret_1', 's4ndb0x', 'sandbox+account'];
  const file = (change: Record<string, unknown>) => scene.ion.ionapi(change);

  test.each([
    ['no JSON', () => 'ti: ACME', 'ION_FILE_NOT_JSON'],
    ['a truncated file', () => file({}).slice(0, -20), 'ION_FILE_NOT_JSON'],
    ['no client id', () => file({ ci: undefined }), 'ION_FILE_KEY_MISSING'],
    ['no tenant', () => file({ ti: undefined }), 'ION_FILE_KEY_MISSING'],
    ['half a service account', () => file({ sask: undefined }), 'ION_FILE_KEY_MISSING'],
    [
      'a web app',
      () => file({ saak: undefined, sask: undefined, ru: 'https://app.example/callback' }),
      'ION_FILE_WRONG_APP',
    ],
    ['no address', () => file({ iu: 'mingle' }), 'ION_FILE_URL'],
    [
      'an unknown tenant',
      () => file({ ti: 'NOBODY', pu: `${scene.ion.tokenUrl}/NOBODY/as/` }),
      'ION_TENANT_UNKNOWN',
    ],
    ['a tenant that the gateway does not know', () => file({ ti: 'NOBODY' }), 'ION_TENANT_UNKNOWN'],
    ['a wrong client secret', () => file({ cs: 'wrong' }), 'ION_TOKEN_REFUSED'],
    ['an expired service account', () => file({ sask: 'wrong' }), 'ION_TOKEN_REFUSED'],
    ['a token server that is off', () => file({ pu: 'http://127.0.0.1:9/ACME_DEM/as/' }), 'ION_UNREACHABLE'],
  ])('%s', async (_case, content, code) => {
    scene.credential.ionApiSecretFile = content();
    const { error } = await time();
    const text = JSON.stringify([error?.message, error?.description, error?.context]);
    expect(error?.message).toContain(`[${code}]`);
    expect(error?.description).toBeTruthy();
    for (const secret of secrets) expect(text).not.toContain(secret);
  });

  test('a byte order mark, missing slashes and missing optional keys are no trouble', async () => {
    const { iu, pu } = JSON.parse(scene.ion.ionapi()) as { iu: string; pu: string };
    const text = file({
      iu: `${iu}//`,
      pu: pu.replace(/\/$/, ''),
      sc: undefined,
      ev: undefined,
      v: '1.0',
      or: undefined,
      oa: undefined,
    });
    scene.credential.ionApiSecretFile = `\uFEFF${text}\n`;
    expect(await works()).toBe(true);
  });
});

describe('when the token server stumbles', () => {
  test.each([
    ['429 with Retry-After', { kind: 'answer', status: 429, headers: { 'retry-after': '0' } }],
    ['429 without Retry-After', { kind: 'answer', status: 429 }],
    ['503', { kind: 'answer', status: 503 }],
    ['a reset', { kind: 'reset-before' }],
    ['a lost answer', { kind: 'reset-after' }],
    ['half an answer', { kind: 'truncate' }],
  ] as const)('%s is survived', async (_case, fault) => {
    scene.ion.tokenFaults.add(fault);
    expect(await works()).toBe(true);
    expect(scene.ion.tokenFaults.struck).toBe(1);
  });
});
