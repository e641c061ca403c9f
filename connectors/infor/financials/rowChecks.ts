import type { RecordKind } from '../../../sync/record';
import { ConnectorError } from '../../errors';
import type { Row } from '../homes';

/** What rows of one class must be before they count as records. */
export interface Keys {
  where: string;
  key: string;
  /** Field that tells groups apart, '' for none, and the group that is meant, '' for the only one. */
  group: { field: string; value: string };
}

const unknownField = (where: string, field: string): ConnectorError =>
  new ConnectorError(
    'INFOR_FIELD',
    `${where} does not have the field ${field}.`,
    'Enter the name that your system gives to it under “Field Names”, or none.',
  );

/** A number is unique within its group only. */
const severalGroups = (where: string, field: string): ConnectorError =>
  new ConnectorError(
    'INFOR_SETTING',
    `${where} has records of several groups (${field}).`,
    'Enter the group under “Product Line Options”.',
  );

const severalRecords = (where: string, key: string): ConnectorError =>
  new ConnectorError(
    'INFOR_SETTING',
    `${where} has several records of one ${key}: its key has more parts than that.`,
    'Choose one company or group by a filter, or a field that is unique under “Field Names”.',
  );

/**
 * A tenant may leave out what it does not know without a word, or what is empty. Where it shows empty values, a field
 * that no row has is unknown.
 */
function missingField(rows: Row[], asked: string[]): string | undefined {
  const showsEmpty = rows.some((row) => Object.values(row).includes(''));
  return showsEmpty ? asked.find((field) => rows.every((row) => !(field in row))) : undefined;
}

/** Remembers the group of each kind, which is one for all answers that a client gets. */
export function rowChecks(): (kind: RecordKind, rows: Row[], keys: Keys, asked?: string[]) => Row[] {
  const groups = new Map<RecordKind, string>();
  return (kind, rows, { where, key, group }, asked = []) => {
    if (rows.some((row) => (row[key] ?? '').trim() === '')) throw unknownField(where, key);
    const missing = missingField(rows, asked);
    if (missing !== undefined) throw unknownField(where, missing);
    for (const row of group.field === '' || group.value !== '' ? [] : rows) {
      const own = row[group.field] ?? '';
      if ((groups.get(kind) ?? own) !== own) throw severalGroups(where, group.field);
      groups.set(kind, own);
    }
    if (new Set(rows.map((row) => row[key])).size < rows.length) throw severalRecords(where, key);
    return rows;
  };
}
