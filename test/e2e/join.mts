import type { Lab } from '../../sandbox/lab.mts';
import { memberId } from '../../sandbox/mailchimp/model.mts';

/** Every write of the simulated systems beside the ledger row that tells it, and the other way round. */
export interface Join {
  /** Writes that no row tells. */
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

/** A new contact is written with its tags, by one or two calls. */
const isToldBy = (kinds: Set<string> | undefined, action: string): boolean =>
  (CONTACT_KINDS[action] ?? []).some((kind) => kinds?.has(kind)) ||
  (action === 'tags' && kinds?.has('create') === true);

const RECORD_KINDS = ['crossReference', 'updateCustomer', 'updateAddress', 'logMail'];

/** Joins by subject (contact, customer, segment, merge field) and by what was done to it. */
export async function joinLogs({ world, api }: Lab): Promise<Join> {
  const rows = (await api.tableRows('infor_mailchimp_ledger')).filter(({ status }) => status === 'applied');
  const kindsOf = new Map<string, Set<string>>();
  const add = (subject: string, kind: unknown): void =>
    void kindsOf.set(subject, (kindsOf.get(subject) ?? new Set()).add(String(kind)));
  for (const { kind, memberId: id, recordNumber, effectKey } of rows) {
    if (RECORD_KINDS.includes(String(kind))) add(`customer ${String(recordNumber)}`, kind);
    else if (id) add(`contact ${String(id)}`, kind);
    else if (kind === 'mergeField' || kind === 'segment') add(`${String(kind)} ${String(effectKey)}`, kind);
  }
  const made = new Map<string, Set<string>>();
  const untold: string[] = [];
  const wrote = (subject: string, action: string): void =>
    void made.set(subject, (made.get(subject) ?? new Set()).add(action));

  const members = world.mailchimp.writes.filter(({ via }) => via !== undefined);
  for (const { id, action, emailBefore } of members) {
    const known = [id, ...(emailBefore ? [memberId(emailBefore)] : [])].map((one) => `contact ${one}`);
    for (const subject of known) wrote(subject, action);
    if (!known.some((subject) => isToldBy(kindsOf.get(subject), action))) untold.push(`${action} of ${id}`);
  }
  for (const { program, transaction, record } of world.ion.writes) {
    const number = record.PK01 ?? record.CUNO ?? '';
    wrote(`customer ${number}`, program);
    if (!kindsOf.has(`customer ${number}`)) untold.push(`${program}/${transaction} of ${number}`);
  }
  const count = (kind: string): number => rows.filter((row) => row.kind === kind).length;
  const audienceOnes = world.mailchimp.audienceWrites;
  const fields = audienceOnes.filter(({ action }) => action.endsWith('merge-field'));
  const segments = audienceOnes.filter(({ action }) => action.endsWith('-segment'));
  if (fields.length !== count('mergeField'))
    untold.push(`${fields.length} merge fields, ${count('mergeField')} rows`);
  if (segments.length !== count('segment'))
    untold.push(`${segments.length} segments, ${count('segment')} rows`);

  const unmade = [...kindsOf].flatMap(([subject, kinds]) => {
    if (subject.startsWith('customer ')) return made.has(subject) ? [] : [subject];
    if (!subject.startsWith('contact ')) return [];
    const actions = made.get(subject) ?? new Set<string>();
    const isMade = (kind: string): boolean =>
      [...actions].some((action) => CONTACT_KINDS[action]?.includes(kind));
    return [...kinds].filter((kind) => !isMade(kind)).map((kind) => `${kind} of ${subject}`);
  });
  return { untold, unmade, writes: members.length + world.ion.writes.length + audienceOnes.length };
}
