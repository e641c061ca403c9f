import type { IDataObject, INodeExecutionData, IPollFunctions } from 'n8n-workflow';
import type { ProductLine, RecordQuery } from '../../connectors/infor/productLine';
import { readFrom } from '../../sync/cursor';
import { firstState, newOnes, nextState, readState, type PollState } from '../../sync/poll';
import type { BusinessRecord, RecordKind } from '../../sync/record';
import { demand, productLineAt, readable, settingsAt } from '../InforCloudSuite/line';
import { readOptionsFrom, toJson } from '../InforCloudSuite/resources/records/read';
import { gatewayOf } from '../shared/ion';
import { DEFAULT_LOOK_BACK_HOURS, DEFAULT_OVERLAP_MINUTES } from './description';

const SAMPLES = 3;

interface Watch {
  line: ProductLine;
  kind: RecordKind;
  query: RecordQuery;
  overlapMinutes: number;
}

const numberOf = (options: IDataObject, name: string, usual: number): number =>
  Math.max(0, Number(options[name] ?? usual) || 0);

async function watchOf(context: IPollFunctions, options: IDataObject): Promise<Watch> {
  const type = productLineAt(context, 0);
  const kind = context.getNodeParameter('resource', 'customer') as RecordKind;
  demand(type, kind, 'changes');
  const flag = (name: string): boolean => context.getNodeParameter(name, false) === true;
  return {
    line: type.open(await gatewayOf(context), settingsAt(context, 0, type)),
    kind,
    query: readable(
      type,
      kind,
      readOptionsFrom({
        options,
        emailHome: String(context.getNodeParameter('emailHome', '') ?? ''),
        withFinancials: flag('withFinancials'),
        withCrossReference: flag('withCrossReference'),
      }),
    ),
    overlapMinutes: numberOf(options, 'overlapMinutes', DEFAULT_OVERLAP_MINUTES),
  };
}

async function readAll(
  { line, kind, query }: Watch,
  change: Partial<RecordQuery>,
): Promise<BusinessRecord[]> {
  const records: BusinessRecord[] = [];
  for await (const page of line.list(kind, { ...query, ...change })) records.push(...page);
  return records;
}

const changedSince = (watch: Watch, cursor: string, minutes: number): Promise<BusinessRecord[]> =>
  readAll(watch, { changedSince: readFrom(cursor, minutes) });

interface Outcome {
  records: BusinessRecord[];
  state: PollState;
}

/** The clock is asked before the read, so that nothing falls between two polls. */
async function first(watch: Watch, startWith: string, lookBackHours: number): Promise<Outcome> {
  const cursor = await watch.line.serverCursor();
  if (startWith === 'everything') {
    const records = await readAll(watch, {});
    const recent = await changedSince(watch, cursor, watch.overlapMinutes);
    return { records, state: firstState(cursor, records, recent) };
  }
  const old = await changedSince(watch, cursor, Math.max(watch.overlapMinutes, lookBackHours * 60));
  return { records: lookBackHours > 0 ? old : [], state: nextState(cursor, old) };
}

async function again(watch: Watch, { cursor: last, seen }: PollState): Promise<Outcome> {
  const cursor = await watch.line.serverCursor();
  const read = await changedSince(watch, last, watch.overlapMinutes);
  const later = BigInt(cursor) > BigInt(last) ? cursor : last;
  return { records: newOnes(read, seen), state: nextState(later, read) };
}

/**
 * One poll. The state moves only with what is given out or when there is nothing to give; fetching a test event moves
 * nothing.
 */
export async function poll(context: IPollFunctions): Promise<INodeExecutionData[] | null> {
  const options = context.getNodeParameter('options', {}) as IDataObject;
  const watch = await watchOf(context, options);
  const simplified = context.getNodeParameter('simplify', true) !== false;
  const toItem = (record: BusinessRecord): INodeExecutionData => ({ json: toJson(record, simplified) });
  if (context.getMode() === 'manual') {
    const samples = await readAll(watch, { limit: SAMPLES });
    return samples.length > 0 ? samples.map(toItem) : null;
  }
  const stored = context.getWorkflowStaticData('node');
  const state = readState(stored);
  const isRestart = context.getActivationMode() === 'init';
  const lookBack = isRestart ? numberOf(options, 'lookBackHours', DEFAULT_LOOK_BACK_HOURS) : 0;
  const outcome = state
    ? await again(watch, state)
    : await first(watch, String(context.getNodeParameter('startWith', 'now')), lookBack);
  Object.assign(stored, outcome.state);
  return outcome.records.length > 0 ? outcome.records.map(toItem) : null;
}
