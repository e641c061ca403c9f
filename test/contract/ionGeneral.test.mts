import { startIonSimulator, type IonSimulator } from '../../sandbox/ion/simulator.mts';
import { ionApi, recordsOf, type IonApi } from '../support/ionApi.mts';

/** The programs that tell of the user and of the programs themselves: infor.md §3.6. */

let ion: IonSimulator;
let api: IonApi;

beforeEach(async () => {
  ion = await startIonSimulator({ customers: 40 });
  api = ionApi(ion);
});
afterEach(() => ion.close());

const rows = async (...asked: Parameters<IonApi['call']>): Promise<Array<Record<string, string>>> =>
  recordsOf(await api.call(...asked));
const refusal = async (...asked: Parameters<IonApi['call']>): Promise<unknown> => {
  const { status, body } = await api.call(...asked);
  return [status, body.errorCode];
};

test('the user is the service account’s own; another is not there', async () => {
  const [{ ZZUSID, ZDCONO } = {}] = await rows('GENERAL', 'GetUserInfo');
  expect(await rows('MNS150MI', 'GetUserData')).toMatchObject([{ USID: ZZUSID, CONO: ZDCONO }]);
  expect(await refusal('MNS150MI', 'GetUserData', { USID: 'OTHER' })).toEqual([400, 'WUS0503']);
});

test('what the repository lists can be called, and its fields are those that calls are held to', async () => {
  for (const { MINM } of await rows('MRS001MI', 'LstPrograms'))
    expect((await rows('MRS001MI', 'LstTransactions', { MINM: MINM! })).length).toBeGreaterThan(0);
  const fields = await rows('MRS001MI', 'LstFields', { MINM: 'CRS111MI', TRNM: 'Add', TRTP: 'I' });
  expect(fields.map(({ FLNM, LENG, MAND }) => [FLNM, LENG, MAND])).toEqual([
    ['EMTP', '2', '1'],
    ['EMKY', '10', '1'],
    ['EMAL', '60', '0'],
  ]);
  const list = await rows('MRS001MI', 'LstFields', { MINM: 'CRS610MI', TRNM: 'GetFinancial', TRTP: 'O' });
  const types = new Map(list.map(({ FLNM, TYPE }) => [FLNM, TYPE]));
  expect(['CUNO', 'CRL2', 'LMDT'].map((name) => types.get(name))).toEqual(['A', 'N', 'D']);
  expect(await refusal('MRS001MI', 'LstTransactions', { MINM: 'NONEMI' })).toEqual([400, 'XRE0103']);
});

test.each(['constructor', 'toString', '__proto__'])(
  '%s is neither a program nor a transaction',
  async (name) => {
    expect(await refusal(name, 'Get')).toEqual([400, 'XMI0001']);
    expect(await refusal('CRS610MI', name)).toEqual([400, 'XMI0002']);
  },
);
