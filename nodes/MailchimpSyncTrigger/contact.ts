import { sleep, type IDataObject, type IWebhookFunctions } from 'n8n-workflow';
import { ConnectorError } from '../../connectors/errors';
import { getContact } from '../../connectors/mailchimp/contacts';
import { memberIdOf } from '../../sync/email';
import { readMember, type Member } from '../../sync/member';
import { eventKey, type MemberEvent } from '../../sync/memberEvent';
import { numbersIn } from '../../sync/shared';
import { mailchimpOf } from '../shared/mailchimp';

/** Mailchimp gives up a delivery after 10 s and repeats it later. */
const READ_WITHIN_MS = 7_000;
const STEP_MS = 50;

const TOO_LATE = new ConnectorError(
  'MAILCHIMP_UNREACHABLE',
  'Mailchimp did not tell in time what the contact of an event is now.',
  'Nothing: Mailchimp repeats the event.',
);

/** The contact as it is now; an address that was changed again since is looked for under its old name too. */
async function readNow(context: IWebhookFunctions, event: MemberEvent): Promise<Member | undefined> {
  const mailchimp = await mailchimpOf(context);
  const emails = [event.email, event.oldEmail].filter((email) => email !== '');
  for (const email of emails) {
    const member = readMember(await getContact(mailchimp, event.audienceId, memberIdOf(email)));
    if (member) return member;
  }
  return undefined;
}

/** @throws ConnectorError MAILCHIMP_UNREACHABLE when Mailchimp does not tell in time */
async function readInTime(context: IWebhookFunctions, event: MemberEvent): Promise<Member | undefined> {
  let isDone = false;
  const read = readNow(context, event).finally(() => (isDone = true));
  // In short steps, because a timer of n8n's `sleep` cannot be taken back.
  const clock = async (): Promise<undefined> => {
    for (let waited = 0; waited < READ_WITHIN_MS && !isDone; waited += STEP_MS) await sleep(STEP_MS);
    return isDone ? undefined : Promise.reject(TOO_LATE);
  };
  const [member] = await Promise.all([read, clock()]);
  return member;
}

/** An event's item: the same shape as that of Contact → Get and Get Many, so that events and sweeps feed one flow. */
export async function itemOf(
  context: IWebhookFunctions,
  event: MemberEvent,
  { read, numberField }: { read: boolean; numberField: string },
): Promise<IDataObject> {
  const looksAt = read && event.email !== '' && event.type !== 'campaign';
  const member = looksAt ? await readInTime(context, event) : undefined;
  const isGone = looksAt && !member && event.type === 'unsubscribe' && event.action === 'delete';
  return {
    event: event as unknown as IDataObject,
    member: (member ?? null) as unknown as IDataObject | null,
    customerNumbers: numbersIn((member ?? event).mergeFields[numberField]),
    deletedMemberId: isGone ? memberIdOf(event.email) : '',
    source: `event ${eventKey(event)}`,
  };
}
