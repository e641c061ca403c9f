import { UNKNOWN, type Rule } from './rules';

/** Characters of a tag (assumed). */
const MAX_TAG = 100;

export interface StandingTags {
  /** The tag of the status; '' where it has none. */
  tag: string;
  /** Tags of all other statuses, which the contact should not have. */
  otherTags: string[];
}

const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

/** In the order of the table, each once; Mailchimp tells tags apart without regard to capitals. */
const statusesIn = (rules: Rule[]): string[] =>
  rules
    .map(({ status }) => status.trim())
    .filter((status, at, all) => all.findIndex((other) => same(other, status)) === at);

/** What is wrong with the tags of a table, in one sentence; '' for nothing. */
export function checkTags(rules: Rule[], prefix: string): string {
  if (prefix.includes(',')) return 'A comma in the tag prefix would cut its tags in two.';
  const long = statusesIn(rules).find((status) => (prefix + status).trim().length > MAX_TAG);
  return long === undefined ? '' : `The tag of “${long}” is longer than ${MAX_TAG} characters.`;
}

/** Nothing is written of an unknown status, so it neither adds nor removes a tag. */
export function tagsOf(status: string, rules: Rule[], prefix: string): StandingTags {
  if (status === UNKNOWN) return { tag: '', otherTags: [] };
  const statuses = statusesIn(rules);
  const own = statuses.find((one) => same(one, status));
  const tag = (one: string): string => (prefix + one).trim();
  return {
    tag: own === undefined ? '' : tag(own),
    otherTags: statuses.filter((one) => one !== own).map(tag),
  };
}
