import assert from 'node:assert/strict';
import { gatewayFor } from '../../support/gateway.mts';
import { errorOf, OPTIONS, read, type Check } from '../check.mts';
import type { LineUnderTest } from '../lineUnderTest.mts';

/** The same line behind another login. */
const behind = (line: LineUnderTest, ionapi: string): LineUnderTest => ({
  ...line,
  line: line.type.open(gatewayFor(ionapi), line.settings),
});

export const LOGIN: Check[] = [
  {
    name: 'a good login tells the system’s time',
    changes: false,
    run: async ({ line }) => assert.match(await line.serverCursor(), /^\d{1,18}$/),
  },
  {
    name: 'a wrong secret is refused with a clear error',
    changes: false,
    run: async (line) => {
      const { line: strange } = behind(line, line.ion.ionapi({ cs: 'wrong' }));
      assert.equal((await errorOf(strange.serverCursor())).errorCode, 'ION_TOKEN_REFUSED');
    },
  },
  {
    name: 'another tenant is refused with a clear error',
    changes: false,
    run: async (line) => {
      const { line: strange } = behind(line, line.ion.ionapi({ ti: 'OTHER_PRD' }));
      const { errorCode } = await errorOf(strange.serverCursor());
      assert.ok(['ION_TENANT_UNKNOWN', 'ION_TOKEN_REFUSED'].includes(errorCode), errorCode);
    },
  },
  {
    name: 'a token that ends in the middle of a list is renewed once, and the list is whole',
    changes: true,
    options: { customers: 2300 },
    run: async (line) => {
      const whole = line.screens.numbers('customer').length;
      let count = 0;
      for await (const page of line.line.list('customer', OPTIONS)) {
        if (count === 0) line.ion.tokens.revokeAll();
        count += page.length;
      }
      assert.equal(count, whole);
      assert.ok(line.ion.tokens.issued <= 2, `${line.ion.tokens.issued} tokens`);
    },
  },
  {
    name: 'a gateway that keeps refusing the token ends in a clear error',
    changes: true,
    run: async (line) => {
      line.ion.faults.add({ kind: 'answer', status: 401, times: 1000, body: { error: 'U14' } });
      assert.equal((await errorOf(read(line, 'customer'))).errorCode, 'ION_UNAUTHORIZED');
    },
  },
];
