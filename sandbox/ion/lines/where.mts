import type { Row } from '../../data/business.mts';

export class BadFilter extends Error {}

type Condition = (row: Row) => boolean;

const TOKEN =
  /\s*(\(|\)|and\b|or\b|like\b|[A-Za-z][\w.]*|>=|<=|!=|<>|=|>|<|"(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|\d{4}-\d{2}-\d{2}|-?\d+(?:\.\d+)?)/iy;

function tokensOf(text: string): string[] {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.trimEnd().length) {
    const at = TOKEN.lastIndex;
    const match = TOKEN.exec(text);
    if (!match) throw new BadFilter(`Filter is not valid at ${at}`);
    tokens.push(match[1]!);
  }
  return tokens;
}

/** Landmark escapes by a backslash, Progress doubles the quote and has the tilde. */
function literal(token: string): string {
  if (token.startsWith('"')) return token.slice(1, -1).replace(/\\(.)/g, '$1');
  if (token.startsWith("'")) return token.slice(1, -1).replaceAll("''", "'").replaceAll('~~', '~');
  return token;
}

const isNumber = (token: string): boolean => /^-?\d+(\.\d+)?$/.test(token);

const COMPARE: Record<string, (a: string, b: string) => boolean> = {
  '=': (a, b) => a === b,
  '!=': (a, b) => a !== b,
  '<>': (a, b) => a !== b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  like: (a, b) => new RegExp(`^${b.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*')}$`).test(a),
};

/** Conditions as Landmark and Progress write them, as far as they are seen in use: comparisons, and, or, parentheses. */
class Parser {
  private at = 0;

  constructor(
    private readonly tokens: string[],
    private readonly knows: (field: string) => boolean,
  ) {}

  parse(): Condition {
    const condition = this.anyOf();
    if (this.at < this.tokens.length) throw new BadFilter('Filter is not valid');
    return condition;
  }

  private anyOf(): Condition {
    const parts = [this.allOf()];
    while (/^or$/i.test(this.tokens[this.at] ?? '')) {
      this.at += 1;
      parts.push(this.allOf());
    }
    return (row) => parts.some((part) => part(row));
  }

  private allOf(): Condition {
    const parts = [this.one()];
    while (/^and$/i.test(this.tokens[this.at] ?? '')) {
      this.at += 1;
      parts.push(this.one());
    }
    return (row) => parts.every((part) => part(row));
  }

  private one(): Condition {
    if (this.tokens[this.at] === '(') {
      this.at += 1;
      const inner = this.anyOf();
      if (this.tokens[this.at++] !== ')') throw new BadFilter('A parenthesis is missing');
      return inner;
    }
    const [field = '', operator = '', value = ''] = this.tokens.slice(this.at, this.at + 3);
    const compare = COMPARE[operator.toLowerCase()];
    if (!compare || !/^["'\d-]/.test(value)) throw new BadFilter('Filter is not valid');
    if (!this.knows(field)) throw new BadFilter(`Field ${field} is not valid`);
    this.at += 3;
    const wanted = literal(value);
    if (!isNumber(value)) return (row) => compare(row[field] ?? '', wanted);
    // Numbers compare by their value: as texts of one width.
    const wide = (text: string): string => text.padStart(20, '0');
    return (row) => compare(wide(row[field] ?? ''), wide(wanted));
  }
}

export const parseWhere = (text: string, knows: (field: string) => boolean): Condition =>
  text.trim() === '' ? () => true : new Parser(tokensOf(text), knows).parse();
