import type { AddressEntry } from '../../sync/contactChangeTypes';
import type { Financials } from '../../sync/party';
import type { BusinessRecord, RecordKind } from '../../sync/record';
import { reader, toGlAccount, toInvoice, toItem, toParty, toPurchaseOrder, toReference } from './canonical';
import { splitAddresses } from './emails';
import type { PartyHomes, RecordHome, Row } from './homes';
import type { ObjectType, ProductLine, ReadOptions, RecordQuery } from './productLine';
import type { Posting, ReceivableBook } from './receivables';
import type { PageQuery, RecordLineParts } from './recordSource';
import { FINANCIAL_NAMES, toFinancials, toldBy } from './standing';

const isParty = (kind: RecordKind): kind is 'customer' | 'supplier' =>
  kind === 'customer' || kind === 'supplier';

class RecordLine implements ProductLine {
  readonly receivables?: (posting: Posting) => ReceivableBook;

  constructor(private readonly parts: RecordLineParts) {
    if (parts.receivables) this.receivables = (posting) => parts.receivables!(posting);
  }

  serverCursor(): Promise<string> {
    return this.parts.source.serverCursor();
  }

  async get(kind: RecordKind, number: string, options: ReadOptions): Promise<BusinessRecord | undefined> {
    const wanted = number.trim();
    const row = (await this.parts.source.find(kind, [wanted])).get(wanted);
    return row && this.toRecord(kind, row, options);
  }

  async *list(kind: RecordKind, query: RecordQuery): AsyncGenerator<BusinessRecord[]> {
    const seen = new Set<string>();
    let left = query.limit ?? Infinity;
    const asked: PageQuery = {
      kind,
      fields: this.fieldsOf(kind, query),
      since: query.changedSince === undefined ? undefined : Number(query.changedSince),
      after: query.startAfter,
      filter: query.filter ?? {},
      limit: query.limit,
    };
    for await (const rows of this.parts.source.pages(asked)) {
      const records = rows.map((row) => this.toRecord(kind, row, query));
      const fresh = records.filter(({ number }) => number !== '' && !seen.has(number) && seen.add(number));
      const wanted = fresh.slice(0, left);
      left -= wanted.length;
      if (wanted.length > 0) yield wanted;
      if (left <= 0) return;
    }
  }

  told(): Array<keyof Financials> {
    return toldBy(this.parts.names.customer);
  }

  homes(kind: 'customer' | 'supplier'): PartyHomes {
    const { source, emailLength, isCustom } = this.parts;
    const referenceFields = this.parts.referenceFields(kind);
    const records: RecordHome = {
      adds: false,
      read: (numbers) => source.find(kind, numbers),
      write: (rows, current) => source.write(kind, rows, current),
    };
    const onlyCustom = (row: Row): Row =>
      Object.fromEntries(Object.entries(row).filter(([field]) => isCustom(field)));
    const whole = new Map<string, Row>();
    return {
      records,
      referenceFields,
      customFields: {
        adds: false,
        read: async (numbers) => {
          const rows = await records.read(numbers);
          for (const [number, row] of rows) whole.set(number, row);
          return new Map([...rows].map(([number, row]) => [number, onlyCustom(row)]));
        },
        // The lock stands in a field of the record itself.
        write: (rows) => records.write(rows, whole),
      },
      addresses: (emailHome) => {
        const field = this.emailField(kind, emailHome);
        return {
          home: records,
          field,
          maxLength: emailLength(field),
          fieldsGoTo: 'customer',
          entries: async (rows) =>
            new Map([...rows].map(([number, row]) => [number, entriesOf(number, row[field])])),
        };
      },
    };
  }

  async customersByEmail(emails: string[]): Promise<Map<string, string[]>> {
    const field = this.emailField('customer', '');
    const numbers = new Map<string, Set<string>>();
    for (const row of await this.rowsWith(field, emails)) {
      const key = (row[field] ?? '').trim().toLowerCase();
      numbers.set(key, (numbers.get(key) ?? new Set()).add(reader(row, this.parts.names.customer)('number')));
    }
    return new Map(emails.map((email) => [email, [...(numbers.get(email.toLowerCase()) ?? [])]]));
  }

  private async rowsWith(field: string, values: string[]): Promise<Row[]> {
    const { source } = this.parts;
    if (source.findBy) return source.findBy('customer', field, values);
    const found: Row[] = [];
    for (const value of values) {
      const query = { kind: 'customer' as const, fields: [field], filter: { [field]: value }, limit: 2 };
      for await (const rows of source.pages(query)) found.push(...rows);
    }
    return found;
  }

  private emailField(kind: 'customer' | 'supplier', emailHome: string): string {
    return emailHome || (this.parts.names[kind].email ?? '');
  }

  private fieldsOf(kind: RecordKind, query: RecordQuery): string[] {
    const { names } = this.parts;
    const references =
      isParty(kind) && query.withCrossReference ? this.parts.referenceFields(kind) : undefined;
    const email = isParty(kind) ? [this.emailField(kind, query.emailHome)] : [];
    const fields = [
      ...Object.entries(names[kind]).flatMap(([name, field]) =>
        query.withFinancials || !FINANCIAL_NAMES.includes(name) ? [field] : [],
      ),
      ...email,
      ...Object.values(references ?? {}),
      ...Object.keys(query.filter ?? {}),
      ...(query.sourceFields ?? []),
    ];
    return [...new Set(fields.filter((field) => field !== ''))];
  }

  private toRecord(kind: RecordKind, raw: Row, options: ReadOptions): BusinessRecord {
    const { names, formats } = this.parts;
    const field = reader(raw, names[kind]);
    const status = formats.status(kind, field, options.activeStatuses);
    const modifiedAt = formats.moment(field);
    const facts = { status, modifiedAt, date: formats.date, decimal: formats.decimal };
    switch (kind) {
      case 'item':
        return toItem(raw, names[kind], facts);
      case 'purchaseOrder':
        return toPurchaseOrder(raw, names[kind], facts);
      case 'invoice':
        return toInvoice(field('number'), raw, names[kind], facts);
      case 'glAccount':
        return toGlAccount(raw, names[kind], facts);
      default:
        return toParty(kind, raw, names[kind], {
          emails: splitAddresses(raw[this.emailField(kind, options.emailHome)] ?? ''),
          status,
          financialStatus: options.withFinancials ? formats.financialStatus(field) : 'unknown',
          modifiedAt,
          ...(options.withFinancials && kind === 'customer'
            ? { financials: toFinancials(field, names.customer, formats) }
            : {}),
          ...(options.withCrossReference
            ? { crossReference: toReference(raw, this.parts.referenceFields(kind)) }
            : {}),
        });
    }
  }
}

const entriesOf = (number: string, text = ''): AddressEntry[] =>
  text === '' ? [] : [{ key: number, text, emails: splitAddresses(text), fields: {} }];

export const isNone = (text: string): boolean => text.trim().toLowerCase() === 'none';

/** The product line's names of fields with those of the user over them; '' for a field that the tenant does not have. */
export const namesOf = (objects: Record<RecordKind, ObjectType>, given: Row): Record<RecordKind, Row> =>
  Object.fromEntries(
    Object.entries(objects).map(([kind, { fieldNames }]) => [
      kind,
      Object.fromEntries(
        Object.entries(fieldNames).map(([name, usual]) => {
          const field = given[name] || usual;
          return [name, isNone(field) ? '' : field];
        }),
      ),
    ]),
  ) as Record<RecordKind, Row>;

/** A product line whose records are whole: fields, addresses and custom fields under one number. */
export const recordLine = (parts: RecordLineParts): ProductLine => new RecordLine(parts);
