import { parseTarGzip } from 'nanotar';

/** One operation's result as Mailchimp archives it. */
export interface ArchivedResult {
  status_code: number;
  operation_id: string;
  /** The answer's body as JSON text; '' for 204. */
  response: string;
}

/**
 * Reads a batch's result archive: a gzipped tar that begins with the directory `./`, then JSON files of which some are
 * empty (mailchimp-marketing §7).
 * @throws Error when the archive is cut off or no archive at all
 */
export async function readBatchArchive(archive: Uint8Array): Promise<ArchivedResult[]> {
  const files = await parseTarGzip(archive);
  return files
    .map((file) => (file.text ?? '').trim())
    .filter((text) => text !== '')
    .flatMap((text) => JSON.parse(text) as ArchivedResult[]);
}
