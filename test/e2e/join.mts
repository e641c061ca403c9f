import type { Lab } from '../../sandbox/lab.mts';
import type { TableRow } from '../../sandbox/n8n/rest.mts';
import { until } from './circle.mts';
import { memberId } from '../../sandbox/mailchimp/model.mts';

/** Every write of the simulated systems beside the ledger row that tells it, and the other way round. */
export interface Join {
  /** Writes that no row tells, runs that no row ends, and effects that several rows tell. */
  untold: string[];
  /** Rows that say "applied" of what no system was asked to write. */
  unmade: string[];
  writes: number;
}

/** How a write of a contact appears in the ledger: what Mailchimp calls an update may be a rename or a bounce, too. */
const CONTACT_KINDS: Record<string, string[]> = {
  create: ['create'],
  update: ['update', 'rename', 'markBounced'],
  archive: ['archive'],
  tags: ['tag'],
};

type Log = Map<string, string[]>;

const enter = (log: Log, subject: string, what: string): void =>
  void log.set(subject, [...(log.get(subject) ?? []), what]);

/** A new contact is written with its tags, by one or two calls. */
const isToldBy = (kinds: string[] = [], action: string): boolean =>
  (CONTACT_KINDS[action] ?? []).some((kind) => kinds.includes(kind)) ||
  (action === 'tags' && kinds.includes('create'));

const RECORD_KINDS = ['crossReference', 'updateCustomer', 'updateAddress', 'logMail'];

/** Each row has a write of its own; a record is written by one call or by several. */
function tooMany(told: Log, made: Log): string[] {
  return [...told].flatMap(([subject, kinds]) => {
    const actions = made.get(subject) ?? [];
    if (subject.startsWith('customer '))
      return kinds.length > actions.length
        ? [`${kinds.length} rows of ${subject}, ${actions.length} writes`]
        : [];
    const unknown = kinds.filter((kind) => !Object.values(CONTACT_KINDS).flat().includes(kind));
    const extra = Object.entries(CONTACT_KINDS).flatMap(([action, its]) => {
      const rows = kinds.filter((kind) => its.includes(kind)).length;
      const writes = actions.filter((one) => one === action).length;
      return rows > writes ? [`${rows} rows of ${subject}, ${writes} times ${action}`] : [];
    });
    return [...unknown, ...extra];
  });
}

/** What a run that was ended in the middle can have written, as the run after it tells. */
const subjectsOfUnfinishedRuns = (rows: TableRow[]): ReadonlySet<string> =>
  new Set(
    rows
      .filter(({ reason }) => reason === 'run-unfinished')
      .flatMap(({ memberId: id, recordNumber }) => [
        `contact ${String(id)}`,
        `customer ${String(recordNumber)}`,
      ]),
  );

/** One row an effect key. */
const keysOfSeveralRows = (rows: TableRow[]): string[] => {
  const keys = rows.map(({ effectKey }) => String(effectKey));
  return [...new Set(keys.filter((key, i) => keys.indexOf(key) !== i))];
};

/** Joins by subject (contact, customer, segment, merge field) and by what was done to it. */
export async function joinLogs({ world, api }: Lab): Promise<Join> {
  const all = await api.tableRows('infor_mailchimp_ledger');
  const rows = all.filter(({ status }) => status === 'applied');
  const perhaps = subjectsOfUnfinishedRuns(all);
  const [told, made]: [Log, Log] = [new Map(), new Map()];
  for (const { kind, memberId: id, recordNumber } of rows) {
    if (RECORD_KINDS.includes(String(kind))) enter(told, `customer ${String(recordNumber)}`, String(kind));
    else if (id) enter(told, `contact ${String(id)}`, String(kind));
  }
  const begun = all.filter(({ status }) => status === 'started');
  const untold = begun.map(({ executionId }) => `how execution ${String(executionId)} ended`);
  untold.push(...keysOfSeveralRows(all).map((key) => `which of several rows ${key} has`));

  const members = world.mailchimp.writes.filter(({ via }) => via !== undefined);
  for (const { id, action, emailBefore } of members) {
    const known = [id, ...(emailBefore ? [memberId(emailBefore)] : [])].map((one) => `contact ${one}`);
    for (const subject of known) enter(made, subject, action);
    if (!known.some((subject) => perhaps.has(subject) || isToldBy(told.get(subject), action)))
      untold.push(`${action} of ${id}`);
  }
  // Vouchers are joined by their number, where they are counted.
  const onCustomers = world.ion.writes.filter(({ program }) => !/^(?:GLS|ARS)/.test(program));
  for (const { program, transaction, record } of onCustomers) {
    const number = record.PK01 ?? record.CUNO ?? '';
    enter(made, `customer ${number}`, program);
    if (!told.has(`customer ${number}`) && !perhaps.has(`customer ${number}`))
      untold.push(`${program}/${transaction} of ${number}`);
  }
  const count = (kind: string): number => rows.filter((row) => row.kind === kind).length;
  const audienceOnes = world.mailchimp.audienceWrites;
  const fields = audienceOnes.filter(({ action }) => action.endsWith('merge-field'));
  const segments = audienceOnes.filter(({ action }) => /-(?:segment|tag)$/.test(action));
  if (fields.length !== count('mergeField'))
    untold.push(`${fields.length} merge fields, ${count('mergeField')} rows`);
  if (segments.length !== count('segment'))
    untold.push(`${segments.length} segments, ${count('segment')} rows`);

  return {
    untold,
    unmade: tooMany(told, made),
    writes: members.length + world.ion.writes.length + audienceOnes.length,
  };
}

/** The same once every run has told how it ended: a webhook's run goes on after its answer. */
export async function joinAtRest(lab: Lab): Promise<Join> {
  const hasEnded = async (): Promise<boolean> =>
    (await lab.api.tableRows('infor_mailchimp_ledger')).every(({ status }) => status !== 'started');
  await until('every run has ended', hasEnded).catch(() => undefined);
  return joinLogs(lab);
}
