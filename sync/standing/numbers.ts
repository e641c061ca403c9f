import type { Member } from './hierarchy';

/** By plain text compare, the same on every machine. */
export const smaller = (a: string, b: string): string => (b < a ? b : a);

type LinkField = 'parentNumber' | 'payerNumber' | 'groupNumber';

const keep = (map: Map<string, string>, key: string, value: string): void => {
  const before = map.get(key);
  map.set(key, before === undefined ? value : smaller(before, value));
};

/** The numbers of customers, and whom they name, although systems write one number in several ways. */
export class Numbers {
  /** Trimmed, each once. */
  readonly all: string[];
  private readonly members: Member[];
  private readonly known: ReadonlySet<string>;
  /** Number in small letters → as the customers have it; the smallest where several differ in letters alone. */
  private readonly spellings = new Map<string, string>();

  constructor(members: Iterable<Member>) {
    this.members = [...members];
    this.all = [...new Set(this.members.map(({ number }) => number.trim()))];
    this.known = new Set(this.all);
    for (const number of this.all) keep(this.spellings, number.toLowerCase(), number);
    const named = this.members.flatMap(({ parentNumber, payerNumber, groupNumber }) => [
      parentNumber.trim(),
      payerNumber.trim(),
      groupNumber.trim(),
    ]);
    const unread = new Map<string, string>();
    for (const number of named)
      if (!this.spellings.has(number.toLowerCase())) keep(unread, number.toLowerCase(), number);
    for (const [key, number] of unread) this.spellings.set(key, number);
  }

  /** Customer → whom its field names; none for itself. Of a customer that came twice the smallest. */
  links(field: LinkField): Map<string, string> {
    const links = new Map<string, string>();
    for (const member of this.members) {
      const [number, named] = [member.number.trim(), member[field].trim()];
      if (named === '') continue;
      const other = this.known.has(named) ? named : this.spellings.get(named.toLowerCase())!;
      if (other !== number) keep(links, number, other);
    }
    return links;
  }
}
