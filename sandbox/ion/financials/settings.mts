/** How this Landmark behaves where tenants differ or no public source settles the question; tests flip them. */
export interface FinancialsSettings {
  /** Tenants differ: FSM/fsm or fsm (infor §0). */
  prefix: 'FSM/fsm' | 'fsm';
  /** Assumed 0, no cap: a list that gives fewer rows than _limit asks for. */
  limitCap: number;
  /** Assumed `untold`: whether a capped list names the rest in `_links` of its first element, where links are asked for. */
  rest: 'untold' | 'next';
  /** In front of the path of a next link: '' for a relative one, or another host. */
  nextOrigin: string;
  /**
   * Assumed `asked`: by key with _setName=SymbolicKey, else as the records were made. `made` and `mixed` do not mind
   * the set: as made, or in no order at all.
   */
  order: 'asked' | 'made' | 'mixed';
  /** Both are seen: a list whose first element tells about the others, and an object with `_records`. */
  form: 'array' | 'records';
  /** Assumed `refused`: a field that the class does not have, or `omitted` without a word. */
  unknownFields: 'refused' | 'omitted';
  /** Assumed `shown`: fields without a value. */
  emptyFields: 'shown' | 'omitted';
  /** Assumed `own`: whether `_all` gives fields of related records too. */
  allFields: 'own' | 'related';
  /** Assumed `told`: whether _recordCountOnly is answered, or not minded. */
  recordCount: 'told' | 'ignored';
  /** Assumed 0: width to which keys are filled with blanks in front; filters do not mind them. */
  keyWidth: number;
  /** How a batch tells of each record: in English, or in another language. */
  words: 'english' | 'other';
  /** Assumed `exception`: how a batch tells that a record was refused; `message` says it in words alone. */
  refusals: 'exception' | 'message';
  /** Larger batches meet the gateway's 60 s: 504. */
  maxBatch: number;
  /** Longest path with its query; common for servers. */
  maxUrl: number;
}

export const defaultSettings = (): FinancialsSettings => ({
  prefix: 'FSM/fsm',
  limitCap: 0,
  rest: 'untold',
  nextOrigin: '',
  order: 'asked',
  form: 'array',
  unknownFields: 'refused',
  emptyFields: 'shown',
  allFields: 'own',
  recordCount: 'told',
  keyWidth: 0,
  words: 'english',
  refusals: 'exception',
  maxBatch: 500,
  maxUrl: 8000,
});
