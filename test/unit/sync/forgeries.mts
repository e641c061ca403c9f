import { createHmac } from 'node:crypto';
import { seal, sha256Of } from '../../../sync/signature.ts';
import { BODIES, FORMS } from './forgedBodies.mts';
import { header, HEX, hmac, other, type Forge, type Genuine, type Post } from './genuine.mts';

const swapCase = (text: string): string =>
  [...text].map((c) => (c === c.toLowerCase() ? c.toUpperCase() : c.toLowerCase())).join('');

const SECRETS: Record<string, Forge> = {
  'one character off': ({ secret }, at) => ({ secret: other(secret, at, 'abXY09-_') }),
  'other case': ({ secret }) => ({ secret: swapCase(secret) }),
  shorter: ({ secret }, at) => ({ secret: secret.slice(0, at % secret.length) }),
  'without its start': ({ secret }, at) => ({ secret: secret.slice(1 + (at % (secret.length - 1))) }),
  longer: ({ secret }, at) => ({ secret: secret + HEX[at % 16]! }),
  padded: ({ secret }, at) => ({
    secret: [`${secret}=`, ` ${secret}`, `${secret}\n`, `${secret}\0`][at % 4]!,
  }),
  'an array of two': ({ secret }) => ({ secret: `${secret},${secret}` }),
  'its own hash': ({ hook }) => ({ secret: hook.secretHash }),
};

const digestOf = ({ signingSecret, time, body }: Genuine): string =>
  header(signingSecret, time, body).split('v1=')[1]!;
const signed = (genuine: Genuine, digest: string): Partial<Post> => ({
  signature: `t=${genuine.time},v1=${digest}`,
});

const SIGNATURES: Record<string, Forge> = {
  'one hex digit off': (g, at) => signed(g, other(digestOf(g), at, HEX)),
  'in capitals': (g) => signed(g, digestOf(g).toUpperCase()),
  'cut off': (g, at) => signed(g, digestOf(g).slice(0, at % 64)),
  'one digit too long': (g, at) => signed(g, digestOf(g) + HEX[at % 16]!),
  'in base64': (g) => signed(g, Buffer.from(digestOf(g), 'hex').toString('base64')),
  'behind a wrong one': (g, at) => signed(g, `${other(digestOf(g), at, HEX)},v1=${digestOf(g)}`),
  'of another version': (g, at) => ({
    signature: `t=${g.time},${['v0', 'V1', 'v11', 'xv1', 'v2'][at % 5]}=${digestOf(g)}`,
  }),
  'without a time': (g) => ({ signature: `v1=${digestOf(g)}` }),
  'without a digest': (g, at) => ({
    signature: [`t=${g.time}`, `t=${g.time},v1=`, '', 'undefined'][at % 4]!,
  }),
  'with another time': (g, at) => ({ signature: `t=${g.time + 1 + (at % 299)},v1=${digestOf(g)}` }),
  'with another time first': (g, at) => ({
    signature: `t=${g.time - 1 - (at % 9)},t=${g.time},v1=${digestOf(g)}`,
  }),
  'with an odd time': (g, at) => {
    const odd = [
      `+${g.time}`,
      `${g.time}.0`,
      `${g.time}e0`,
      `-${g.time}`,
      ` ${g.time}`,
      `0x${g.time.toString(16)}`,
      'NaN',
    ];
    return { signature: header(g.signingSecret, odd[at % odd.length]!, g.body) };
  },
  'of the body alone': (g) => signed(g, hmac(g.signingSecret, g.body)),
  'without the dot': (g) => signed(g, hmac(g.signingSecret, `${g.time}${g.body}`)),
  'by SHA-1': (g) =>
    signed(g, createHmac('sha1', g.signingSecret).update(`${g.time}.${g.body}`).digest('hex')),
  'with another secret': (g, at) => ({ signature: header(other(g.signingSecret, at, HEX), g.time, g.body) }),
  'with the URL’s secret': (g) => ({ signature: header(g.secret, g.time, g.body) }),
  'with no secret': (g) => ({ signature: header('', g.time, g.body) }),
  'with what lies in the database': (g) => ({
    signature: header(g.hook.sealedSigningSecret, g.time, g.body),
  }),
  'too old': (g, at) => ({ now: g.time + 301 + (at % 90_000) }),
  'from the future': (g, at) => ({ now: g.time - 301 - (at % 90_000) }),
};

const HOOKS: Record<string, Forge> = {
  'that is none': () => ({ hook: undefined }),
  'of somebody else': ({ hook, secret }, at) => ({
    hook: { ...hook, secretHash: sha256Of(other(secret, at, 'abXY09')) },
  }),
  'without a secret': ({ hook }) => ({ hook: { ...hook, secretHash: '' }, secret: '' }),
  'whose seal is damaged': ({ hook }, at) => ({
    hook: { ...hook, sealedSigningSecret: other(hook.sealedSigningSecret, at % 36, 'AZaz') },
  }),
  'whose seal is none': ({ hook, signingSecret }, at) => ({
    hook: { ...hook, sealedSigningSecret: [signingSecret, '.', '..', 'a.b.c', ' '][at % 5]! },
  }),
  'sealed with another password': ({ hook, signingSecret, secret }) => ({
    hook: { ...hook, sealedSigningSecret: seal(signingSecret, `${secret}x`) },
  }),
};

export const FORGERIES: Array<[string, Forge]> = Object.entries({
  SECRETS,
  SIGNATURES,
  BODIES,
  FORMS,
  HOOKS,
}).flatMap(([group, forges]) =>
  Object.entries(forges).map(([name, forge]): [string, Forge] => [`${group.toLowerCase()}: ${name}`, forge]),
);
