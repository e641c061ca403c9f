import type { Row } from '../../data/business.mts';

export class BadFilter extends Error {}

type Condition = (row: Row) => boolean;

const TERM =
  /^\s*(\w+)\s*(?:(=|<>|>=|<=|>|<|LIKE)\s*(N?'(?:[^']|'')*'|-?\d+(?:\.\d+)?)|IN\s*\(((?:\s*,?\s*N?'(?:[^']|'')*')+)\s*\)|(IS\s+(?:NOT\s+)?NULL))/i;

const literal = (text: string): string => text.replace(/^N?'|'$/g, '').replaceAll("''", "'");

/** Values are compared as SQL Server does: without regard to case or to blanks behind. */
const norm = (text: string): string => text.trimEnd().toLowerCase();

function compare(operator: string, value: string, wanted: string): boolean {
  const [a, b] = [norm(value), norm(wanted)];
  switch (operator.toUpperCase()) {
    case '=':
      return a === b;
    case '<>':
      return a !== b;
    case '>=':
      return a >= b;
    case '<=':
      return a <= b;
    case '>':
      return a > b;
    case '<':
      return a < b;
    default:
      return new RegExp(`^${b.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll('%', '.*')}$`).test(a);
  }
}

/** Groups in parentheses joined by OR, or one group without. */
export function parseFilter(text: string, knows: (property: string) => boolean): Condition {
  const groups = text.trim().startsWith('(')
    ? text
        .trim()
        .replace(/^\(|\)$/g, '')
        .split(/\)\s+OR\s+\(/i)
    : [text];
  const conditions = groups.map((group) => parseGroup(group, knows));
  return (row) => conditions.some((condition) => condition(row));
}

/** Conditions joined by AND; functions and subqueries are refused, as CSI does. */
function parseGroup(text: string, knows: (property: string) => boolean): Condition {
  const conditions: Condition[] = [];
  for (let rest = text; rest.trim() !== ''; ) {
    const match = TERM.exec(rest);
    if (!match) throw new BadFilter(`Incorrect syntax near ${rest.trim().slice(0, 20)}`);
    const [whole, property = '', operator, value, list, isNull] = match;
    if (!knows(property)) throw new BadFilter(`Property ${property} not found on IDO`);
    if (operator) conditions.push((row) => compare(operator, row[property] ?? '', literal(value!)));
    else if (list) {
      const values = [...list.matchAll(/N?'(?:[^']|'')*'/g)].map(([one]) => norm(literal(one)));
      conditions.push((row) => values.includes(norm(row[property] ?? '')));
    } else conditions.push((row) => /NOT/i.test(isNull!) === ((row[property] ?? '') !== ''));
    rest = rest.slice(whole.length).replace(/^\s*AND\b/i, '');
  }
  return (row) => conditions.every((condition) => condition(row));
}
