import * as fc from 'fast-check';
import { createMailchimp } from '../../../connectors/mailchimp/api.ts';
import { apiRoot, dataCenterOf } from '../../../connectors/mailchimp/login.ts';
import { MailchimpMarketingApi } from '../../../credentials/MailchimpMarketingApi.credentials.ts';
import { axiosPort } from '../../../sandbox/drivers/axiosPort.mts';

const KEY = '0123456789abcdef0123456789abcdef';
const credential = new MailchimpMarketingApi();

test('the data center is what follows the last hyphen, also of a key pasted with spaces', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 999 }), fc.stringMatching(/^[ \t\n]{0,3}$/), (number, space) => {
      expect(dataCenterOf(`${space}${KEY}-us${number}${space}`)).toBe(`us${number}`);
      expect(apiRoot({ apiKey: `${KEY}-us${number}${space}`, baseUrl: '' })).toBe(
        `https://us${number}.api.mailchimp.com/3.0`,
      );
    }),
  );
});

test('a base URL overrides the key, with or without slash or version at its end', () => {
  for (const baseUrl of ['http://proxy.example', 'http://proxy.example/', ' http://proxy.example/3.0/ '])
    expect(apiRoot({ apiKey: KEY, baseUrl })).toBe('http://proxy.example/3.0');
});

test.each(['', KEY, `${KEY}-`, `${KEY}-21`, 'us21', `${KEY}-us21.evil.example/x`])(
  'a key that names no data center (case %#) leads nowhere, and the error does not repeat it',
  (apiKey) => {
    expect(() => apiRoot({ apiKey, baseUrl: '' })).toThrow('[MAILCHIMP_KEY_FORMAT]');
    try {
      apiRoot({ apiKey, baseUrl: '' });
    } catch (error) {
      expect(JSON.stringify([(error as Error).message, error])).not.toContain(KEY);
    }
  },
);

test('the credential sends the trimmed key as password and never changes the caller’s request', async () => {
  const options = { url: 'http://proxy.example/3.0/ping', headers: { a: 'b' } };
  const sent = await credential.authenticate({ apiKey: ` ${KEY}-us21\n`, baseUrl: '' }, options);
  expect(sent).toMatchObject({ ...options, auth: { password: `${KEY}-us21` } });
  expect(options).toEqual({ url: 'http://proxy.example/3.0/ping', headers: { a: 'b' } });
  await expect(credential.authenticate({ apiKey: KEY, baseUrl: '' }, options)).rejects.toThrow(
    '[MAILCHIMP_KEY_FORMAT]',
  );
});

test('a data center that does not exist is told apart from a network that is down', async () => {
  const call = async (code: string) => {
    const mailchimp = createMailchimp({
      root: 'http://mailchimp.invalid/3.0',
      account: `${KEY}-us21`,
      port:
        code === 'ENOTFOUND'
          ? axiosPort()
          : async () => axiosPort()({ method: 'GET', url: 'http://127.0.0.1:9' }),
      plainPort: axiosPort(),
      sleep: async () => undefined,
    });
    return await mailchimp.read({ method: 'GET', path: '/ping' }).catch((error: Error) => error.message);
  };
  // Where a resolver is unreachable altogether, Node says EAI_AGAIN instead of ENOTFOUND.
  expect(await call('ENOTFOUND')).toMatch(/\[MAILCHIMP_(DATA_CENTER|UNREACHABLE)\]/);
  expect(await call('ECONNREFUSED')).toContain('[MAILCHIMP_UNREACHABLE]');
});
