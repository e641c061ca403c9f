import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventsOf, fieldsOf, isSetUpCall, isSignedPost } from '../../../sync/transactional/signature.ts';

/** The check agrees with every published vector, and with nothing that differs from one by a character. */

interface Vector {
  name: string;
  url: string;
  key: string;
  body: string;
  signature: string;
}

const FILE = join(process.cwd(), '../shared/specs/mailchimp/mandrill-signature-vectors.json');

if (existsSync(FILE)) {
  const vectors = JSON.parse(readFileSync(FILE, 'utf8')) as Vector[];
  test.each(vectors)('$name', ({ url, key, body, signature }) => {
    const fields = fieldsOf(Buffer.from(body))!;
    expect(isSignedPost(signature, url, fields, key)).toBe(true);
    expect(isSignedPost(signature, `${url}/`, fields, key)).toBe(false);
    expect(isSignedPost(signature, url, fields, `${key} `)).toBe(false);
    expect(isSignedPost(signature.toLowerCase(), url, fields, key)).toBe(false);
    expect(isSignedPost(signature, url, new Map([...fields, ['more', '']]), key)).toBe(false);
  });
} else {
  test.skip(`SKIPPED: the published vectors are absent (${FILE})`, () => undefined);
}

test('the set-up call is the empty batch under the key of tests, and nothing else', () => {
  const url = 'https://example.com/webhook';
  const fields = fieldsOf(Buffer.from('mandrill_events=%5B%5D'))!;
  const signature = 'w0287Pp/mlZMgekXJ4ut/zSzSwc=';
  expect(isSetUpCall(signature, url, fields)).toBe(true);
  expect(isSetUpCall(signature, url, new Map([...fields, ['x', 'y']]))).toBe(false);
  expect(isSetUpCall(signature, `${url}2`, fields)).toBe(false);
});

test('an empty key signs nothing', () => {
  expect(isSignedPost('', 'https://example.com', new Map(), '')).toBe(false);
});

test('a name twice and bytes that are no text are no post', () => {
  expect(fieldsOf(Buffer.from('a=1&a=2'))).toBeUndefined();
  expect(fieldsOf(Buffer.from([0x61, 0x3d, 0xff, 0xfe]))).toBeUndefined();
});

test.each(['', 'mandrill_events=', 'mandrill_events=%7B%7D', 'mandrill_events=null', 'other=%5B%5D'])(
  'a signed post without a list of events has none: %s',
  (body) => expect(eventsOf(fieldsOf(Buffer.from(body))!)).toBeUndefined(),
);
