import type { RecordKind } from '../../../sync/record';
import type { Row, WriteAnswer } from '../homes';
import type { PageQuery, RecordSource } from '../recordSource';
import type { Landmark } from './landmark';
import { ALL, pagesOf } from './pages';
import { rowChecks, type Keys } from './rowChecks';

const KEYS_PER_LIST = 100;
/** A filter stands in the URL, of which servers take 8,000 characters. */
const FILTER_LENGTH = 5000;
const RECORDS_PER_BATCH = 100;

export interface SourceSettings {
  classOf(kind: RecordKind): string;
  list: string;
  action: string;
  /** Index that orders lists by their key; '' for the list's own order. */
  setName: string;
  keyOf(kind: RecordKind): string;
  groupOf(kind: RecordKind): Keys['group'];
  /** Fields of related records, which come only by name. */
  relatedOf(kind: RecordKind): string[];
}

/** LPL's text literal; a backslash escapes (assumed). */
const quoted = (text: string): string => `"${text.replace(/[\\"]/g, '\\$&')}"`;

const equal = (fields: Row): string[] =>
  Object.entries(fields).map(([field, value]) => `${field} = ${quoted(value)}`);

const all = (conditions: string[]): string | undefined =>
  conditions.length > 0 ? conditions.map((condition) => `(${condition})`).join(' and ') : undefined;

/** As many conditions as one URL takes. */
function* blocksOf(key: string, numbers: string[]): Generator<string[]> {
  let block: string[] = [];
  let length = 0;
  for (const number of numbers) {
    const own = encodeURIComponent(`${key} = ${quoted(number)} or `).length;
    if (block.length === KEYS_PER_LIST || (block.length > 0 && length + own > FILTER_LENGTH)) {
      yield block;
      [block, length] = [[], 0];
    }
    block.push(number);
    length += own;
  }
  if (block.length > 0) yield block;
}

/** Landmark's records by lists and batch actions. */
class LandmarkSource implements RecordSource {
  private readonly check = rowChecks();

  constructor(
    private readonly landmark: Landmark,
    private readonly settings: SourceSettings,
  ) {}

  async serverCursor(): Promise<string> {
    return String(await this.landmark.time());
  }

  private keysOf(kind: RecordKind): Keys {
    const { classOf, keyOf, groupOf } = this.settings;
    return { where: classOf(kind), key: keyOf(kind), group: groupOf(kind) };
  }

  pages({ kind, fields, since, after, filter, limit }: PageQuery): AsyncGenerator<Row[]> {
    const { list, setName } = this.settings;
    const keys = this.keysOf(kind);
    const { where, key, group } = keys;
    const asked = [...new Set([...fields, key, group.field])].filter(Boolean);
    const fixed = [...inGroup(keys), ...equal(filter)];
    const query = (last: string | undefined, most: number) => {
      const conditions = last === undefined ? fixed : [...fixed, `${key} > ${quoted(last)}`];
      return { fields: asked, lplFilter: all(conditions), since, setName, limit: most };
    };
    const checked = (rows: Row[]): Row[] => this.check(kind, rows, keys, asked);
    return pagesOf(
      {
        key,
        where,
        rows: async (last, most) => checked(await this.landmark.list(where, list, query(last, most))),
        whole: async (last) => (await this.landmark.whole(where, list, query(last, ALL))).map(checked),
        count: (last) => this.landmark.count(where, list, query(last, ALL)),
      },
      after,
      limit,
    );
  }

  async find(kind: RecordKind, numbers: string[]): Promise<Map<string, Row>> {
    const found = new Map<string, Row>();
    const related = this.settings.relatedOf(kind);
    for (const block of blocksOf(this.settings.keyOf(kind), numbers)) {
      const own = await this.findBlock(kind, block, []);
      const [first = {}] = own.values();
      const lacking = related.filter((field) => !(field in first));
      const more =
        own.size > 0 && lacking.length > 0
          ? await this.findBlock(kind, [...own.keys()], lacking)
          : new Map<string, Row>();
      for (const [number, row] of own) found.set(number, { ...more.get(number), ...row });
    }
    return found;
  }

  async findBy(kind: RecordKind, field: string, values: string[]): Promise<Row[]> {
    const keys = this.keysOf(kind);
    const { key, group, where } = keys;
    const fields = [...new Set([key, group.field, field])].filter(Boolean);
    const found: Row[] = [];
    for (const block of blocksOf(field, values)) {
      const anyOf = block.map((value) => `${field} = ${quoted(value)}`).join(' or ');
      const query = { fields, limit: ALL, lplFilter: all([...inGroup(keys), anyOf]) };
      found.push(...(await this.landmark.list(where, this.settings.list, query)));
    }
    return found;
  }

  /** Asks again for what did not come as long as some of it comes: an answer may have been cut. */
  private async findBlock(kind: RecordKind, numbers: string[], fields: string[]): Promise<Map<string, Row>> {
    const keys = this.keysOf(kind);
    const { key, group, where } = keys;
    const asked = fields.length > 0 ? [...fields, key, group.field].filter(Boolean) : [];
    const found = new Map<string, Row>();
    for (let open = numbers; open.length > 0; ) {
      const anyOf = open.map((number) => `${key} = ${quoted(number)}`).join(' or ');
      const query = { fields: asked, limit: ALL, lplFilter: all([...inGroup(keys), anyOf]) };
      const rows = await this.landmark.list(where, this.settings.list, query);
      for (const row of this.check(kind, rows, keys)) found.set(row[key]!.trim(), row);
      const left = open.filter((number) => !found.has(number));
      if (left.length === open.length) break;
      open = left;
    }
    return found;
  }

  /** Landmark offers no lock; records are read directly before they are written. */
  async write(
    kind: 'customer' | 'supplier',
    rows: ReadonlyMap<string, Row>,
    current: ReadonlyMap<string, Row>,
  ): Promise<WriteAnswer[]> {
    const { key, group, where } = this.keysOf(kind);
    const records = [...rows].map(
      ([number, fields]): Row => ({
        ...(group.field ? { [group.field]: current.get(number)?.[group.field] ?? group.value } : {}),
        [key]: number,
        ...fields,
      }),
    );
    const answers: WriteAnswer[] = [];
    for (let start = 0; start < records.length; start += RECORDS_PER_BATCH) {
      const block = records.slice(start, start + RECORDS_PER_BATCH);
      const outcomes = await this.landmark.batch(where, this.settings.action, block, [key, group.field]);
      answers.push(...outcomes.map(({ answer }) => answer));
    }
    return answers;
  }
}

const inGroup = ({ group: { field, value } }: Keys): string[] =>
  field && value ? equal({ [field]: value }) : [];

export const financialsSource = (landmark: Landmark, settings: SourceSettings): RecordSource =>
  new LandmarkSource(landmark, settings);
