import type { IDataObject } from 'n8n-workflow';
import { InforCloudSuiteTrigger } from '../../../nodes/InforCloudSuiteTrigger/InforCloudSuiteTrigger.node.ts';
import { PRODUCT_LINES } from '../../../connectors/infor/registry.ts';
import { InforCloudSuite } from '../../../nodes/InforCloudSuite/InforCloudSuite.node.ts';
import { editorOf } from '../../support/harness.mts';
import { Poller } from '../../support/poller.mts';
import { itemsOf, startScene, type Scene } from '../infor/scene.mts';
import { LINES } from './lines.mts';

let scene: Scene;
beforeEach(async () => void (scene = await startScene({ customers: 40 })));
afterEach(() => scene.ion.close());

const NAMES = { industrial: 'Name', financials: 'Name', distribution: 'name', ln: 'Name' };

async function run(parameters: Record<string, unknown>): Promise<IDataObject[]> {
  const result = await scene.run({ emailHome: '', ...parameters });
  if (result.error) throw new Error(result.error.message);
  return itemsOf(result);
}

test('where a product line keeps no cross-reference, one template still serves it', async () => {
  const supplier = { ...LINES[2], resource: 'supplier' };
  const read = { ...supplier, operation: 'getAll', returnAll: true, withCrossReference: true };
  expect(await run(read)).toHaveLength(scene.ion.distribution.table('supplier').size);
  const crossReference = { audienceId: 'a', contactId: 'c', addressHash: 'h', preference: 'subscribed' };
  const input = [{ number: '10001', crossReference }];
  const result = await scene.run({ ...supplier, operation: 'setCrossReference' }, { input });
  expect([result.error, itemsOf(result)]).toEqual([undefined, []]);
  expect(result.hints.join()).toContain('No cross-reference is kept');
});

describe.each(LINES)('$productLine', (line) => {
  const database = () => scene.ion[line.productLine];

  test('gives every object by Get Many, and one by Get', async () => {
    for (const resource of [
      'customer',
      'supplier',
      'item',
      'purchaseOrder',
      'invoice',
      'glAccount',
    ] as const) {
      const all = await run({ ...line, resource, operation: 'getAll', returnAll: true });
      expect(all).toHaveLength(database().table(resource).size);
      const [one] = await run({
        ...line,
        resource,
        operation: 'get',
        number: all[0]!.number,
        simplify: false,
      });
      expect(one).toMatchObject({ number: all[0]!.number, raw: expect.any(Object) });
    }
  });

  test('an unknown number says which, another product’s operation says why not', async () => {
    await expect(run({ ...line, resource: 'customer', operation: 'get', number: 'NOBODY' })).rejects.toThrow(
      '[INFOR_NOT_FOUND] There is no customer NOBODY.',
    );
    await expect(
      run({ productLine: 'distribution', resource: 'supplier', operation: 'update', number: '10001' }),
    ).rejects.toThrow('[INFOR_NOT_OFFERED]');
    await expect(
      run({ productLine: 'as400', resource: 'customer', operation: 'get', number: '1' }),
    ).rejects.toThrow('[INFOR_SETTING]');
  });

  test('a changed record starts the polling trigger once', async () => {
    const poller = new Poller(new InforCloudSuiteTrigger(), {
      type: 'inforCloudSuiteTrigger',
      parameters: { ...line, resource: 'customer', emailHome: '' } as IDataObject,
      credentials: { ionApi: scene.credential },
    });
    expect(await poller.poll()).toEqual([]);
    const number = [...database().table('customer').keys()][3]!;
    database().change('customer', number, { [NAMES[line.productLine]]: 'Renamed' });
    expect(await poller.poll()).toMatchObject([{ number, name: 'Renamed' }]);
    expect(await poller.poll()).toEqual([]);
  });

  test('a field name of the tenant’s own is used, and one that is none says so', async () => {
    const fieldNames = { field: [{ name: 'name', source: 'NoSuchField' }] };
    await expect(
      run({ ...line, resource: 'customer', operation: 'getAll', returnAll: true, fieldNames }),
    ).rejects.toThrow(/\[INFOR_FIELD\].*NoSuchField/);
  });

  test('its lists can be searched in the editor', async () => {
    const { listSearch } = new InforCloudSuite().methods;
    const type = PRODUCT_LINES.find(({ id }) => id === line.productLine)!;
    for (const list of Object.keys(type.lists)) {
      const parameters = { ...line, resource: 'customer', ido: 'SLCustomers', businessClass: 'Customer' };
      const editor = editorOf({
        type: 'inforCloudSuite',
        parameters,
        credentials: { ionApi: scene.credential },
      });
      const { results } = await listSearch[`search_${type.id}_${list}`]!.call(editor, '');
      if (!['properties', 'methods', 'fields'].includes(list)) expect(results.length).toBeGreaterThan(0);
    }
  });
});
