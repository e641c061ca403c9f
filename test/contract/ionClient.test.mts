import { Log, MIServiceCore } from '@infor-up/m3-odin';
import { from, lastValueFrom, type Observable } from 'rxjs';
import { startIonSimulator, type IonSimulator } from '../../sandbox/ion/simulator.mts';
import { ionApi } from '../support/ionApi.mts';

/**
 * Infor's own client, which we did not write, finds in the simulator what it expects of M3. The v2 API, which our
 * connector uses, is known to this client from release 8 on; release 7 speaks the older API to the same programs.
 */

interface HttpRequest {
  url: string;
  method: string;
  headers?: Record<string, string>;
}

interface HttpResponse {
  status: number;
  statusText: string;
  ok: boolean;
  url: string;
  body: unknown;
}

interface MiAnswer {
  items?: Array<Record<string, unknown>>;
  errorCode?: string;
  errorField?: string;
  errorMessage?: string;
}

interface MiClient {
  execute(request: Record<string, unknown>): Observable<MiAnswer>;
  getDefaultBaseUrl(version?: number): string;
}

type MiClientClass = new (http: { execute(request: HttpRequest): Observable<HttpResponse> }) => MiClient;

/** Like Angular's HTTP client: whatever is not 2xx is thrown as a response. */
async function send(request: HttpRequest, token: string): Promise<HttpResponse> {
  const headers = { ...request.headers, authorization: `Bearer ${token}` };
  const { status, statusText, ok, url, ...rest } = await fetch(request.url, {
    method: request.method,
    headers,
  }).then(async (answer) => ({
    status: answer.status,
    statusText: answer.statusText,
    ok: answer.ok,
    url: answer.url,
    text: await answer.text(),
  }));
  const response = { status, statusText, ok, url, body: JSON.parse(rest.text) as unknown };
  if (!ok) throw response;
  return response;
}

let ion: IonSimulator;
let client: MiClient;

beforeAll(() => void (Log.isConsoleLogEnabled = false));

beforeEach(async () => {
  ion = await startIonSimulator({ customers: 130 });
  const token = await ionApi(ion).login();
  const Client = MIServiceCore as unknown as MiClientClass;
  client = new Client({ execute: (request) => from(send(request, token)) });
});
afterEach(() => ion.close());

const knowsV2 = (MIServiceCore as unknown as MiClientClass).prototype.getDefaultBaseUrl
  .call({}, 2)
  .includes('/v2/');

describe.each([1, 2])('the official client against version %i', (version) => {
  // A release that knows no v2 would silently ask v1: then this promise is skipped, not kept.
  const promise = version === 2 && !knowsV2 ? test.skip : test;

  /** Release 7 rejects with the answer where M3 refuses, release 8 resolves with it. */
  const ask = (
    transaction: string,
    rest: Record<string, unknown> = {},
    program = 'CRS610MI',
  ): Promise<MiAnswer> =>
    lastValueFrom(
      client.execute({
        program,
        transaction,
        version,
        baseUrl: `${ion.apiUrl}/${ion.tenant}/M3`,
        enableCsrf: false,
        ...rest,
      }),
    ).catch((refused: unknown) => refused as MiAnswer);

  promise('reads a customer, blanks trimmed', async () => {
    const { items } = await ask('GetBasicData', { record: { CUNO: 'Y30000' } });
    const row = ion.m3.customers.get('Y30000')!;
    expect(items).toMatchObject([{ CUNO: 'Y30000', CUNM: row.CUNM, MAIL: row.MAIL, LMDT: row.LMDT }]);
    const path = version === 2 ? /m3api-rest\/v2\/execute/ : /m3api-rest\/execute/;
    expect(ion.requests.matching('GET', path)).toHaveLength(1);
  });

  promise('lists 100 by default, as many as asked, and only the fields asked for', async () => {
    expect((await ask('LstByNumber')).items).toHaveLength(100);
    expect((await ask('LstByNumber', { maxReturnedRecords: 0 })).items).toHaveLength(130);
    const { items } = await ask('LstByNumber', {
      company: '100',
      division: 'AAA',
      record: { CUNO: 'Y30010' },
      outputFields: ['CUNO', 'STAT'],
      maxReturnedRecords: 1,
    });
    expect(items).toHaveLength(1);
    expect(items![0]).toMatchObject({ CUNO: 'Y30010' });
    expect(items![0]).not.toHaveProperty('CUNM');
  });

  promise('sends names with every awkward character unharmed', async () => {
    const CUNM = `Smith & Søns' "#1" 50% ?;=+/ Łódź`;
    await ask('ChgBasicData', { record: { CUNO: 'Y30000', CUNM } });
    expect(ion.m3.customers.get('Y30000')!.CUNM).toBe(CUNM);
  });

  for (const style of ['http400', 'http200'] as const) {
    promise(`finds code, field and the clean message of a refusal (${style})`, async () => {
      ion.settings.m3ErrorStyle = style;
      expect(await ask('GetBasicData', { record: { CUNO: 'NOBODY' } })).toMatchObject({
        errorCode: 'WCU0203',
        errorField: 'CUNO',
        errorMessage: 'Customer number NOBODY does not exist',
      });
    });
  }
});
