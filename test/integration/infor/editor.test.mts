import { InforCloudSuite } from '../../../nodes/InforCloudSuite/InforCloudSuite.node.ts';
import { editorOf } from '../../support/harness.mts';
import { itemsOf, startScene, type Scene } from './scene.mts';

/** What n8n's editor asks while somebody chooses an M3 transaction, and what the choice does. */

let scene: Scene;
beforeAll(async () => void (scene = await startScene({ customers: 3 })));
afterAll(() => scene.ion.close());
beforeEach(() => scene.ion.settings.deniedPrograms.clear());

const { listSearch } = new InforCloudSuite().methods;
const searchPrograms = listSearch.search_m3_programs!;
const searchTransactions = listSearch.search_m3_transactions!;
const { getInputFields } = new InforCloudSuite().methods.loadOptions;

const byName = (value: string) => ({ __rl: true, mode: 'name', value });
const choice = (program = '', transaction = '') => ({
  resource: 'm3Transaction',
  operation: 'call',
  program: byName(program),
  transaction: byName(transaction),
});
const editor = (program?: string, transaction?: string) =>
  editorOf({
    type: 'inforCloudSuite',
    parameters: { productLine: 'm3', ...choice(program, transaction) },
    credentials: { ionApi: scene.credential },
  });
const valuesOf = (options: Array<{ value: unknown }>): unknown[] => options.map(({ value }) => value);

test('programs come from the tenant, and the search ignores case', async () => {
  expect(valuesOf((await searchPrograms.call(editor(), 'crs610')).results)).toEqual(['CRS610MI']);
});

test('transactions are those of the chosen program', async () => {
  const { results } = await searchTransactions.call(editor('CRS111MI'));
  expect(valuesOf(results)).toEqual(expect.arrayContaining(['Add', 'Get', 'List']));
  expect((await searchTransactions.call(editor())).results).toEqual([]);
});

test('input fields are those of the chosen transaction, with what M3 demands', async () => {
  const fields = await getInputFields.call(editor('CRS610MI', 'GetBasicData'));
  expect(valuesOf(fields)).toEqual(expect.arrayContaining(['CUNO']));
  expect(fields.find(({ value }) => value === 'CUNO')?.name).toContain('(Required)');
  expect(await getInputFields.call(editor('CRS610MI'))).toEqual([]);
});

test('a user without rights to the lists is told which program it is', async () => {
  scene.ion.settings.deniedPrograms.add('MRS001MI');
  await expect(searchPrograms.call(editor())).rejects.toThrow(/\[M3_RIGHTS\].*MRS001MI/);
});

test('chosen fields reach the transaction', async () => {
  const inputFields = { field: [{ name: 'CUNO', value: '={{ $json.number }}' }] };
  const parameters = { ...choice('CRS610MI', 'GetBasicData'), specifyInput: 'fields', inputFields };
  const result = await scene.run(parameters, { input: [{ number: 'Y30001' }, { number: 'Y30002' }] });
  expect(itemsOf(result)).toMatchObject([{ CUNO: 'Y30001' }, { CUNO: 'Y30002' }]);
});

test('a list or an object is no value of a field, and is not sent as one', async () => {
  scene.ion.requests.clear();
  const fields = JSON.stringify({ CUNO: ['Y30001'] });
  const { error } = await scene.run({ ...choice('CRS610MI', 'GetBasicData'), specifyInput: 'json', fields });
  expect(error?.message).toContain('[M3_FIELD]');
  expect(error?.message).not.toContain('Y30001');
  expect(scene.ion.requests.all).toEqual([]);
});
