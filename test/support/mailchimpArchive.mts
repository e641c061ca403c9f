import { gunzipSync } from 'node:zlib';
import { extract } from 'tar-stream';

export interface ArchiveEntry {
  name: string;
  type: string;
  text: string;
}

export interface BatchResult {
  status_code: number;
  operation_id: string;
  response: string;
}

/** Reads the archive of a batch by a library that the product does not use. */
export async function archiveEntries(archive: ArrayBuffer): Promise<ArchiveEntry[]> {
  const reader = extract();
  reader.end(gunzipSync(Buffer.from(archive)));
  const entries: ArchiveEntry[] = [];
  for await (const entry of reader) {
    const chunks: Buffer[] = [];
    for await (const chunk of entry) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString('utf8');
    entries.push({ name: entry.header.name, type: String(entry.header.type), text });
  }
  return entries;
}

/** All results of the archive behind a result address. */
export async function batchResults(url: string): Promise<BatchResult[]> {
  const entries = await archiveEntries(await (await fetch(url)).arrayBuffer());
  return entries.filter(({ text }) => text !== '').flatMap(({ text }) => JSON.parse(text) as BatchResult[]);
}
