/** The few words of an OpenAPI schema that Mailchimp's description uses for its answers. */
export interface Schema {
  type?: 'object' | 'array' | 'string' | 'integer' | 'number' | 'boolean';
  enum?: unknown[];
  format?: string;
  properties?: Record<string, Schema>;
  additionalProperties?: unknown;
  items?: Schema;
}

const kindOf = (value: unknown): string => {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return Number.isInteger(value) ? 'integer' : typeof value;
};

const fitsType = (kind: string, type: Schema['type']): boolean =>
  type === undefined || kind === type || (type === 'number' && kind === 'integer');

interface Options {
  /** Keys, by their last name, that the real system leaves out of some answers. */
  optional: ReadonlySet<string>;
}

/**
 * Everything by which a value departs from a schema: wrong types, values outside an enum, keys that the description
 * has and the value lacks, keys that the value has and the description lacks. Empty when it fits.
 */
export function departures(value: unknown, schema: Schema, options: Options, path = '$'): string[] {
  const kind = kindOf(value);
  if (!fitsType(kind, schema.type)) return [`${path}: ${kind} where ${String(schema.type)} is described`];
  if (schema.enum && !schema.enum.includes(value)) return [`${path}: ${String(value)} is not in the enum`];
  if (schema.format === 'date-time' && value !== '' && !isDateTime(value)) return [`${path}: no date-time`];
  if (Array.isArray(value) && schema.items) {
    const items = schema.items;
    return value.flatMap((item, index) => departures(item, items, options, `${path}[${index}]`));
  }
  return kind === 'object' && schema.properties
    ? keyDepartures(value as Record<string, unknown>, schema, options, path)
    : [];
}

const isDateTime = (value: unknown): boolean =>
  typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00$/.test(value);

function keyDepartures(
  value: Record<string, unknown>,
  schema: Schema,
  options: Options,
  path: string,
): string[] {
  const described = schema.properties ?? {};
  const missing = Object.keys(described)
    .filter((key) => !(key in value) && !options.optional.has(key))
    .map((key) => `${path}.${key}: missing`);
  const unknown = Object.keys(value)
    .filter((key) => !(key in described) && schema.additionalProperties === undefined)
    .map((key) => `${path}.${key}: not described`);
  const wrong = Object.entries(described)
    .filter(([key]) => key in value)
    .flatMap(([key, child]) => departures(value[key], child, options, `${path}.${key}`));
  return [...missing, ...unknown, ...wrong];
}
