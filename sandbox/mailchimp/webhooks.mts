import { createHash, createHmac, randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { Random } from '../kit/random.mts';
import { formBody, type EventType, type Source, type WebhookEvent } from './webhookEvents.mts';

export interface Webhook {
  id: string;
  list: string;
  url: string;
  events: Record<EventType, boolean>;
  sources: Record<Source, boolean>;
  /** '' for a hook from before signing existed. */
  secret: string;
  /** False after an answer of 410: Mailchimp sends it nothing any more. */
  enabled: boolean;
}

export interface Delivery {
  hook: string;
  url: string;
  type: EventType;
  body: string;
  /** HTTP status of each attempt; 0 where no answer came. */
  attempts: number[];
  /** ms by the injected clock at which the next attempt is due; undefined when there is none. */
  dueAt: number | undefined;
}

/** Mailchimp retries over 75 minutes; the exact pauses are assumed. */
const MINUTE = 60_000;
const RETRY_AFTER = [10 * MINUTE, 20 * MINUTE, 45 * MINUTE];

export type WebhookMode =
  /** At once, in real time; retries when the clock is advanced. */
  | 'auto'
  /** Only by `flush` or `deliverAll`. */
  | 'manual'
  /** Events are lost, as in an outage longer than 75 minutes. */
  | 'off';

/** The account's list webhooks and their deliveries. */
export class Webhooks {
  mode: WebhookMode = 'auto';
  /** Assumed true: hooks made by the API are signed. */
  signing = true;
  /** Assumed true: a retry is signed anew, else a late one would be out of the tolerance of five minutes. */
  resigns = true;
  /** Mailchimp cancels a delivery after 10 s of real time. */
  timeoutMs = 10_000;
  readonly deliveries: Delivery[] = [];
  readonly hooks: Webhook[] = [];
  /** How far `advance` has moved the clock. */
  private advanced = 0;
  private readonly inFlight = new Set<Promise<void>>();
  /** How far the clock was advanced at the first attempt. */
  private readonly firstSigned = new WeakMap<Delivery, number>();
  private closed = false;

  constructor(
    private readonly clock: () => number,
    private readonly receiverClock = clock,
  ) {}

  add(hook: Omit<Webhook, 'id' | 'secret' | 'enabled'>): Webhook {
    const id = createHash('md5').update(randomBytes(8)).digest('hex').slice(0, 10);
    const made = { ...hook, id, secret: this.signing ? randomBytes(16).toString('hex') : '', enabled: true };
    this.hooks.push(made);
    return made;
  }

  of(list: string): Webhook[] {
    return this.hooks.filter((hook) => hook.list === list);
  }

  remove(id: string): void {
    const index = this.hooks.findIndex((hook) => hook.id === id);
    if (index >= 0) this.hooks.splice(index, 1);
  }

  emit(event: WebhookEvent): void {
    if (this.mode === 'off') return;
    for (const hook of this.of(event.list)) {
      if (!hook.enabled || !hook.events[event.type] || !hook.sources[event.source]) continue;
      const now = this.now();
      const { id, url } = hook;
      const body = formBody(event, now);
      const delivery = { hook: id, url, type: event.type, body, attempts: [], dueAt: now };
      this.deliveries.push(delivery);
      if (this.mode === 'auto') this.start(delivery);
    }
  }

  get pending(): Delivery[] {
    return this.deliveries.filter(({ dueAt }) => dueAt !== undefined);
  }

  /** Resolves when nothing is on its way. */
  async idle(): Promise<void> {
    while (this.inFlight.size > 0) await Promise.all(this.inFlight);
  }

  /** Delivers what is due now, in order. */
  async flush(): Promise<void> {
    for (const delivery of this.pending.filter(({ dueAt }) => dueAt! <= this.now()))
      await this.attempt(delivery);
  }

  /** Moves the clock and makes the retries that fall due, step by step. */
  async advance(ms: number): Promise<void> {
    const end = this.advanced + ms;
    while (this.advanced < end) {
      this.advanced = Math.min(end, this.advanced + MINUTE);
      await this.flush();
    }
  }

  /** Everything pending, each one to `maxCopies` times, in an order that the seed decides, several at once. */
  async deliverAll({
    seed,
    maxCopies,
    atOnce = 8,
  }: {
    seed: number;
    maxCopies: number;
    atOnce?: number;
  }): Promise<void> {
    const random = new Random(seed);
    const copies = this.pending.flatMap((delivery) =>
      Array.from({ length: random.int(1, maxCopies) }, () => ({ delivery, place: random.next() })),
    );
    copies.sort((a, b) => a.place - b.place);
    const work = copies.map(({ delivery }) => delivery);
    const worker = async (): Promise<void> => {
      for (let next = work.shift(); next; next = work.shift()) await this.attempt(next);
    };
    await Promise.all(Array.from({ length: atOnce }, worker));
  }

  close(): void {
    this.closed = true;
    for (const delivery of this.deliveries) delivery.dueAt = undefined;
  }

  private now(): number {
    return this.clock() + this.advanced;
  }

  private start(delivery: Delivery): void {
    const work = pause(0)
      .then(() => this.attempt(delivery))
      .finally(() => this.inFlight.delete(work));
    this.inFlight.add(work);
  }

  private async attempt(delivery: Delivery): Promise<void> {
    const hook = this.hooks.find(({ id }) => id === delivery.hook);
    if (!hook?.enabled || this.closed) {
      delivery.dueAt = undefined;
      return;
    }
    const status = await this.post(hook, delivery);
    delivery.attempts.push(status);
    const delivered = status >= 200 && status < 300;
    const wait = RETRY_AFTER[delivery.attempts.length - 1];
    delivery.dueAt = delivered || wait === undefined || status === 410 ? undefined : this.now() + wait;
    if (status === 410) hook.enabled = false;
  }

  /** By the receiver's clock, which no test advances: a signature that is not renewed is as old as the delivery. */
  private signingTime(delivery: Delivery): number {
    const first = this.firstSigned.get(delivery) ?? this.advanced;
    this.firstSigned.set(delivery, first);
    return this.receiverClock() - (this.resigns ? 0 : this.advanced - first);
  }

  private async post(hook: Webhook, delivery: Delivery): Promise<number> {
    const signedAt = Math.floor(this.signingTime(delivery) / 1000);
    const digest = createHmac('sha256', hook.secret).update(`${signedAt}.${delivery.body}`).digest('hex');
    const headers = {
      'content-type': 'application/x-www-form-urlencoded',
      'user-agent': 'MailChimp',
      ...(hook.secret ? { 'x-mailchimp-signature': `t=${signedAt},v1=${digest}` } : {}),
    };
    try {
      const signal = AbortSignal.timeout(this.timeoutMs);
      // A redirect that was followed would become a GET, and its 200 would pass for a delivery.
      const redirect = 'manual';
      const { body } = delivery;
      const answer = await fetch(hook.url, { method: 'POST', headers, body, signal, redirect });
      await answer.arrayBuffer();
      return answer.status;
    } catch {
      return 0;
    }
  }
}
