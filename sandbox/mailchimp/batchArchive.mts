import { gzipSync } from 'node:zlib';
import { pack } from 'tar-stream';
import { Random } from '../kit/random.mts';

/** One operation's outcome as the archive holds it. */
export interface OperationResult {
  status_code: number;
  operation_id: string;
  /** The answer's body, encoded once more; '' for 204 (assumed). */
  response: string;
}

const RESULTS_A_FILE = 1000;

/** Results come in no order: they are matched by operation_id. */
function shuffled<T>(items: readonly T[], random: Random): T[] {
  const left = [...items];
  const mixed: T[] = [];
  while (left.length > 0) mixed.push(...left.splice(random.int(0, left.length - 1), 1));
  return mixed;
}

/** Two files at least where there is enough for two, and an empty one between them, as seen in the field. */
function filesOf(results: OperationResult[]): string[] {
  const size = Math.min(RESULTS_A_FILE, Math.max(1, Math.ceil(results.length / 2)));
  const files: string[] = [];
  for (let from = 0; from < results.length; from += size) {
    files.push(JSON.stringify(results.slice(from, from + size)));
  }
  return [...files.slice(0, 1), '', ...files.slice(1)];
}

/** The gzip-compressed tar of a finished batch: the directory `./`, then files that are JSON arrays or empty. */
export async function batchArchive(
  batchId: string,
  results: OperationResult[],
  seed: number,
): Promise<Buffer> {
  const tar = pack();
  tar.entry({ name: './', type: 'directory', mode: 0o755 });
  for (const [index, text] of filesOf(shuffled(results, new Random(seed))).entries()) {
    tar.entry({ name: `./${batchId}-${index}.json`, mode: 0o644 }, text);
  }
  tar.finalize();
  const chunks: Buffer[] = [];
  for await (const chunk of tar) chunks.push(chunk as Buffer);
  return gzipSync(Buffer.concat(chunks));
}
