import { UNKNOWN, type Rule } from './rules';

/** Characters of a tag (assumed). */
const MAX_TAG = 100;

export interface StandingTags {
  /** The tag of the status; '' where it has none. */
  tag: string;
  /** Tags of all other statuses, which the contact should not have. */
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
  const long = statusesIn(rules).find((status) => (prefix + status).trim().length > MAX_TAG);
  return long === undefined ? '' : `The tag of “${long}” is longer than ${MAX_TAG} characters.`;
}

/** Nothing is written of an unknown status, so it neither adds nor removes a tag. */
export function tagsBy(rules: Rule[], prefix: string): (status: string) => StandingTags {
  const tags = new Map(
    statusesIn(rules).map((status) => [status.toLowerCase(), (prefix + status).trim()] as const),
  );
  return (status) => {
    if (status === UNKNOWN) return { tag: '', otherTags: [] };
    const tag = tags.get(status.toLowerCase()) ?? '';
    return { tag, otherTags: [...tags.values()].filter((one) => one !== tag) };
  };
}
