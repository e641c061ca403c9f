import assert from 'node:assert/strict';
import type { Fault } from '../../../sandbox/kit/faults.mts';
import { ConnectorError } from '../../../connectors/errors.ts';
import { numbersOf, read, sorted, type Check } from '../check.mts';
import type { LineUnderTest } from '../lineUnderTest.mts';

const HTML = '<html><body>Sign in</body></html>';

const readingSurvives = (name: string, fault: Omit<Fault, 'path'>): Check => ({
  name: `reading survives ${name}, with every record`,
  changes: true,
  options: { customers: 2300 },
  run: async (line) => {
    const path = line.listPath('customer');
    for (const skip of [0, 1]) {
      line.ion.faults.clear();
      line.ion.faults.add({ ...fault, path, skip });
      assert.deepEqual(
        sorted(numbersOf(await read(line, 'customer'))),
        sorted(line.screens.numbers('customer')),
      );
      assert.equal(line.ion.faults.struck, fault.times ?? 1, 'the fault did not strike');
    }
  },
});

const neverShort = (name: string, fault: Omit<Fault, 'path'>, codes: string[]): Check => ({
  name: `reading during ${name} is a clear error, never a short list`,
  changes: true,
  options: { customers: 2300 },
  run: async (line) => {
    for (const skip of [0, 1]) {
      line.ion.faults.clear();
      line.ion.faults.add({ ...fault, times: 1000, path: line.listPath('customer'), skip });
      const error = await read(line, 'customer').catch((reason: unknown) => reason);
      assert.ok(error instanceof ConnectorError, `${String(error).slice(0, 200)}`);
      assert.ok(codes.includes(error.errorCode), error.errorCode);
    }
  },
});

const tellsNoSecret: Check = {
  name: 'no error repeats a secret, a token or an address of the body',
  changes: true,
  run: async (line: LineUnderTest) => {
    const { saak, sask, cs } = JSON.parse(line.ion.ionapi()) as Record<string, string>;
    const body = { message: `anna@secret.example ${sask}`, error: { message: `anna@secret.example ${cs}` } };
    for (const status of [400, 403, 500, 504]) {
      line.ion.faults.clear();
      line.ion.faults.add({ kind: 'answer', status, times: 1000, body });
      const error = await read(line, 'customer').catch((reason: unknown) => reason as Error);
      assert.ok(error instanceof ConnectorError);
      const told = `${error.message} ${error.remedy}`;
      for (const secret of [saak!, sask!, cs!, 'anna@secret.example'])
        assert.ok(!told.includes(secret), `${status}: ${told}`);
    }
  },
};

export const FAULTS: Check[] = [
  readingSurvives('429 without Retry-After', { kind: 'answer', status: 429, times: 2 }),
  readingSurvives('429 with Retry-After', { kind: 'answer', status: 429, headers: { 'retry-after': '0' } }),
  readingSurvives('a burst of 503', { kind: 'answer', status: 503, times: 2 }),
  readingSurvives('a 502 in HTML', { kind: 'answer', status: 502, body: HTML }),
  readingSurvives('a 504 of the gateway', { kind: 'answer-after', status: 504 }),
  readingSurvives('a closed connection', { kind: 'reset-before' }),
  readingSurvives('a lost answer', { kind: 'reset-after' }),
  readingSurvives('half of a body', { kind: 'truncate' }),
  neverShort('an outage', { kind: 'answer', status: 503 }, ['ION_UNAVAILABLE']),
  neverShort('a quota', { kind: 'answer', status: 429 }, ['ION_THROTTLED']),
  neverShort('a page of HTML with 200', { kind: 'answer', status: 200, body: HTML }, ['ION_ANSWER']),
  neverShort('an empty object with 200', { kind: 'answer', status: 200, body: {} }, [
    'ION_ANSWER',
    'INFOR_REFUSED',
  ]),
  neverShort('missing permission', { kind: 'answer', status: 403, body: HTML }, [
    'ION_FORBIDDEN',
    'INFOR_RIGHTS',
  ]),
  tellsNoSecret,
];
