import { stringify } from 'node:querystring';
import { FORM, header, type Forge, type Genuine, type Post } from './genuine.mts';

const changed = (text: string, before: string): Partial<Post> => ({
  rawBody: Buffer.from(text === before ? `${text}&a=b` : text),
});

export const BODIES: Record<string, Forge> = {
  'one byte off': ({ body }, at) => {
    const rawBody = Buffer.from(body);
    rawBody[at % rawBody.length]! ^= 1 << at % 8;
    return { rawBody };
  },
  'cut off': ({ body }, at) => ({ rawBody: Buffer.from(body).subarray(0, at % body.length) }),
  longer: ({ body }, at) => ({ rawBody: Buffer.from(body + ['&', '\n', '&a=b', ' ', '\0'][at % 5]!) }),
  'longer at its start': ({ body }, at) => ({
    rawBody: Buffer.from(['&', '\uFEFF', 'a=b&', '.'][at % 4]! + body),
  }),
  'encoded anew with %20': ({ body }) => changed(body.replaceAll('+', '%20'), body),
  'encoded anew in small hex': ({ body }) =>
    changed(
      body.replace(/%../g, (x) => x.toLowerCase()),
      body,
    ),
  'encoded anew without brackets': ({ body }) =>
    changed(decodeURIComponent(body.replaceAll('%26', '%2526')), body),
  'in another order': ({ body }) => changed(body.split('&').reverse().join('&'), body),
  'as n8n would serialise it': ({ body }) =>
    changed(stringify(Object.fromEntries(new URLSearchParams(`${body}&z=`))), body),
  'as JSON': ({ body }) => ({
    rawBody: Buffer.from(JSON.stringify(Object.fromEntries(new URLSearchParams(body)))),
  }),
  missing: (_, at) => ({ rawBody: at % 2 ? undefined : Buffer.alloc(0) }),
};

/** Signed as they should be: what is wrong shows only in the form itself. */
const resigned = (g: Genuine, body: string | Buffer, contentType = FORM): Partial<Post> => ({
  rawBody: Buffer.from(body as string),
  signature: header(g.signingSecret, g.time, body),
  contentType,
});
const PARTS = [
  '&%=1',
  '&a=%GG',
  '&a=%C3',
  '&%FF=1',
  '&__proto__=1',
  '&data[__proto__][x]=1',
  '&constructor[prototype][x]=1',
].concat(
  [
    '&data[constructor]=1',
    '&type=subscribe',
    '&data=1',
    '&data[email][x]=1',
    '&a[b][c][d][e][f][g]=1',
    '&a[]=1',
    '&[a]=1',
  ],
  [
    '&=1',
    '&a[b=1',
    '&a]b[=1',
    '&a[b]c=1',
    '&a[[b]]=1',
    '&data%5B__proto__%5D=1',
    '&a=1&a=1',
    '&%5F%5Fproto__[x]=1',
  ],
);
const TYPES = [
  '',
  'application/json',
  'text/plain',
  'multipart/form-data',
  `${FORM}x`,
  `x${FORM}`,
  `${FORM},text/plain`,
].concat([`text/plain;${FORM}`, `${FORM}/x`, 'undefined', 'application/x-www-form', `a\n${FORM}`]);

export const FORMS: Record<string, Forge> = {
  'with a part that nobody honest sends': (g, at) => resigned(g, g.body + PARTS[at % PARTS.length]!),
  'of such a part alone': (g, at) => resigned(g, PARTS[at % 8]!.slice(1)),
  'of another type': (g, at) => resigned(g, g.body, TYPES[at % TYPES.length]!),
  'of nothing but separators': (g, at) => resigned(g, '&'.repeat(1 + (at % 9))),
  'with too many pairs': (g, at) =>
    at % 20
      ? resigned(g, `${g.body}&%`)
      : resigned(g, g.body + [...Array(1000).keys()].map((n) => `&k${n}=`).join('')),
  'too large': (g, at) =>
    at % 50 ? resigned(g, `${g.body}&a[`) : resigned(g, `${g.body}&z=${'z'.repeat(256 * 1024)}`),
};
