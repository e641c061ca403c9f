import { ConnectorError } from '../errors';
import type { HttpResponse } from '../http/port';
import type { Call, Mailchimp } from './api';
import { readBatchArchive, type ArchivedResult } from './archive';
import { accountError, isOk } from './problem';

/** The first pause before asking for a batch, then half as much again each time, in ms. */
const FIRST_PAUSE = 400;
const LONGEST_PAUSE = 10_000;
/** About half an hour in all. */
const MAX_POLLS = 190;
/** About five minutes: how long a run waits for batches that an earlier one left behind. */
const MAX_POLLS_FOR_OTHERS = 40;
/** A result URL lives for minutes; asking for the batch again gives a fresh one. */
const MAX_DOWNLOADS = 4;

const pauseBefore = (poll: number): number => Math.min(LONGEST_PAUSE, FIRST_PAUSE * 1.5 ** poll);

const asOperation = (call: Call, index: number): Record<string, unknown> => ({
  method: call.method,
  path: call.path,
  operation_id: String(index),
  ...(call.query ? { params: definedOnly(call.query) } : {}),
  ...(call.body === undefined ? {} : { body: JSON.stringify(call.body) }),
});

const definedOnly = (query: NonNullable<Call['query']>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(query).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])),
  );

async function pollUntilFinished(mailchimp: Mailchimp, id: string): Promise<string> {
  for (let poll = 0; poll < MAX_POLLS; poll++) {
    await mailchimp.sleep(pauseBefore(poll));
    const response = await mailchimp.send({ method: 'GET', path: `/batches/${id}` });
    const batch = response.body as { status?: string; response_body_url?: string };
    if (response.status === 404) throw unfinished();
    if (!isOk(response)) throw accountError(response);
    if (batch.status === 'finished') return batch.response_body_url ?? '';
  }
  throw unfinished();
}

const unfinished = (): ConnectorError =>
  new ConnectorError(
    'MAILCHIMP_UNAVAILABLE',
    'A batch did not come to its end, or Mailchimp no longer knows it.',
    'Run it again later; what the batch has done by then is left as it is.',
  );

/** The store of the results is another host: where it fails, Mailchimp itself may still be asked. */
function noAnswer(error: unknown): undefined {
  if (!(error instanceof ConnectorError)) throw error;
}

async function downloadResults(
  mailchimp: Mailchimp,
  id: string,
  firstUrl: string,
): Promise<ArchivedResult[]> {
  let url = firstUrl;
  for (let attempt = 1; attempt <= MAX_DOWNLOADS; attempt++) {
    const response = url ? await mailchimp.download(url).catch(noAnswer) : undefined;
    if (response && isOk(response)) {
      // A cut-off archive cannot be unpacked; the next attempt fetches it again.
      const results = await readBatchArchive(response.body as Uint8Array).catch(() => undefined);
      if (results) return results;
    }
    const batch = await mailchimp.send({ method: 'GET', path: `/batches/${id}` });
    url = String((batch.body as { response_body_url?: string }).response_body_url ?? '');
  }
  return [];
}

function parsed(text: string): unknown {
  try {
    return text === '' ? '' : (JSON.parse(text) as unknown);
  } catch {
    return text;
  }
}

/**
 * Runs calls as one batch (POST /batches) and gives their answers in the calls' order; undefined for a call whose
 * answer is lost although the batch is finished. Submitting twice after a lost answer is harmless, because each call is
 * repeatable.
 * @throws ConnectorError when the batch could not be submitted or did not finish: what it has done is unknown
 */
export async function runBatch(
  mailchimp: Mailchimp,
  calls: Call[],
): Promise<Array<HttpResponse | undefined>> {
  const body = { operations: calls.map(asOperation) };
  const { id } = await mailchimp.read({ method: 'POST', path: '/batches', body });
  const url = await pollUntilFinished(mailchimp, String(id));
  const results = await downloadResults(mailchimp, String(id), url);
  const answers = new Map(results.map((result) => [result.operation_id, result]));
  return calls.map((_, index) => {
    const result = answers.get(String(index));
    return (
      result && {
        status: Number(result.status_code),
        headers: {},
        body: parsed(String(result.response ?? '')),
      }
    );
  });
}

/**
 * Waits until the account's batches are done, so that one which a crashed run left behind cannot write old values over
 * newer ones. Gives up after about five minutes: another integration may never be idle.
 * @returns whether all were done
 */
export async function waitForBatches(mailchimp: Mailchimp): Promise<boolean> {
  const query = { count: 1000, fields: 'batches.id,batches.status' };
  for (let poll = 0; poll < MAX_POLLS_FOR_OTHERS; poll++) {
    const { batches } = await mailchimp.read({ method: 'GET', path: '/batches', query });
    const open = (Array.isArray(batches) ? batches : []).filter((batch) => batch.status !== 'finished');
    if (open.length === 0) return true;
    await mailchimp.sleep(pauseBefore(poll));
  }
  return false;
}
