import { createHmac, randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Json } from './messages.mts';

export interface MandrillHook {
  id: number;
  url: string;
  auth_key: string;
  description: string | null;
  events: string[];
  created_at: string;
  last_sent_at: string | null;
  batches_sent: number;
  events_sent: number;
  last_error: string | null;
  enabled: boolean;
}

interface Batch {
  hook: MandrillHook;
  events: Json[];
  attempts: number[];
}

const BATCH = 1000;
/** After so many attempts the webhook is disabled. */
const MAX_ATTEMPTS = 20;
const TEST_KEY = 'test-webhook';

/** base64(HMAC-SHA1(key, url + each field's name and decoded value, sorted by name)) (mailchimp-events §4.4). */
export function signatureOf(key: string, url: string, fields: Record<string, string>): string {
  const text = Object.keys(fields)
    .sort()
    .reduce((all, name) => all + name + fields[name]!, url);
  return createHmac('sha1', key).update(text, 'utf8').digest('base64');
}

/** JSON as PHP writes it: slashes and everything outside of ASCII escaped. */
const phpJson = (value: unknown): string =>
  JSON.stringify(value)
    .replaceAll('/', '\\/')
    .replace(/[\u0080-\uffff]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** The webhooks of the account, and what is sent to them. */
export class MandrillWebhooks {
  readonly hooks: MandrillHook[] = [];
  readonly batches: Batch[] = [];
  /** The URL that is signed, where it is another one than the one that is called (a proxy that rewrites). */
  signedUrl: string | undefined;
  private queue: Json[] = [];
  private nextId = 1;

  constructor(private readonly clock: () => number) {}

  private stamp(): string {
    return new Date(this.clock()).toISOString().replace('T', ' ').replace('Z', '000').slice(0, 26);
  }

  /** HEAD must give 200, or a POST of an empty batch under the key of tests. */
  async accepts(url: string): Promise<boolean> {
    const head = await fetch(url, { method: 'HEAD', redirect: 'manual' }).catch(() => undefined);
    if (head?.status === 200) return true;
    return (await this.post(url, TEST_KEY, [])) === 200;
  }

  add(url: string, events: string[], description: string | null): MandrillHook {
    const hook: MandrillHook = {
      ...{ id: this.nextId++, url, auth_key: randomBytes(16).toString('base64url'), description, events },
      ...{ created_at: this.stamp(), last_sent_at: null, batches_sent: 0, events_sent: 0 },
      ...{ last_error: null, enabled: true },
    };
    this.hooks.push(hook);
    return hook;
  }

  remove(id: number): MandrillHook | undefined {
    const index = this.hooks.findIndex((hook) => hook.id === id);
    return index < 0 ? undefined : this.hooks.splice(index, 1)[0];
  }

  emit(event: Json): void {
    this.queue.push(event);
  }

  get pending(): Batch[] {
    return this.batches.filter(({ attempts, hook }) => attempts.at(-1) !== 200 && hook.enabled);
  }

  /** Sends what has come together, and again what was not taken. @param copies how often each batch is sent */
  async flush(copies = 1): Promise<void> {
    const events = this.queue.splice(0);
    for (const hook of this.hooks.filter(({ enabled }) => enabled)) {
      const wanted = events.filter((event) => hook.events.includes(String(event.event ?? event.type)));
      for (let start = 0; start < wanted.length; start += BATCH)
        this.batches.push({ hook, events: wanted.slice(start, start + BATCH), attempts: [] });
    }
    for (const batch of this.pending)
      await Promise.all(Array.from({ length: copies }, () => this.attempt(batch)));
  }

  private async attempt(batch: Batch): Promise<void> {
    const { hook, events, attempts } = batch;
    const status = await this.post(hook.url, hook.auth_key, events);
    attempts.push(status);
    hook.batches_sent += 1;
    hook.last_sent_at = this.stamp().slice(0, 19);
    if (status === 200) hook.events_sent += events.length;
    else hook.last_error = `HTTP ${status}`;
    if (status !== 200 && attempts.length >= MAX_ATTEMPTS) hook.enabled = false;
  }

  /** @returns 0 where no answer came */
  async post(url: string, key: string, events: Json[]): Promise<number> {
    const value = phpJson(events);
    const signature = signatureOf(key, this.signedUrl ?? url, { mandrill_events: value });
    const controller = new AbortController();
    const answer = fetch(url, {
      method: 'POST',
      redirect: 'manual',
      headers: {
        'user-agent': 'Mandrill-Webhook/1.0',
        'content-type': 'application/x-www-form-urlencoded',
        'x-mandrill-signature': signature,
        accept: '*/*',
      },
      body: new URLSearchParams({ mandrill_events: value }).toString(),
      signal: controller.signal,
    }).then(
      async (response) => {
        await response.arrayBuffer();
        return response.status;
      },
      () => 0,
    );
    const late = pause(30_000, 0, { signal: controller.signal, ref: false }).catch(() => 0);
    const status = await Promise.race([answer, late]);
    controller.abort();
    return status;
  }
}
