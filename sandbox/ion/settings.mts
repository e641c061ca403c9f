/** How this ION and M3 behave where tenants differ or no public source settles the question; tests flip them. */
export interface IonSettings {
  tokenTtlSeconds: number;
  issueRefreshToken: boolean;
  acceptedClientAuth: 'both' | 'body' | 'header';
  /** Assumed `auto`: business errors come as HTTP 400 for a single call and as HTTP 200 in a bulk answer. */
  m3ErrorStyle: 'http200' | 'http400' | 'auto';
  /** Assumed `inclusive`: whether LMTS of a list includes its own moment. */
  lmtsFilter: 'inclusive' | 'exclusive';
  /** Assumed `unchanged`: a change leaves a field that comes blank as it is, and `?` makes it blank. */
  blankInput: 'unchanged' | 'clears';
  /** Programs, or single transactions as `CRS610MI/ChgBasicData`, that the service account's user has no right to. */
  deniedPrograms: Set<string>;
  /** Assumed `json`: the gateway's own errors. */
  gatewayErrorStyle: 'json' | 'html';
  /** A larger bulk call meets the gateway's 60 s: 504. */
  maxBulkTransactions: number;
  /** Assumed 0, no cap: a tenant that gives fewer records than maxrecs asks for, without saying so. */
  maxRecordsCap: number;
  /**
   * Whether CUSEXTMI looks for the record that its keys name. Assumed `unchecked`, which lets a value be kept for a
   * customer that is not there. With `checked`, an unknown FILE or customer is refused unless VEXI is 1: M3 calls that
   * field "Do not validate if M3 record exist", and so may well check in a tenant.
   */
  customFieldOwners: 'unchecked' | 'checked';
  /** Assumed `from`: LstFieldValue begins at its keys and goes on to the end of FILE; `within` stays within the keys. */
  customFieldList: 'from' | 'within';
  /**
   * Called before each write that is well formed, before M3 looks at what is stored: here a person can change a record
   * between a client's read and its write. A hook that throws is an M3 that dies there: what came before is done, the
   * call answers 500, and the rest never happens.
   */
  beforeWrite?: (program: string, transaction: string, record: Readonly<Record<string, string>>) => void;
  /** The server's clock is this much ahead of the simulator's. */
  clockSkewMs: number;
}

export const defaultSettings = (): IonSettings => ({
  tokenTtlSeconds: 7200,
  issueRefreshToken: false,
  acceptedClientAuth: 'both',
  m3ErrorStyle: 'auto',
  lmtsFilter: 'inclusive',
  blankInput: 'unchanged',
  deniedPrograms: new Set(),
  gatewayErrorStyle: 'json',
  maxBulkTransactions: 500,
  maxRecordsCap: 0,
  customFieldOwners: 'unchecked',
  customFieldList: 'from',
  clockSkewMs: 0,
});
