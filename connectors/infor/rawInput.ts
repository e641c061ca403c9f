import { ConnectorError } from '../errors';
import type { Row } from './homes';

/** @throws ConnectorError INFOR_FIELD */
function parsed(text: string, name: string, form: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // Told below, without the parser's words: they quote the input.
  }
  throw new ConnectorError('INFOR_FIELD', `“${name}” is no JSON.`, `Write it as ${form}.`);
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const wrong = (name: string, form: string): ConnectorError =>
  new ConnectorError('INFOR_FIELD', `“${name}” has another form.`, `Write it as ${form}.`);

export function jsonObject(text: string, name: string): Record<string, unknown> {
  const form = '{ "Field": "value" }';
  const value = parsed(text || '{}', name, form);
  if (isObject(value)) return value;
  throw wrong(name, form);
}

export const textsOf = (object: Record<string, unknown>): Row =>
  Object.fromEntries(Object.entries(object).map(([field, value]) => [field, String(value ?? '')]));

export function jsonTexts(text: string, name: string): string[] {
  const form = '["first", "second"]';
  const value = parsed(text || '[]', name, form);
  if (Array.isArray(value)) return value.map((one) => String(one ?? ''));
  throw wrong(name, form);
}

export function jsonRecords(text: string, name: string): Row[] {
  const form = '[{ "Field": "value" }]';
  const value = parsed(text || '[]', name, form);
  if (Array.isArray(value) && value.every(isObject)) return value.map(textsOf);
  throw wrong(name, form);
}
