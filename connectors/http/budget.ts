/** Limits that every execution of this process shares: connections to one account, requests a second to one tenant. */
export interface Budget {
  /** Runs the task as soon as a connection is free and the rate allows it. */
  run<T>(task: () => Promise<T>): Promise<T>;
}

export interface BudgetLimits {
  maxConnections: number;
  /** 0 for no limit. */
  maxRequestsPerSecond?: number;
}

type Sleep = (ms: number) => Promise<void>;

class SharedBudget implements Budget {
  private open = 0;
  private nextStartAt = 0;
  private readonly queue: Array<() => void> = [];

  constructor(
    public limits: BudgetLimits,
    private readonly sleep: Sleep,
  ) {}

  async run<T>(task: () => Promise<T>): Promise<T> {
    await this.takeConnection();
    try {
      await this.waitForRate();
      return await task();
    } finally {
      this.open -= 1;
      this.queue.shift()?.();
    }
  }

  private async takeConnection(): Promise<void> {
    while (this.open >= this.limits.maxConnections) {
      await new Promise<void>((resolve) => this.queue.push(resolve));
    }
    this.open += 1;
  }

  private async waitForRate(): Promise<void> {
    const rate = this.limits.maxRequestsPerSecond ?? 0;
    if (rate <= 0) return;
    const now = Date.now();
    const startAt = Math.max(now, this.nextStartAt);
    this.nextStartAt = startAt + 1000 / rate;
    if (startAt > now) await this.sleep(startAt - now);
  }
}

const budgets = new Map<string, SharedBudget>();

/**
 * The budget of one account or tenant, the same object for every caller in this process.
 * @param key names the account without revealing a secret (a hash, a tenant id)
 */
export function sharedBudget(key: string, limits: BudgetLimits, sleep: Sleep): Budget {
  const budget = budgets.get(key) ?? new SharedBudget(limits, sleep);
  budget.limits = limits;
  budgets.set(key, budget);
  return budget;
}
