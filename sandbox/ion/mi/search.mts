import type { CustomerRow } from '../../data/customers.mts';
import { MiFailure, type Handler } from './engine.mts';

/** `FIELD:` or nothing, then a word or a quoted text; what follows is the next term. */
const TERM = /^\s*(?:(\w+):)?(?:"([^"]*)"|([^\s"()]+))(?=\s|$)/;

interface Term {
  /** Empty for a word that may be in any field. */
  field: string;
  text: string;
}

const bad = (what: string): MiFailure =>
  new MiFailure('XSE0001', 'SQRY', `Search query is not valid: ${what}`);

/** Only terms joined by AND or blanks; the rest of the search language is refused, for a guess would find too much. */
function termsOf(query: string): Term[] {
  const terms: Term[] = [];
  for (let rest = query; rest.trim() !== ''; ) {
    const match = TERM.exec(rest);
    if (!match) throw bad(rest.trim());
    const [whole, field = '', quoted, word = ''] = match;
    if (field === '' && quoted === undefined && ['OR', 'NOT'].includes(word)) throw bad(word);
    if (field !== '' || quoted !== undefined || word !== 'AND') terms.push({ field, text: quoted ?? word });
    rest = rest.slice(whole.length);
  }
  return terms;
}

const has = (value: string, text: string): boolean => value.toLowerCase().includes(text.toLowerCase());

function holds({ field, text }: Term, row: CustomerRow): boolean {
  if (field === '') return Object.values(row).some((value) => has(value, text));
  const value = row[field];
  if (value === undefined) throw bad(`field ${field}`);
  return has(value, text);
}

/** The small part of M3's search language that is needed here; that a term may be part of a value is assumed. */
export const searchCustomer: Handler = ({ db }, { SQRY = '' }) => {
  const terms = termsOf(SQRY);
  return db.sortedCustomers().filter((row) => terms.every((term) => holds(term, row)));
};
