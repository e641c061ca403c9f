import type { IDataObject } from 'n8n-workflow';
import { itemsOf, startScene, type Scene } from '../infor/scene.mts';

let scene: Scene;
beforeEach(async () => void (scene = await startScene({ customers: 40 })));
afterEach(() => scene.ion.close());

async function run(parameters: Record<string, unknown>): Promise<IDataObject[]> {
  const result = await scene.run({ emailHome: '', ...parameters });
  if (result.error) throw new Error(result.error.message);
  return itemsOf(result);
}

describe('a BOD', () => {
  const send = (parameters: Record<string, unknown>, json: IDataObject = {}) =>
    scene.run({ resource: 'bod', operation: 'send', ...parameters }, { input: [json] });

  test.each(['message', 'multipart'])(
    'of a customer reaches ION by %s, once for each content',
    async (way) => {
      const [customer] = await run({ resource: 'customer', operation: 'get', number: 'Y30001' });
      const result = await send(
        { verb: 'Sync', content: 'party', bodOptions: { way, messageId: 'm-1' } },
        customer,
      );
      expect(itemsOf(result)).toEqual([{ documentName: 'Sync.CustomerPartyMaster', messageId: 'm-1' }]);
      await send({ verb: 'Sync', content: 'party', bodOptions: { way, messageId: 'm-1' } }, customer);
      expect(scene.ion.ims.messages).toHaveLength(1);
      expect(scene.ion.ims.messages[0]!.xml).toContain('<ID>Y30001</ID>');
    },
  );

  test('of any noun is sent as it is, and a wrong one is not', async () => {
    const xml = '<ProcessItemMaster><ApplicationArea/><DataArea/></ProcessItemMaster>';
    await send({ verb: 'Process', content: 'xml', noun: 'ItemMaster', xml });
    expect(scene.ion.ims.messages).toMatchObject([{ documentName: 'Process.ItemMaster', xml }]);
    const wrong = await send({ verb: 'Sync', content: 'xml', noun: 'ItemMaster', xml });
    expect(wrong.error?.message).toContain('[BOD_MALFORMED]');
  });

  test('from an unknown connection point is refused with ION’s word', async () => {
    const [customer] = await run({ resource: 'customer', operation: 'get', number: 'Y30001' });
    const result = await send({ fromLogicalId: 'lid://infor.ims.other' }, customer);
    expect(result.error?.message).toContain(
      '[BOD_REFUSED] ION did not take the document: Unknown connection point',
    );
  });

  test('of an item that is no party is an error that says what to connect', async () => {
    expect((await send({})).error?.message).toContain('[SYNC_INPUT]');
  });
});
