import type { Row } from '../../data/business.mts';

export class BadRequest extends Error {}

type Condition = (row: Row) => boolean;

const TERM =
  /^\s*([\w.]+)\s+(eq|ne|gt|ge|lt|le)\s+((?:[\w.]+\.)?(\w*)'(?:[^']|'')*'|\d{4}-\d{2}-\d{2}T[\d:.]+Z|-?\d+(?:\.\d+)?)/;

const COMPARE: Record<string, (a: string, b: string) => boolean> = {
  eq: (a, b) => a === b,
  ne: (a, b) => a !== b,
  gt: (a, b) => a > b,
  ge: (a, b) => a >= b,
  lt: (a, b) => a < b,
  le: (a, b) => a <= b,
};

/** $filter: comparisons joined by either `and` or `or`. @param enums property → its type, where it is an enumeration */
export function parseFilter(
  text: string,
  knows: (property: string) => boolean,
  enums: Record<string, string>,
): Condition {
  const conditions: Condition[] = [];
  const joins = new Set<string>();
  for (let rest = text; rest.trim() !== ''; ) {
    const match = TERM.exec(rest);
    if (!match) throw new BadRequest('The filter is not valid');
    const [whole, property = '', operator = '', literal = ''] = match;
    if (!knows(property)) throw new BadRequest(`Property ${property} does not exist`);
    const type = /^([\w.]+)'/.exec(literal)?.[1] ?? '';
    if ((enums[property] ?? '') !== type) throw new BadRequest(`Literal of ${property} is of another type`);
    const value = literal.includes("'")
      ? literal.slice(literal.indexOf("'") + 1, -1).replaceAll("''", "'")
      : literal;
    conditions.push((row) => COMPARE[operator]!(row[property] ?? '', value));
    rest = rest.slice(whole.length);
    const join = /^\s+(and|or)\s+/.exec(rest);
    if (!join && rest.trim() !== '') throw new BadRequest('The filter is not valid');
    if (join) joins.add(join[1]!);
    rest = rest.slice(join?.[0].length ?? 0);
  }
  if (joins.size > 1) throw new BadRequest('and and or together need parentheses');
  return joins.has('or')
    ? (row) => conditions.some((condition) => condition(row))
    : (row) => conditions.every((condition) => condition(row));
}
