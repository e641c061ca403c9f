import * as fc from 'fast-check';
import { NetworkFailure, type HttpPort, type HttpRequest } from '../../../connectors/http/port.ts';
import { knownPlaceOf, LOGIN_URL, placeOf } from '../../../connectors/mailchimp/metadata.ts';

const TOKEN = 'c0ffee00c0ffee00c0ffee00c0ffee00';

const answering =
  (body: unknown, status = 200): HttpPort =>
  async () => ({ status, headers: {}, body });

const naming = (api_endpoint: unknown): HttpPort => answering({ api_endpoint, user_id: 4711 });

const refusalOf = (port: HttpPort, loginUrl = LOGIN_URL): Promise<Error> =>
  placeOf(port, loginUrl, TOKEN).then(
    ({ root }) => new Error(`went to ${root}`),
    (error: Error) => error,
  );

test('every data center of Mailchimp’s is trusted, with or without a slash behind it', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.stringMatching(/^[a-z]{1,3}$/),
      fc.nat(999),
      fc.constantFrom('', '/'),
      async (region, number, slash) => {
        const host = `https://${region}${number}.api.mailchimp.com`;
        expect((await placeOf(naming(host + slash), LOGIN_URL, TOKEN)).root).toBe(`${host}/3.0`);
      },
    ),
  );
});

test('one character more or another one in the address, and the token stays', async () => {
  const right = 'https://us21.api.mailchimp.com';
  const near = fc
    .tuple(fc.nat(right.length), fc.integer({ min: 0, max: 1 }), fc.string({ minLength: 1, maxLength: 1 }))
    .map(([at, drop, other]) => right.slice(0, at) + other + right.slice(at + drop))
    .filter((url) => !/^https:\/\/[a-z]+[0-9]+\.api\.mailchimp\.com\/*$/.test(url));
  await fc.assert(
    fc.asyncProperty(near, async (url) => {
      expect((await refusalOf(naming(url))).message).toMatch(/^\[MAILCHIMP_OTHER_HOST\]/);
    }),
    { numRuns: 2000 },
  );
});

test.each([
  ['another port', 'http://proxy.example:8080', 'http://proxy.example:9090'],
  ['another scheme', 'https://proxy.example', 'http://proxy.example'],
  ['a longer name', 'https://proxy.example', 'https://proxy.example.evil.example'],
  ['a user name', 'https://proxy.example', 'https://proxy.example@evil.example'],
  ['no address', 'https://proxy.example', 'proxy.example'],
  ['nothing, where the login has no address either', 'proxy', 'evil'],
  ['an address without a server', 'proxy:x', 'data:evil'],
])('a server that the user named is not left for %s', async (_what, loginUrl, endpoint) => {
  expect((await refusalOf(naming(endpoint), loginUrl)).message).toMatch(/^\[MAILCHIMP_OTHER_HOST\]/);
});

test.each([{ error: 'invalid_token' }, {}, [], { api_endpoint: null }, { api_endpoint: 21 }])(
  'the answer %j without an endpoint means: connect again',
  async (body) => {
    expect((await refusalOf(answering(body))).message).toMatch(/^\[MAILCHIMP_NOT_CONNECTED\]/);
  },
);

test.each([
  ['MAILCHIMP_ANSWER', answering('<html>Sign in to the network</html>')],
  ['MAILCHIMP_ANSWER', answering('', 302)],
  ['MAILCHIMP_ANSWER', answering(null)],
  ['MAILCHIMP_THROTTLED', answering({ error: 'slow down' }, 429)],
  ['MAILCHIMP_UNAVAILABLE', answering({}, 503)],
  ['MAILCHIMP_UNREACHABLE', () => Promise.reject(new NetworkFailure('ECONNREFUSED'))],
])('%s, and not “connect again”, for an answer that says nothing of the token', async (code, port) => {
  expect((await refusalOf(port as HttpPort)).message).toContain(`[${code}]`);
});

test('no error repeats the token, nor the address that was given', async () => {
  for (const port of [naming('https://anna.example/secret'), answering({}), answering(TOKEN)]) {
    const error = await refusalOf(port);
    const told = JSON.stringify([error.message, error, error.stack]);
    expect(told).not.toContain(TOKEN);
    expect(told).not.toContain('anna.example');
  }
});

test('the token is shown as OAuth in the header, never in the address', async () => {
  const seen: HttpRequest[] = [];
  const port: HttpPort = async (request) => {
    seen.push(request);
    return naming('https://us21.api.mailchimp.com')(request);
  };
  await placeOf(port, LOGIN_URL, TOKEN);
  expect(seen).toEqual([
    { method: 'GET', url: `${LOGIN_URL}/oauth2/metadata`, headers: { Authorization: `OAuth ${TOKEN}` } },
  ]);
});

test('a place is remembered for its token and login only, and a refusal never', async () => {
  const asked: string[] = [];
  const port = (endpoint: unknown): HttpPort => {
    return async (request) => {
      asked.push(request.url);
      return naming(endpoint)(request);
    };
  };
  const ask = (token: string, endpoint: unknown, loginUrl = LOGIN_URL) =>
    knownPlaceOf(port(endpoint), loginUrl, { access_token: token }).catch((error: Error) => error.message);
  expect(await ask('first', undefined)).toContain('[MAILCHIMP_NOT_CONNECTED]');
  const first = await ask('first', 'https://us1.api.mailchimp.com');
  expect(await ask('first', 'https://us9.api.mailchimp.com')).toEqual(first);
  expect(asked).toHaveLength(2);
  expect(await ask('second', 'https://us2.api.mailchimp.com')).not.toEqual(first);
  expect(await ask('first', 'http://proxy.example', 'http://proxy.example')).not.toEqual(first);
  expect(asked).toHaveLength(4);
});
