import { readdirSync } from 'node:fs';
import { NotApplicable, type Check } from './check.mts';
import { CHECKS } from './checks/index.mts';
import type { LineUnderTest, StartLine } from './lineUnderTest.mts';

export interface Outcome {
  check: string;
  /** '' when the promise is kept. */
  failure: string;
  /** Why it does not apply; '' when it does. */
  notApplicable: string;
}

const LINES = new URL('lines/', import.meta.url);

/** Each file in `lines/` is a product line. */
export const lineIds = (): string[] =>
  readdirSync(LINES)
    .filter((name) => /^\w+\.mts$/.test(name))
    .map((name) => name.slice(0, -4))
    .sort();

export async function starterOf(id: string): Promise<StartLine> {
  const { startLine } = (await import(new URL(`${id}.mts`, LINES).href)) as { startLine: StartLine };
  return startLine;
}

/** Runs checks of one line; those that change nothing share a simulator. */
export class Conformance {
  private shared: LineUnderTest | undefined;

  constructor(private readonly start: StartLine) {}

  async run(check: Check): Promise<Outcome> {
    const line = check.changes ? await this.start(check.options) : (this.shared ??= await this.start());
    try {
      await check.run(line);
      return { check: check.name, failure: '', notApplicable: '' };
    } catch (error) {
      if (error instanceof NotApplicable)
        return { check: check.name, failure: '', notApplicable: error.message };
      return { check: check.name, failure: (error as Error).message || 'failed', notApplicable: '' };
    } finally {
      if (check.changes) await line.close();
    }
  }

  async close(): Promise<void> {
    await this.shared?.close();
  }
}

export { CHECKS };
export { matrix } from './matrix.mts';
