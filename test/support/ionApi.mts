import type { IonSimulator } from '../../sandbox/ion/simulator.mts';

/** What came back, as a client sees it that knows nothing of M3. */
export interface Answer {
  status: number;
  text: string;
  body: Record<string, unknown>;
  headers: Headers;
}

async function answerOf(response: Response): Promise<Answer> {
  const text = await response.text();
  const isJson = /json/.test(response.headers.get('content-type') ?? '');
  const body = isJson ? (JSON.parse(text) as Record<string, unknown>) : {};
  return { status: response.status, text, body, headers: response.headers };
}

export interface IonApi {
  keys: Record<string, string>;
  /** Asks the token endpoint with this form; the client's keys are in the body unless `basic` or `without` say so. */
  token(form: Record<string, string>, how?: { basic?: boolean; without?: boolean }): Promise<Answer>;
  /** A token by the password grant. */
  login(): Promise<string>;
  /** GET below `/{tenant}/M3/m3api-rest`. */
  get(path: string, token?: string): Promise<Answer>;
  /** The v2 API: `LstByNumber?CUNO=Y1` of CRS610MI by default. */
  mi(call: string, program?: string): Promise<Answer>;
  /** The v2 API with all records. */
  call(program: string, transaction: string, fields?: Record<string, string>): Promise<Answer>;
  /** The v2 API's POST; a string is sent as it is. */
  bulk(body: unknown, slash?: string): Promise<Answer>;
}

/** A plain client over fetch that shares no code with our connector. */
export function ionApi(ion: IonSimulator): IonApi {
  const keys = JSON.parse(ion.ionapi()) as Record<string, string>;
  const post = (url: string, body: string, headers: Record<string, string>): Promise<Answer> =>
    fetch(url, { method: 'POST', body, headers }).then(answerOf);
  let cached: Promise<string> | undefined;
  const api: IonApi = {
    keys,
    token: (form, { basic = false, without = false } = {}) => {
      const client = { client_id: keys.ci!, client_secret: keys.cs! };
      const body = new URLSearchParams({ ...(basic || without ? {} : client), ...form }).toString();
      const authorization = `Basic ${Buffer.from(`${keys.ci}:${keys.cs}`).toString('base64')}`;
      return post(`${keys.pu}${keys.ot}`, body, {
        'content-type': 'application/x-www-form-urlencoded',
        ...(basic ? { authorization } : {}),
      });
    },
    login: async () => {
      const { body } = await api.token({
        grant_type: 'password',
        username: keys.saak!,
        password: keys.sask!,
      });
      return String(body.access_token);
    },
    get: async (path, token) => {
      const bearer = token ?? (await (cached ??= api.login()));
      const headers = bearer ? { authorization: `Bearer ${bearer}` } : undefined;
      return fetch(`${keys.iu}/${keys.ti}/M3/m3api-rest${path}`, { headers }).then(answerOf);
    },
    mi: (call, program = 'CRS610MI') => api.get(`/v2/execute/${program}/${call}`),
    call: (program, transaction, fields = {}) =>
      api.mi(`${transaction}?${new URLSearchParams({ maxrecs: '0', ...fields }).toString()}`, program),
    bulk: async (body, slash = '') =>
      post(
        `${keys.iu}/${keys.ti}/M3/m3api-rest/v2/execute${slash}`,
        typeof body === 'string' ? body : JSON.stringify(body),
        {
          'content-type': 'application/json',
          authorization: `Bearer ${await (cached ??= api.login())}`,
        },
      ),
  };
  return api;
}

interface Part {
  transaction: string;
  records?: Array<Record<string, string>>;
  errorCode?: string;
  errorField?: string;
  errorMessage?: string;
  notProcessed?: boolean;
}

export const resultsOf = ({ body }: Answer): Part[] => body.results as Part[];

export const recordsOf = (answer: Answer): Array<Record<string, string>> => resultsOf(answer)[0]!.records!;
