import { memberId, type Member, type Status } from '../../sandbox/mailchimp/model.mts';
import { startMailchimpSimulator, type MailchimpSimulator } from '../../sandbox/mailchimp/simulator.mts';
import { plainApi, type Api } from './mailchimpApi.mts';

export const EMAIL = 'anna@shop.example';

export type State = Status | 'unsubscribed by admin' | 'archived opt-out' | 'archived bounce' | 'forgotten';

export const STATES: State[] = [
  'subscribed',
  'pending',
  'transactional',
  'unsubscribed',
  'unsubscribed by admin',
  'cleaned',
  'archived',
  'archived opt-out',
  'archived bounce',
];

/** One audience and one person, Anna, whose consent is the story. */
export interface Anna {
  mailchimp: MailchimpSimulator;
  api: Api;
  list: string;
  /** Her member resource. */
  path: string;
  /** Brings her into a state by what people do, not by the API. */
  bring(state: State): void;
  status(): Status | undefined;
  /** The four ways to send a status for her. */
  send: Record<'PUT' | 'PATCH' | 'POST' | 'bulk', (status: string) => ReturnType<Api>>;
}

function bringInto(mailchimp: MailchimpSimulator, list: string, state: State): void {
  const { audiences } = mailchimp;
  if (audiences.member(list, EMAIL)) audiences.forget(list, EMAIL);
  audiences.get(list)!.forgotten.clear();
  const status: Member['status'] = state === 'pending' || state === 'transactional' ? state : 'subscribed';
  audiences.addMember(list, { email: EMAIL, status });
  if (state === 'unsubscribed' || state === 'archived opt-out') audiences.unsubscribe(list, EMAIL);
  if (state === 'unsubscribed by admin') audiences.unsubscribeByAdmin(list, EMAIL);
  if (state === 'cleaned' || state === 'archived bounce') audiences.hardBounce(list, EMAIL);
  if (state.startsWith('archived')) audiences.archiveByAdmin(list, EMAIL);
  if (state === 'forgotten') audiences.forget(list, EMAIL);
}

export async function startWithAnna(): Promise<Anna> {
  const mailchimp = await startMailchimpSimulator();
  const api = plainApi(mailchimp);
  const list = mailchimp.audiences.create({ name: 'Customers' }).id;
  const path = `/lists/${list}/members/${memberId(EMAIL)}`;
  return {
    mailchimp,
    api,
    list,
    path,
    bring: (state) => bringInto(mailchimp, list, state),
    status: () => mailchimp.audiences.member(list, EMAIL)?.status,
    send: {
      PUT: (status) => api('PUT', path, { email_address: EMAIL, status }),
      PATCH: (status) => api('PATCH', path, { status }),
      POST: (status) => api('POST', `/lists/${list}/members`, { email_address: EMAIL, status }),
      bulk: (status) =>
        api('POST', `/lists/${list}`, {
          members: [{ email_address: EMAIL, status }],
          update_existing: true,
        }),
    },
  };
}
