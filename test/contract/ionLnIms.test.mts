import { startIonSimulator, type IonSimulator } from '../../sandbox/ion/simulator.mts';

/** The simulated product lines refuse what the real ones refuse; client programs of our own, without our connectors. */

let ion: IonSimulator;
let token: string;
beforeAll(async () => {
  ion = await startIonSimulator({ customers: 250 });
  const { pu, ot, ci, cs, saak, sask } = JSON.parse(ion.ionapi()) as Record<string, string>;
  const form = {
    grant_type: 'password',
    client_id: ci!,
    client_secret: cs!,
    username: saak!,
    password: sask!,
  };
  const answer = await fetch(`${pu}${ot}`, { method: 'POST', body: new URLSearchParams(form) });
  token = ((await answer.json()) as { access_token: string }).access_token;
});
afterAll(() => ion.close());

interface Options {
  method?: string;
  headers?: Record<string, string>;
  body?: unknown;
}

async function call(path: string, { method = 'GET', headers = {}, body }: Options = {}) {
  const response = await fetch(`${ion.apiUrl}/${ion.tenant}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const isJson = text.startsWith('{') || text.startsWith('[');
  return { status: response.status, body: (isJson ? JSON.parse(text) : text) as Record<string, unknown> };
}

describe('LN', () => {
  const set = '/LN/lnapi/odata/tcapi.comBusinessPartner/BusinessPartners';
  const headers = { 'x-infor-lncompany': '1000' };

  test.each([
    ['no company', set, {}, 400],
    ['an unknown company', set, { 'x-infor-lncompany': '9' }, 400],
    ['an unknown set', `${set}x`, headers, 404],
    ['an unknown property', `${set}?$select=Nonsense`, headers, 400],
    ['an unknown option', `${set}?$search=x`, headers, 400],
    ['an enumeration without its type', `${set}?$filter=BusinessPartnerStatus eq 'Active'`, headers, 400],
  ])('refuses %s', async (_what, path, given: Record<string, string>, status) => {
    const answer = await call(path, { headers: given });
    expect(answer.status).toBe(status);
    expect(answer.body).toHaveProperty('error.message');
  });

  test('wants If-Match, the newest ETag, and known properties', async () => {
    const number = [...ion.ln.table('customer').keys()][0]!;
    const patch = (more: Record<string, string>, body: object) =>
      call(`${set}('${number}')`, { method: 'PATCH', headers: { ...headers, ...more }, body });
    const etag = ion.ln.etagOf(ion.ln.table('customer').get(number)!);
    expect((await patch({}, { Name: 'x' })).status).toBe(428);
    expect((await patch({ 'if-match': 'W/"1"' }, { Name: 'x' })).status).toBe(412);
    expect((await patch({ 'if-match': etag }, { Nonsense: 'x' })).status).toBe(422);
    expect((await patch({ 'if-match': etag }, { Name: 'x'.repeat(40) })).status).toBe(422);
    expect((await patch({ 'if-match': etag }, { Name: 'x' })).status).toBe(204);
    expect((await patch({ 'if-match': etag }, { Name: 'y' })).status).toBe(412);
    expect((await call(set, { method: 'POST', headers, body: {} })).status).toBe(405);
  });
});

describe('ION’s messaging', () => {
  const message = (change: object) =>
    call('/IONSERVICES/api/ion/messaging/service/v2/message', {
      method: 'POST',
      body: {
        ...{ documentName: 'Sync.Item', messageId: '1', fromLogicalId: 'lid://infor.ims.mailchimp' },
        ...{ toLogicalId: 'lid://default' },
        document: { value: '<SyncItem/>', encoding: 'NONE', characterSet: 'UTF-8' },
        ...change,
      },
    });

  test.each([
    ['a name that is not verb and noun', { documentName: 'Item' }, 400],
    ['another root', { documentName: 'Sync.Other' }, 400],
    ['no message id', { messageId: '' }, 400],
    ['a logical id that is none', { toLogicalId: 'default' }, 400],
    ['an unknown connection point', { fromLogicalId: 'lid://infor.ims.x' }, 403],
    ['a document without encoding', { document: { value: '<SyncItem/>' } }, 400],
  ])('refuses %s', async (_what, change, status) => expect((await message(change)).status).toBe(status));

  test('takes a document with 201, and a repeat of it once', async () => {
    expect((await message({})).status).toBe(201);
    expect((await message({})).status).toBe(201);
    expect(ion.ims.messages).toHaveLength(1);
  });
});
