import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import type { RecordKind } from '../../../sync/record.ts';
import { change, forEachKind, numbersOf, read, sorted, type Check } from '../check.mts';
import type { LineUnderTest } from '../lineUnderTest.mts';

/** The system's time after everything so far; where rows alone tell it, a customer's change makes the moment its own. */
async function cursorNow({ line, screens, ion, clockStepMs = 5 }: LineUnderTest): Promise<string> {
  const step = async (): Promise<void> => {
    if (clockStepMs > 50) ion.settings.clockSkewMs += clockStepMs;
    else await pause(clockStepMs);
  };
  screens.rename('customer', screens.numbers('customer').at(-1)!, 'The newest');
  await step();
  const cursor = await line.serverCursor();
  await step();
  return cursor;
}

/** Without the row that stands for the clock. */
async function since(line: LineUnderTest, kind: RecordKind, changedSince: string): Promise<string[]> {
  const numbers = numbersOf(await read(line, kind, { changedSince }));
  const clock = kind === 'customer' && line.clock === 'row' ? line.screens.numbers(kind).at(-1) : undefined;
  return numbers.filter((number) => number !== clock);
}

const EXACTLY = forEachKind(
  'after one change, what changed since before it is exactly that record',
  'changes',
  {
    changes: true,
    run: async (line, kind) => {
      const cursor = await cursorNow(line);
      const [, number] = line.screens.numbers(kind);
      change(line, kind, number!, 'Changed');
      assert.deepEqual(await since(line, kind, cursor), [number]);
      assert.deepEqual(await since(line, kind, cursor), [number], 'a second time');
    },
  },
);

const ADDED = forEachKind('a new record is a change', 'changes', {
  changes: true,
  run: async (line, kind) => {
    const cursor = await cursorNow(line);
    const number = line.screens.add(kind, 'New one');
    assert.deepEqual(await since(line, kind, cursor), [number]);
  },
});

const FUTURE = forEachKind('a cursor in the future gives nothing', 'changes', {
  changes: false,
  run: async (line, kind) => {
    const future = String(BigInt(await line.line.serverCursor()) + 86_400_000n * 400n);
    assert.deepEqual(await since(line, kind, future), []);
  },
});

const OLD = forEachKind('a cursor of long ago gives everything', 'changes', {
  changes: false,
  run: async (line, kind) =>
    assert.deepEqual(
      sorted(numbersOf(await read(line, kind, { changedSince: '1000000000000' }))),
      sorted(line.screens.numbers(kind)),
    ),
});

const TOGETHER = forEachKind(
  'of records that share a moment over a page border, none is lost or comes twice',
  'changes',
  {
    changes: true,
    options: { customers: 2300 },
    kinds: ['customer'],
    run: async (line, kind) => {
      const cursor = await cursorNow(line);
      const together = line.screens.numbers(kind).slice(1, line.pageSize + 8);
      line.screens.touchTogether(kind, together);
      assert.deepEqual(sorted(await since(line, kind, cursor)), sorted(together));
    },
  },
);

const FORWARD: Check = {
  name: 'the system’s time never moves back',
  changes: true,
  run: async (line) => {
    let last = 0n;
    for (let n = 0; n < 5; n++) {
      const now = BigInt(await line.line.serverCursor());
      assert.ok(now >= last);
      last = now;
      line.screens.rename('customer', line.screens.numbers('customer')[n]!, `Number ${n}`);
    }
  },
};

export const CHANGES: Check[] = [...EXACTLY, ...ADDED, ...FUTURE, ...OLD, ...TOGETHER, FORWARD];
