import { gzipSync } from 'node:zlib';
import * as fc from 'fast-check';
import { pack } from 'tar-stream';
import { readBatchArchive, type ArchivedResult } from '../../../connectors/mailchimp/archive.ts';

/** An archive as Mailchimp packs it: the directory `./`, then JSON files, some of them empty. */
async function archive(files: string[]): Promise<Buffer> {
  const tar = pack();
  tar.entry({ name: './', type: 'directory' });
  files.forEach((text, i) => tar.entry({ name: `./${i}-results.json` }, text));
  tar.finalize();
  const chunks: Buffer[] = [];
  for await (const chunk of tar) chunks.push(chunk as Buffer);
  return gzipSync(Buffer.concat(chunks));
}

const result = fc.record<ArchivedResult>({
  status_code: fc.constantFrom(200, 204, 400, 404),
  operation_id: fc.string(),
  response: fc.string({ unit: 'binary' }),
});

test('every result is read, of however many files, empty ones included, in any script', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(result, { maxLength: 5 }), { maxLength: 5 }), async (blocks) => {
      const files = blocks.map((block) => (block.length === 0 ? '' : JSON.stringify(block)));
      expect(await readBatchArchive(await archive(files))).toEqual(JSON.parse(JSON.stringify(blocks.flat())));
    }),
  );
});

test('an archive that was cut off is an error, never a shorter list', async () => {
  const rows = Array.from({ length: 200 }, (_, i) => ({
    status_code: 200,
    operation_id: String(i),
    response: JSON.stringify({ id: (i * 7919) % 10007 }),
  }));
  const whole = await archive([JSON.stringify(rows)]);
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: whole.length - 1 }), async (length) => {
      await expect(readBatchArchive(whole.subarray(0, length))).rejects.toThrow();
    }),
  );
});
