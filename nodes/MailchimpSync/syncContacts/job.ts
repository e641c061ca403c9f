import type { NewMergeField } from '../../../connectors/mailchimp/audiences';
import type { BlastLimits } from '../../../sync/guard';
import type { ContactInput, RunContext, SyncSettings } from '../../../sync/types';

/** Everything one run of Sync Contacts needs to know, read from the node's parameters and input items. */
export interface SyncJob {
  inputs: ContactInput[];
  /** Without the audience's merge fields, which the run itself reads. */
  settings: Omit<SyncSettings, 'mergeFields'>;
  /** Merge fields to create where the audience lacks them. */
  newMergeFields: NewMergeField[];
  limits: BlastLimits;
  context: RunContext;
}
