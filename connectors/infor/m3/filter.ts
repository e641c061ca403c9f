import { ConnectorError } from '../../errors';
import type { Row } from '../homes';
import type { RecordQuery } from '../productLine';

type Filter = RecordQuery['filter'];

export const matches = (record: Row, filter: Filter): boolean =>
  Object.entries(filter ?? {}).every(([field, value]) => (record[field] ?? '') === value);

const noSuchField = (field: string, list: string): ConnectorError =>
  new ConnectorError(
    'M3_FIELD',
    `The filter names the field “${field}”, which ${list} does not give.`,
    'Choose one of its output fields, such as STAT; MRS001 lists them.',
  );

/** M3's refusal of the output field that a filter asked for, in words that name the filter. */
export function filterError(error: unknown, filter: Filter, list: string): Error {
  const named =
    error instanceof ConnectorError && error.errorCode === 'M3_TRANSACTION'
      ? Object.keys(filter ?? {}).find((field) => error.what.includes(field))
      : undefined;
  return named === undefined ? (error as Error) : noSuchField(named, list);
}

/** A field that the list does not give would match no record, which looks like an empty company. */
export function checkFilter(row: Row | undefined, filter: Filter, list: string): void {
  const unknown = row && Object.keys(filter ?? {}).find((field) => row[field] === undefined);
  if (unknown === undefined) return;
  throw noSuchField(unknown, list);
}
