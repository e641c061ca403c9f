import axios, { isAxiosError, type AxiosBasicCredentials } from 'axios';
import { NetworkFailure, type HttpPort } from '../../connectors/http/port.ts';

function parsed(body: unknown): unknown {
  if (typeof body !== 'string') return body ?? '';
  try {
    return JSON.parse(body) as unknown;
  } catch {
    return body;
  }
}

/** The connectors' port without n8n: for tools and benchmarks. */
export const axiosPort =
  (auth?: AxiosBasicCredentials): HttpPort =>
  async ({ method, url, query, headers, body, timeoutMs, responseType }) => {
    try {
      const response = await axios.request({
        method,
        url,
        params: query,
        headers,
        data: body,
        auth,
        timeout: timeoutMs ?? 120_000,
        responseType: responseType === 'binary' ? 'arraybuffer' : 'text',
        transformResponse: (data: unknown) => data,
        validateStatus: () => true,
        maxRedirects: 0,
        proxy: false,
      });
      const names = Object.entries(response.headers).map(([name, value]) => [
        name.toLowerCase(),
        String(value),
      ]);
      const answer = responseType === 'binary' ? (response.data as unknown) : parsed(response.data);
      return { status: response.status, headers: Object.fromEntries(names), body: answer };
    } catch (error) {
      throw new NetworkFailure((isAxiosError(error) && error.code) || 'ECONNRESET');
    }
  };
