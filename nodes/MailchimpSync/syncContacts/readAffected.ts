import { ConnectorError } from '../../../connectors/errors';
import type { Mailchimp } from '../../../connectors/mailchimp/api';
import { affectedContacts, affectedMembers } from '../../../sync/addresses';
import type { ContactInput, SyncSettings } from '../../../sync/types';
import { readContacts, readState, withAllTags, type AudienceState } from '../../shared/audienceState';
import type { SyncJob } from './job';

/** By address first; contacts that are no longer found under the address of CloudSuite then by their own id. */
export async function readAffected(
  mailchimp: Mailchimp,
  { inputs }: SyncJob,
  settings: SyncSettings,
): Promise<AudienceState> {
  const state = await readState(mailchimp, settings.audienceId, affectedMembers(inputs, settings));
  // A contact that is only missing in the answer must not be taken for one that the audience does not know.
  if (!state.complete && settings.unknownContacts === 'leave') throw untold();
  const contactIds = affectedContacts(inputs, state.members, settings);
  const found = await readContacts(mailchimp, settings.audienceId, contactIds);
  if (!found.complete) throw untold();
  const members = new Map([...state.members, ...found.members]);
  return { ...state, members: await withTags(mailchimp, settings.audienceId, inputs, members) };
}

/** All tags of each contact, where the run names tags at all. */
export async function withTags(
  mailchimp: Mailchimp,
  audienceId: string,
  inputs: ContactInput[],
  members: AudienceState['members'],
): Promise<AudienceState['members']> {
  if (!inputs.some(({ tagsToAdd, tagsToRemove }) => [...tagsToAdd, ...tagsToRemove].some(Boolean)))
    return members;
  const known = await withAllTags(mailchimp, audienceId, [...members.values()]);
  return new Map([...members.keys()].map((key, i) => [key, known[i]!]));
}

const untold = (): ConnectorError =>
  new ConnectorError(
    'MAILCHIMP_UNAVAILABLE',
    'Mailchimp did not tell about all contacts.',
    'Run it again later; nothing was written.',
  );
