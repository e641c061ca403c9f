import type { IDataObject } from 'n8n-workflow';
import { itemsOf, startScene, type Scene } from '../infor/scene.mts';
import { LINES } from './lines.mts';

let scene: Scene;
beforeEach(async () => void (scene = await startScene({ customers: 40 })));
afterEach(() => scene.ion.close());

async function run(parameters: Record<string, unknown>): Promise<IDataObject[]> {
  const result = await scene.run({ emailHome: '', ...parameters });
  if (result.error) throw new Error(result.error.message);
  return itemsOf(result);
}

describe('raw calls', () => {
  const industrial = LINES[0];

  test('IDO: load, update with its item id, a stale one, invoke', async () => {
    const load = { ...industrial, resource: 'ido', operation: 'load', ido: 'SLCustomers', recordCap: '1' };
    const [row] = await run({ ...load, properties: 'CustNum,Name', orderBy: 'CustNum' });
    const update = {
      ...industrial,
      resource: 'ido',
      operation: 'update',
      ido: 'SLCustomers',
      itemId: row!._ItemId,
    };
    expect(await run({ ...update, idoFields: '{"Name":"Raw"}' })).toEqual([{ success: true }]);
    await expect(run({ ...update, idoFields: '{"Name":"Stale"}' })).rejects.toThrow(
      /\[INFOR_REFUSED\].*overtaken/,
    );
    const invoke = {
      ...industrial,
      resource: 'ido',
      operation: 'invoke',
      ido: 'SLCustomers',
      method: 'GetCustomerInfoSp',
    };
    expect(await run({ ...invoke, parameters: '["NOBODY"]' })).toMatchObject([{ returnValue: '16' }]);
    await expect(run({ ...invoke, parameters: 'anna@x.example' })).rejects.toThrow(
      '“Parameters” is no JSON.',
    );
  });

  test('Landmark: list with a filter, action with an outcome for each record', async () => {
    const base = { productLine: 'financials', resource: 'landmark', businessClass: 'Customer' };
    const rows = await run({
      ...base,
      operation: 'list',
      list: '_generic',
      fields: 'Customer,Name',
      limit: '5',
    });
    expect(rows).toHaveLength(5);
    const records = JSON.stringify([
      { Customer: rows[0]!.Customer, CustomerGroup: 'ACME', Name: 'Raw' },
      { Customer: 'NOBODY', CustomerGroup: 'ACME', Name: 'x' },
    ]);
    expect(await run({ ...base, operation: 'action', action: 'Update', records })).toMatchObject([
      { done: true },
      { done: false, because: 'gone' },
    ]);
  });

  test('SX API: a call, a table, and a message at 200 or 400 is an error either way', async () => {
    const base = { ...LINES[2], resource: 'sx' };
    const call = (name: string) => ({
      ...base,
      operation: 'call',
      call: { __rl: true, mode: 'name', value: name },
    });
    const [list] = await run({ ...call('sxapiargetcustomerlistv3'), request: '{"recordLimit":2}' });
    expect(JSON.stringify(list)).toContain('custNo');
    const table = { ...base, operation: 'fetchWhere', table: 'arsc', fields: 'custno,name', batchSize: '2' };
    expect(await run({ ...table, where: 'cono = 1' })).toHaveLength(2);
    for (const status of [200, 400] as const) {
      scene.ion.distribution.errorStatus = status;
      await expect(run({ ...call('sxapinosuchcall'), request: '{}' })).rejects.toThrow('[INFOR_REFUSED]');
    }
  });

  test('OData: query over the server’s pages, patch with its ETag, a stale one', async () => {
    const base = { ...LINES[3], resource: 'odata', entitySet: 'tcapi.comBusinessPartner/BusinessPartners' };
    scene.ion.ln.serverPage = 7;
    const rows = await run({ ...base, operation: 'query', limit: '20', select: 'BusinessPartner,Name' });
    expect(new Set(rows.map(({ BusinessPartner }) => BusinessPartner)).size).toBe(20);
    const patch = {
      ...base,
      operation: 'patch',
      entityKey: rows[0]!.BusinessPartner,
      etag: rows[0]!['@odata.etag'],
    };
    expect(await run({ ...patch, properties: '{"Name":"Raw"}' })).toEqual([{ success: true }]);
    await expect(run({ ...patch, properties: '{"Name":"Stale"}' })).rejects.toThrow(/HTTP 412/);
  });

  test('a next link to another host is not followed, and the token stays', async () => {
    scene.ion.ln.serverPage = 7;
    for (const linkBase of [
      'https://evil.example/ACME_DEM',
      'http://127.0.0.1:1/ACME_DEM',
      '//evil.example/x',
    ]) {
      scene.ion.ln.linkBase = linkBase;
      const query = { ...LINES[3], resource: 'odata', operation: 'query', limit: '20' };
      const set = { entitySet: 'tcapi.comBusinessPartner/BusinessPartners' };
      await expect(run({ ...query, ...set })).rejects.toThrow('[ION_OTHER_HOST]');
    }
  });
});
