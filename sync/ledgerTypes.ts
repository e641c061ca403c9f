/** `started` is a run that has begun to write, and has not ended. */
export type LedgerStatus = 'applied' | 'skipped' | 'failed' | 'quarantined' | 'superseded' | 'started';

/** A row of the ledger: numbers, ids and hashes only. */
export interface LedgerRow {
  effectKey: string;
  flow: string;
  kind: string;
  recordNumber: string;
  memberId: string;
  /** What brought the record here: an order, an event, a message, a document; '' where it is the record itself. */
  source: string;
  status: LedgerStatus;
  reason: string;
  attempts: number;
  fingerprint: string;
  executionId: string;
  workflowId: string;
  /** Address of the execution in n8n's editor. */
  link: string;
}

/** What the ledger says about an effect that did not come about. */
export type EarlierRow = Pick<
  LedgerRow,
  'attempts' | 'kind' | 'recordNumber' | 'memberId' | 'source' | 'reason'
>;

/** A run that told the ledger that it began to write, and never that it ended. It may name its only record. */
export type UnfinishedRun = Omit<LedgerRow, 'kind' | 'status' | 'reason' | 'attempts' | 'fingerprint'>;

/** By effect key. */
export type EarlierRows = ReadonlyMap<string, EarlierRow>;

export interface RunContext {
  mode: 'plan' | 'apply';
  /** Name of the flow in the ledger; one flow, one set of rows. */
  flow: string;
  executionId: string;
  workflowId: string;
  /** Address of the execution in n8n's editor. */
  link: string;
  audienceId: string;
  /** Absent where the flow does not read its ledger. */
  earlier?: EarlierRows;
  /** Runs of the flow that began to write before this one, and did not end; absent where the flow does not look. */
  unfinished?: UnfinishedRun[];
}
