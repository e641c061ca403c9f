import type { IDataObject, INodeExecutionData, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { parseXml } from '../../connectors/infor/bod/xml';
import { isStale, partyOf, readBod, toPlain, type Bod, type BodNode, type BodRecord } from '../../sync/bod';
import { Memory } from '../../sync/seen';
import { isAuthentic, isOurTenant } from './authentication';
import { documentOf } from './document';

/** What the node keeps: ids of documents and versions of records, no names and no addresses. */
interface State {
  seen?: Record<string, number>;
  versions?: Record<string, string>;
}

const MAX_VERSIONS = 20_000;

/** By node: two posts at once do not see each other's static data. */
const memories = new Map<string, Memory>();
const versionsOf = new Map<string, Map<string, string>>();

function answer(context: IWebhookFunctions, status: number, body?: object): IWebhookResponseData {
  const response = context.getResponseObject().status(status);
  if (body) response.json(body);
  else response.end();
  return { noWebhookResponse: true };
}

function nodeKey(context: IWebhookFunctions): string {
  return `${context.getWorkflow().id ?? ''}:${context.getNode().id}:${context.getMode()}`;
}

function remembered(context: IWebhookFunctions): {
  memory: Memory;
  versions: Map<string, string>;
  state: State;
} {
  const key = nodeKey(context);
  const state = context.getWorkflowStaticData('node') as State;
  const memory = memories.get(key) ?? new Memory();
  memory.learn(state.seen ?? {});
  const versions = versionsOf.get(key) ?? new Map(Object.entries(state.versions ?? {}));
  memories.set(key, memory);
  versionsOf.set(key, versions);
  return { memory, versions, state };
}

function parse(xml: string): Bod | undefined {
  try {
    return readBod(parseXml(xml) as BodNode);
  } catch {
    return undefined;
  }
}

const listOf = (text: unknown): string[] =>
  String(text ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');

function isWanted(context: IWebhookFunctions, { verb, noun }: Bod): boolean {
  const nouns = listOf(context.getNodeParameter('nouns', ''));
  const verbs = context.getNodeParameter('verbs', []) as string[];
  return (nouns.length === 0 || nouns.includes(noun)) && verbs.includes(verb);
}

function itemOf(bod: Bod, record: BodRecord, includeDocument: boolean): INodeExecutionData {
  const { verb, noun, bodId, logicalId, tenantId, accountingEntityId, creationDateTime, actionCode } = bod;
  const party = partyOf(bod, record);
  const head = { verb, noun, bodId, logicalId, tenantId, accountingEntityId, creationDateTime, actionCode };
  const document = includeDocument || !party ? { document: toPlain(record.node) } : {};
  const source = bodId === '' ? '' : `document ${bodId}`;
  return { json: { ...party, bod: head, source, ...document } as unknown as IDataObject };
}

/** Records that are not older than what came before; their versions are kept. */
function fresh(bod: Bod, versions: Map<string, string>, drops: boolean): BodRecord[] {
  return bod.records.filter(({ number, version }) => {
    if (number === '') return true;
    const key = `${bod.noun} ${bod.accountingEntityId} ${number}`;
    if (drops && isStale(version, versions.get(key))) return false;
    versions.delete(key);
    versions.set(key, version);
    return true;
  });
}

function keep({ memory, versions, state }: ReturnType<typeof remembered>): void {
  for (const key of versions.keys()) {
    if (versions.size <= MAX_VERSIONS) break;
    versions.delete(key);
  }
  state.seen = memory.newest();
  state.versions = Object.fromEntries(versions);
}

async function take(context: IWebhookFunctions): Promise<IWebhookResponseData> {
  const received = await documentOf(context);
  if ('status' in received) return answer(context, received.status);
  const bod = parse(received.xml);
  if (!bod) return answer(context, 400);
  const success = context.getRequestObject().path.endsWith('multipartMessage') ? 201 : 200;
  if (!isWanted(context, bod)) return answer(context, success);
  const options = context.getNodeParameter('options', {}) as IDataObject;
  const known = remembered(context);
  const now = Date.now();
  if (bod.bodId !== '' && known.memory.has(bod.bodId, now)) return answer(context, success);
  const records = fresh(bod, known.versions, options.dropStale !== false);
  if (bod.bodId !== '') known.memory.take(bod.bodId, now);
  keep(known);
  if (records.length === 0) return answer(context, success);
  return { workflowData: [records.map((record) => itemOf(bod, record, options.includeDocument === true))] };
}

/** ION asks which documents an application takes; the form of the answer is assumed. */
const discovery = (context: IWebhookFunctions): object => ({
  documents: listOf(context.getNodeParameter('nouns', '')).flatMap((noun) =>
    (context.getNodeParameter('verbs', []) as string[]).map((verb) => ({ documentName: `${verb}.${noun}` })),
  ),
});

/** One request of ION. Who is not who the credential says starts nothing and reads nothing. */
export async function receive(context: IWebhookFunctions): Promise<IWebhookResponseData> {
  if (!(await isAuthentic(context))) return answer(context, 401);
  const { tenant = '' } = context.getNodeParameter('options', {}) as { tenant?: string };
  const path = context.getRequestObject().path;
  if (path.endsWith('/service/ping')) return answer(context, 200, { status: 'OK' });
  if (path.endsWith('/service/protocol')) return answer(context, 200, { protocol: 'multipart' });
  if (path.endsWith('/service/versions')) return answer(context, 200, { versions: ['v2', 'v3'] });
  if (!isOurTenant(context, tenant.trim())) return answer(context, 403);
  if (path.endsWith('/discovery')) return answer(context, 200, discovery(context));
  return take(context);
}
