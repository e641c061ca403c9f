/** One condition as it was sent; segmentConditions.mts tells what it may be. */
export interface Condition {
  condition_type: string;
  field: string;
  op: string;
  value?: string | number;
}

/** What a saved segment asks of its contacts. */
export interface Rule {
  match: 'any' | 'all';
  conditions: Condition[];
}
