import type { ConnectorError } from '../../connectors/errors.ts';

/** `1 contact`, `1,200 contacts`. */
export const many = (count: number, thing: string): string =>
  `${count.toLocaleString('en')} ${thing}${count === 1 ? '' : 's'}`;

/** What the newcomer sees: one line a question, and what to do where the answer is no. */
export class Report {
  private failures = 0;

  constructor(private readonly print: (line: string) => void) {}

  heading(text: string): void {
    this.print('');
    this.print(text);
  }

  yes(what: string, detail = ''): void {
    this.print(`  ✓ ${what.padEnd(24)} ${detail}`.trimEnd());
  }

  /** Not there, and nothing is wrong with that. */
  note(what: string, detail: string): void {
    this.print(`  · ${what.padEnd(24)} ${detail}`.trimEnd());
  }

  no(what: string, error: unknown): void {
    this.failures += 1;
    const { message = String(error), remedy, errorCode } = error as Partial<ConnectorError>;
    this.print(`  ✗ ${what.padEnd(24)} ${message}`);
    const below = (text: string): void => this.print(`    ${' '.repeat(24)} ${text}`);
    if (remedy) below(remedy);
    if (errorCode === 'INFOR_SETTING') below('Here it is a line of [infor], written as docs/ping.md shows.');
  }

  /** Asks; a no is told and gives undefined. */
  async ask<T>(
    what: string,
    question: () => Promise<T>,
    told: (answer: T) => string,
  ): Promise<T | undefined> {
    try {
      const answer = await question();
      this.yes(what, told(answer));
      return answer;
    } catch (error) {
      this.no(what, error);
      return undefined;
    }
  }

  get isGood(): boolean {
    return this.failures === 0;
  }
}
