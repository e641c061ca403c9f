import type { FinancialStatus, PartyStatus } from '../../sync/party';
import type { RecordKind } from '../../sync/record';
import type { ReferenceFields, Row, WriteAnswer } from './homes';
import type { Posting, ReceivableBook } from './receivables';

/** What is asked of one kind of records. */
export interface PageQuery {
  kind: RecordKind;
  /** Source fields to read. */
  fields: string[];
  /** ms since 1970, inclusive; undefined for all. */
  since?: number;
  /** Number after which the list goes on. */
  after?: string;
  /** Source field → exact value. */
  filter: Row;
  /** So many rows are wanted at most. */
  limit?: number;
}

/** A system that keeps each record whole under one number, with the fields that its tenant has added. */
export interface RecordSource {
  serverCursor(): Promise<string>;
  /** In the order of the number; of changed records in any order. Rows may come twice, none may be missing. */
  pages(query: PageQuery): AsyncIterable<Row[]>;
  /** Records by number, all fields, many in few calls; what does not exist is missing. */
  find(kind: RecordKind, numbers: string[]): Promise<Map<string, Row>>;
  /** Records whose field has one of these values, many values in few calls; without it they are asked one by one. */
  findBy?(kind: RecordKind, field: string, values: string[]): Promise<Row[]>;
  /** One answer a row, in order. */
  write(
    kind: 'customer' | 'supplier',
    rows: ReadonlyMap<string, Row>,
    current: ReadonlyMap<string, Row>,
  ): Promise<WriteAnswer[]>;
}

/** How the system writes what a text cannot show by itself. */
export interface Formats {
  /** → YYYY-MM-DD; '' for none. */
  date(text: string): string;
  /** → a plain decimal such as -1234.50; '' for none. */
  decimal(text: string): string;
  /** When the record changed, ISO 8601; '' for none. @param field by canonical name */
  moment(field: (canonical: string) => string): string;
  /** @param field by canonical name */
  status(kind: RecordKind, field: (canonical: string) => string, activeStatuses: string[]): PartyStatus;
  financialStatus(field: (canonical: string) => string): FinancialStatus;
  /** Whether the customer is stopped; null where the field does not tell. */
  stopped(field: (canonical: string) => string): boolean | null;
}

export interface RecordLineParts {
  source: RecordSource;
  formats: Formats;
  /** Canonical field → source field, by kind. */
  names: Record<RecordKind, Row>;
  referenceFields(kind: 'customer' | 'supplier'): ReferenceFields;
  /** Longest address that the usual home holds, by source field. */
  emailLength(field: string): number;
  /** Whether the tenant has added this field. */
  isCustom(field: string): boolean;
  receivables?(posting: Posting): ReceivableBook;
}
