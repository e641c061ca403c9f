import { UNKNOWN, type Rule } from './rules';

/** Characters of a tag (assumed). */
const MAX_TAG = 100;

/** A prefix that ends in a letter or a digit could begin words of other people's tags. */
const hasFamily = (prefix: string): boolean => prefix.trim() !== '' && !/[\p{L}\p{N}]$/u.test(prefix);

export interface StandingTags {
  /** The tag of the status; '' where it has none. */
  tag: string;
  /**
   * What the contact should not have: the tags of all other statuses and whatever else begins with the prefix
   * (`Account: *`), so that a status that is renamed or no longer in the table takes its tag along.
   */
  otherTags: string[];
}

/** In the order of the table, each once; Mailchimp tells tags apart without regard to capitals. */
function statusesIn(rules: Rule[]): string[] {
  const statuses = new Map<string, string>();
  for (const status of rules.map((rule) => rule.status.trim()))
    if (!statuses.has(status.toLowerCase())) statuses.set(status.toLowerCase(), status);
  return [...statuses.values()];
}

/** What is wrong with the tags of a table, in one sentence; '' for nothing. */
export function checkTags(rules: Rule[], prefix: string): string {
  if (prefix.includes(',')) return 'A comma in the tag prefix would cut its tags in two.';
  const star = statusesIn(rules).find((status) => status.endsWith('*'));
  if (star !== undefined)
    return `The tag of “${star}” would stand for all tags that begin so: leave out the *.`;
  const long = statusesIn(rules).find((status) => (prefix + status).trim().length > MAX_TAG);
  return long === undefined ? '' : `The tag of “${long}” is longer than ${MAX_TAG} characters.`;
}

/** Nothing is written of an unknown status, so it neither adds nor removes a tag. */
export function tagsBy(rules: Rule[], prefix: string): (status: string) => StandingTags {
  const tags = new Map(
    statusesIn(rules).map((status) => [status.toLowerCase(), (prefix + status).trim()] as const),
  );
  const family = hasFamily(prefix) ? [`${prefix}*`] : [];
  return (status) => {
    if (status === UNKNOWN) return { tag: '', otherTags: [] };
    const tag = tags.get(status.toLowerCase()) ?? '';
    return { tag, otherTags: [...[...tags.values()].filter((one) => one !== tag), ...family] };
  };
}
