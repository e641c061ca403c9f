import { RECORD_KINDS, type RecordKind } from '../../../../sync/record';
import type { Operation, Resource } from '../../operation';
import { applyContact } from '../contactLink/applyContact';
import { logMail } from '../contactLink/logMail';
import { setCrossReference } from '../contactLink/setCrossReference';
import { getStanding } from '../standing/getStanding';
import { getCustomFields, setCustomFields } from './customFields';
import { getOperation } from './get';
import { getAllOperation } from './getAll';
import { updateOperation } from './update';
import { WORDS } from './words';

function changesOf(kind: RecordKind): Operation[] {
  if (kind !== 'customer' && kind !== 'supplier') return [];
  const own = [
    getCustomFields(kind),
    setCrossReference(kind),
    setCustomFields(kind),
    updateOperation(kind),
    applyContact(kind),
  ];
  return kind === 'customer' ? [...own, getStanding, logMail] : own;
}

/** One resource for each kind of record, with what any product line can do with it. */
export const RECORDS: Resource[] = RECORD_KINDS.map((kind) => ({
  value: kind,
  name: WORDS[kind].name,
  operations: [getOperation(kind), getAllOperation(kind), ...changesOf(kind)],
}));
