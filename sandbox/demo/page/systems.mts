import type { CustomerRow } from '../../data/customers.mts';
import { memberId, type Member } from '../../mailchimp/model.mts';
import type { SandboxWorld } from '../../world.mts';
import { EVERYBODY } from '../cast.mts';
import { amountInWords, statusInWords } from './words.mts';

/** More would be no overview; who has a name in the story always is among them. */
const SHOWN = 160;

/** A label with a tone: good, warn, bad or none. */
export interface Chip {
  text: string;
  tone: string;
  title?: string;
}

/** One line of a column. `keys` are the customer numbers by which the columns belong together. */
export interface Line {
  id: string;
  keys: string[];
  head: string;
  side: string;
  texts: string[];
  chips: Chip[];
  /** Where to look further; '' for nowhere. */
  link?: string;
}

export interface Column {
  total: number;
  lines: Line[];
  /** What the column holds in sum. */
  sums: Chip[];
}

const TONES: Record<string, string> = {
  subscribed: 'good',
  unsubscribed: 'warn',
  cleaned: 'bad',
  archived: 'warn',
};
const statusChip = (status: string): Chip => ({
  text: statusInWords(status),
  tone: TONES[status] ?? '',
  title: status,
});

const known = new Map(EVERYBODY.map((person) => [person.number, person]));
/** About somebody of the story. */
export const isNamed = (keys: string[]): boolean => keys.some((key) => known.has(key));
const rank = (keys: string[]): number => (isNamed(keys) ? 0 : 1);

/** People of the story first, the others by their number. */
const ordered = (lines: Line[]): Line[] =>
  [...lines].sort(
    (a, b) => rank(a.keys) - rank(b.keys) || (a.keys[0] ?? '~').localeCompare(b.keys[0] ?? '~'),
  );

const RECORDS: Record<string, Chip> = {
  '10': { text: 'preliminary', tone: '' },
  '90': { text: 'closed', tone: '' },
};

function customerChips(world: SandboxWorld, { CUNO = '', STAT = '', BLCD = '0' }: CustomerRow): Chip[] {
  const { m3 } = world.ion;
  const preference = m3.customField(CUNO, 'A030');
  const contact = m3.customField(CUNO, 'A121');
  const mail = m3.customField(CUNO, 'A430')?.split(' ')[0]?.replaceAll('_', ' ');
  return [
    ...(RECORDS[STAT] ? [RECORDS[STAT]] : []),
    ...(BLCD === '0' || BLCD === '' ? [] : [{ text: 'credit stop', tone: 'bad' }]),
    ...(preference ? [statusChip(preference)] : []),
    ...(contact
      ? [{ text: `contact ${contact.slice(0, 6)}`, tone: 'id', title: `Contact id ${contact}` }]
      : []),
    ...(mail ? [{ text: `last mail: ${mail}`, tone: mail === 'hard bounce' ? 'bad' : '' }] : []),
  ];
}

function voucherLines({ ion }: SandboxWorld, number: string): string[] {
  const own = ion.m3.ledger.posted.filter(({ customer }) => customer === number);
  if (own.length === 0) return [];
  const sum = own.reduce((all, { total }) => all + total, 0n);
  const each = own.map(({ total }) => `${total < 0n ? 'credit' : 'invoice'} ${amountInWords(total)}`);
  return [`${each.join(' · ')} = ${amountInWords(sum)} ${own[0]!.currency}`];
}

export function cloudSuiteColumn(world: SandboxWorld): Column {
  const rows = world.ion.m3.sortedCustomers();
  const lines = rows.map((row): Line => {
    const number = row.CUNO!;
    return {
      id: number,
      keys: [number],
      head: known.has(number) ? `${row.CUNM} · ${known.get(number)!.person}` : row.CUNM!.trim(),
      side: number,
      texts: [[row.MAIL || 'no e-mail address', row.PHNO].filter(Boolean).join(' · ')],
      chips: [],
    };
  });
  const shown = ordered(lines).slice(0, SHOWN);
  for (const line of shown) {
    line.chips = customerChips(world, world.ion.m3.customers.get(line.id)!);
    line.texts.push(...voucherLines(world, line.id));
  }
  return { total: rows.length, lines: shown, sums: [] };
}

const numbersOf = ({ mergeFields }: Member): string[] =>
  String(mergeFields.CUSTNO ?? '')
    .split(',')
    .filter(Boolean);

/** Whom a row of the ledger is about, where it names a contact and no customer. */
export const numbersByMember = ({ audience }: SandboxWorld): Map<string, string[]> =>
  new Map([...audience.members.values()].map((member) => [memberId(member.email), numbersOf(member)]));

export function audienceColumn({ audience }: SandboxWorld, segments: Chip[]): Column {
  const members = [...audience.members.values()];
  const lines = members.map((member): Line => {
    const { mergeFields, contactId, status } = member;
    const company = [mergeFields.COMPANY, mergeFields.PHONE].filter(Boolean).join(' · ');
    const tags = [...member.tags.keys()].map((id) => audience.segments.get(id)?.name ?? '');
    return {
      id: contactId,
      keys: numbersOf(member),
      head: member.email,
      side: numbersOf(member).join(', '),
      texts: [company],
      chips: [
        statusChip(status),
        ...tags.map((text) => ({ text, tone: 'tag', title: 'Tag' })),
        { text: contactId.slice(0, 6), tone: 'id', title: `Contact id ${contactId}` },
      ],
    };
  });
  const counts = new Map<string, number>();
  for (const { status } of members) counts.set(status, (counts.get(status) ?? 0) + 1);
  const sums = [...counts].map(([status, n]) => ({
    ...statusChip(status),
    text: `${n} ${statusInWords(status)}`,
  }));
  return { total: members.length, lines: ordered(lines).slice(0, SHOWN), sums: [...sums, ...segments] };
}
