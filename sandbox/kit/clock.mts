/**
 * One clock for all simulated systems. It goes as the machine's does, and can be set ahead, never back: a month passes
 * in minutes. n8n keeps the machine's time.
 */
export class Clock {
  private aheadMs = 0;

  /** ms since 1970. */
  readonly now = (): number => Date.now() + this.aheadMs;

  advance(ms: number): void {
    this.aheadMs += Math.max(0, ms);
  }

  /** @param at ms since 1970; a moment that has passed changes nothing */
  moveTo(at: number): void {
    this.advance(at - this.now());
  }
}
