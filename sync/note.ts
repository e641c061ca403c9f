import type { Reason } from './reasons';
import type { RecordNote } from './types';

export const note = (reason: Reason, subject = '', memberId = ''): RecordNote => ({
  reason,
  subject,
  memberId,
});
