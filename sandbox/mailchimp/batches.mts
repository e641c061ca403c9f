import { createHash, randomUUID } from 'node:crypto';
import { batchArchive, type OperationResult } from './batchArchive.mts';
import { readOperations, runOperation, type Operation } from './batchOperations.mts';
import { notFound, tooManyBatches } from './problems.mts';
import { page, type Json } from './query.mts';
import { noContent, ok, type ApiAnswer, type ApiCall, type Route, type Router } from './router.mts';
import { toWire } from './time.mts';
import { secondsNow, type World } from './world.mts';

const MAX_PENDING = 500;
/** Assumed: a result address lives 10 minutes and is renewed by the next GET; results are kept 7 days. */
const ADDRESS_LIFE_SECONDS = 600;
const RESULT_LIFE_SECONDS = 7 * 24 * 3600;
/** Operations between two turns of the event loop: a long batch does not stop the server. */
const OPERATIONS_A_TURN = 50;

interface Batch {
  id: string;
  number: number;
  operations: Operation[];
  results: OperationResult[];
  submittedAt: number;
  completedAt: number | undefined;
  polls: number;
}

type BatchStatus = 'pending' | 'preprocessing' | 'started' | 'finalizing' | 'finished';

/** What the object store says to a GET of a result address. */
export type ArchiveAnswer = { archive: Buffer } | { refusal: 'expired' | 'unknown' };

/** The account's batches: they run one after the other, in the order they came, whether anybody asks or not. */
export class Batches {
  private readonly byId = new Map<string, Batch>();
  private readonly queue: Batch[] = [];
  private readonly addresses = new Map<string, { batch: Batch; until: number }>();
  private running = false;
  private closed = false;
  private submitted = 0;

  constructor(
    private readonly world: World,
    private readonly router: () => Router,
  ) {}

  submit(body: unknown): Batch {
    const operations = readOperations(body);
    if (this.all().filter((batch) => !this.isFinished(batch)).length >= MAX_PENDING) throw tooManyBatches();
    const number = (this.submitted += 1);
    const id = createHash('md5').update(`batch:${number}:${randomUUID()}`).digest('hex').slice(0, 10);
    const now = secondsNow(this.world);
    const batch: Batch = {
      id,
      number,
      operations,
      results: [],
      submittedAt: now,
      completedAt: undefined,
      polls: 0,
    };
    this.byId.set(id, batch);
    this.queue.push(batch);
    void this.run();
    return batch;
  }

  /** Batches whose results still exist. */
  all(): Batch[] {
    const oldest = secondsNow(this.world) - RESULT_LIFE_SECONDS;
    return [...this.byId.values()].filter((batch) => (batch.completedAt ?? batch.submittedAt) >= oldest);
  }

  get(id: string): Batch | undefined {
    return this.all().find((batch) => batch.id === id);
  }

  /** Stops a batch: what it has not done stays undone, and its results are gone. */
  remove(batch: Batch): void {
    this.byId.delete(batch.id);
  }

  close(): void {
    this.closed = true;
  }

  async archive(token: string): Promise<ArchiveAnswer> {
    const address = this.addresses.get(token);
    if (!address || !this.byId.has(address.batch.id)) return { refusal: 'unknown' };
    if (secondsNow(this.world) > address.until) return { refusal: 'expired' };
    const { id, results, number } = address.batch;
    return { archive: await batchArchive(id, results, number) };
  }

  view(batch: Batch): Json {
    const status = this.statusOf(batch);
    const finished = status === 'finished';
    const counted = status !== 'pending';
    return {
      id: batch.id,
      status,
      total_operations: counted ? batch.operations.length : 0,
      finished_operations: counted ? batch.results.length : 0,
      errored_operations: counted ? batch.results.filter((row) => row.status_code >= 400).length : 0,
      submitted_at: toWire(batch.submittedAt),
      completed_at: finished ? toWire(batch.completedAt) : '',
      response_body_url: finished ? this.newAddress(batch) : '',
      _links: [],
    };
  }

  private isFinished = (batch: Batch): boolean =>
    batch.completedAt !== undefined && batch.polls > this.world.settings.batchPendingPolls;

  private statusOf(batch: Batch): BatchStatus {
    if (batch.polls === 0) return 'pending';
    if (this.isFinished(batch)) return 'finished';
    if (batch.completedAt !== undefined) return 'finalizing';
    return batch.results.length > 0 ? 'started' : 'preprocessing';
  }

  private newAddress(batch: Batch): string {
    const token = `${batch.id}-${randomUUID()}`;
    this.addresses.set(token, { batch, until: secondsNow(this.world) + ADDRESS_LIFE_SECONDS });
    return `${this.world.url()}/batch-results/${token}-response.tar.gz?X-Amz-Expires=${ADDRESS_LIFE_SECONDS}&X-Amz-Signature=${token}`;
  }

  private async run(): Promise<void> {
    if (this.running) return;
    this.running = true;
    for (let batch = this.queue.shift(); batch; batch = this.queue.shift()) await this.runOne(batch);
    this.running = false;
  }

  private async runOne(batch: Batch): Promise<void> {
    for (const [index, operation] of batch.operations.entries()) {
      if (index % OPERATIONS_A_TURN === 0) await new Promise((resolve) => setImmediate(resolve));
      if (this.closed || !this.byId.has(batch.id)) return;
      batch.results.push(runOperation(this.router(), this.world, operation));
    }
    batch.completedAt = secondsNow(this.world);
  }
}

function batchOf(call: ApiCall, batches: Batches): Batch {
  const batch = batches.get(call.params['batch'] ?? '');
  if (!batch) throw notFound();
  return batch;
}

function poll(call: ApiCall, batches: Batches): ApiAnswer {
  const batch = batchOf(call, batches);
  batch.polls += 1;
  return ok(batches.view(batch));
}

function list(call: ApiCall, batches: Batches): ApiAnswer {
  const all = batches.all();
  // Time passes for a batch also while nobody asks for it by name.
  for (const batch of all) batch.polls += 1;
  return ok({
    batches: page(all, call.query).map((batch) => batches.view(batch)),
    total_items: all.length,
    _links: [],
  });
}

export const batchRoutes = (batches: Batches): Route[] => [
  { method: 'GET', pattern: '/batches', handle: (call) => list(call, batches) },
  { method: 'POST', pattern: '/batches', handle: (call) => ok(batches.view(batches.submit(call.body))) },
  { method: 'GET', pattern: '/batches/:batch', handle: (call) => poll(call, batches) },
  {
    method: 'DELETE',
    pattern: '/batches/:batch',
    handle: (call) => {
      batches.remove(batchOf(call, batches));
      return noContent();
    },
  },
];
