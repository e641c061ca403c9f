import fc from 'fast-check';
import { ConnectorError } from '../../../connectors/errors.ts';
import { parseIonApi } from '../../../connectors/infor/ionapi.ts';
import { readToken, refreshAt, tokenRequest } from '../../../connectors/infor/token.ts';

const SECRETS = { cs: 'canary-cs', saak: 'canary#saak', sask: 'canary+sask/=' };
const FILE = {
  ti: 'ACME_TST',
  ci: 'ACME_TST~client',
  iu: 'https://gateway.example',
  pu: 'https://login.example/ACME_TST/as/',
  ot: 'token.oauth2',
  ...SECRETS,
};

const errorOf = (work: () => unknown): ConnectorError => {
  try {
    work();
  } catch (error) {
    if (error instanceof ConnectorError) return error;
    throw error;
  }
  throw new Error('no error came');
};

const tellsSecret = (error: ConnectorError): boolean =>
  JSON.stringify([error.message, error.what, error.remedy, error.stack]).includes('canary');

test('no damage to the file makes anything but a clear error, and none tells a secret', () => {
  const text = JSON.stringify(FILE);
  fc.assert(
    fc.property(fc.nat(text.length), fc.nat(30), fc.string({ maxLength: 4 }), (start, length, put) => {
      try {
        parseIonApi(text.slice(0, start) + put + text.slice(start + length));
      } catch (error) {
        expect(error).toBeInstanceOf(ConnectorError);
        expect(tellsSecret(error as ConnectorError)).toBe(false);
      }
    }),
  );
});

test('whatever else the values are, the file is read or refused clearly', () => {
  const value = fc.oneof(fc.string(), fc.constantFrom(null, 7, true, [], {}));
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom(...Object.keys(FILE), 'ru', 'sc', 'zz'), value), (change) => {
      try {
        parseIonApi(JSON.stringify({ ...FILE, ...change }));
      } catch (error) {
        expect(error).toBeInstanceOf(ConnectorError);
      }
    }),
  );
});

test.each(['ti', 'ci', 'cs', 'iu', 'pu', 'ot', 'saak', 'sask'])('a missing “%s” is named', (key) => {
  const error = errorOf(() => parseIonApi(JSON.stringify({ ...FILE, [key]: undefined })));
  expect(error.errorCode).toBe('ION_FILE_KEY_MISSING');
  expect(error.what).toContain(`“${key}”`);
  expect(tellsSecret(error)).toBe(false);
});

test('slashes too many or too few do not change where the token comes from', () => {
  for (const pu of ['https://login.example/ACME_TST/as', 'https://login.example/ACME_TST/as//']) {
    for (const ot of ['token.oauth2', '/token.oauth2']) {
      expect(parseIonApi(JSON.stringify({ ...FILE, pu, ot })).tokenUrl).toBe(
        'https://login.example/ACME_TST/as/token.oauth2',
      );
    }
  }
});

test('every secret reaches the token server as it is, in the body and in the header', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1 }), fc.string({ minLength: 1 }), (accessKey, secretKey) => {
      const ion = { ...parseIonApi(JSON.stringify(FILE)), serviceAccount: { accessKey, secretKey } };
      const form = new URLSearchParams(tokenRequest(ion, 'body').body);
      expect([
        form.get('grant_type'),
        form.get('username'),
        form.get('password'),
        form.get('client_secret'),
      ]).toEqual(['password', accessKey, secretKey, SECRETS.cs]);
      const { headers, body } = tokenRequest(ion, 'header');
      expect(Buffer.from(headers.Authorization!.slice(6), 'base64').toString()).toBe(
        `${FILE.ci}:${SECRETS.cs}`,
      );
      expect(body).not.toContain('client_secret');
    }),
  );
});

test('a token is renewed before it ends and not at once, from two minutes to a day', () => {
  fc.assert(
    fc.property(fc.integer({ min: 120, max: 86_400 }), (lifetime) => {
      const at = refreshAt({ accessToken: 'x', refreshToken: '', lifetime }, 1000) - 1000;
      expect(at).toBeGreaterThanOrEqual((lifetime * 1000 * 3) / 4);
      expect(at).toBeLessThanOrEqual(lifetime * 1000 - 30_000);
    }),
  );
});

test.each([undefined, 'soon', 0, -1, null])(
  'an answer whose life is %p counts as two hours',
  (expires_in) => {
    const body = { access_token: 'x', expires_in };
    expect(readToken({ status: 200, headers: {}, body }).lifetime).toBe(7200);
  },
);

test.each([
  [400, { error: 'invalid_grant' }, 'ION_TOKEN_REFUSED'],
  [401, { error: 'invalid_client' }, 'ION_TOKEN_REFUSED'],
  [400, { error: 'canary-cs <script>' }, 'ION_TOKEN_REFUSED'],
  [403, 'canary-cs', 'ION_TOKEN_REFUSED'],
  [404, '', 'ION_TENANT_UNKNOWN'],
  [429, '', 'ION_THROTTLED'],
  [503, '', 'ION_UNAVAILABLE'],
  [200, '<html>canary-cs</html>', 'ION_TOKEN_ANSWER'],
  [200, { access_token: '' }, 'ION_TOKEN_ANSWER'],
  [200, null, 'ION_TOKEN_ANSWER'],
  [302, '', 'ION_TOKEN_REFUSED'],
])('HTTP %d with %j is the error %s and quotes nothing', (status, body, code) => {
  const error = errorOf(() => readToken({ status, headers: {}, body }));
  expect(error.errorCode).toBe(code);
  expect(tellsSecret(error)).toBe(false);
});
