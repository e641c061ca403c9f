import type { IDataObject } from 'n8n-workflow';
import { ConnectorError } from '../../connectors/errors';
import type { Mailchimp } from '../../connectors/mailchimp/api';
import type { Json } from '../../connectors/mailchimp/collections';
import { getStore } from '../../connectors/mailchimp/stores';
import { memberIdOf } from '../../sync/email';
import type { Member } from '../../sync/member';
import type { OrderEvent } from '../../sync/order';
import { numbersIn } from '../../sync/shared';
import type { MemberState } from '../../sync/types';
import { readState } from './audienceState';

/** What an order is given out with. */
export interface OrderItem extends IDataObject {
  storeId: string;
  event: OrderEvent | null;
  order: IDataObject;
  /** The buyer's contact in the audience of the store; null where it has none, or where it was not read. */
  member: IDataObject | null;
  customerNumbers: string[];
}

const emailOf = ({ customer }: Json): string => {
  const { email_address: email } = (customer ?? {}) as Json;
  return typeof email === 'string' ? email.trim() : '';
};

const toMember = (state: MemberState, audienceId: string, email: string): Member => ({
  audienceId,
  contactId: state.contactId,
  memberId: state.id,
  email,
  status: state.status,
  mergeFields: state.mergeFields,
  lastChanged: '',
});

/** Contacts of the buyers, each once, by the cheaper of pages and single reads. */
async function membersOf(
  mailchimp: Mailchimp,
  storeId: string,
  orders: Json[],
): Promise<(order: Json) => Member | undefined> {
  const store = await getStore(mailchimp, storeId);
  if (!store) {
    throw new ConnectorError(
      'MAILCHIMP_AUDIENCE_NOT_FOUND',
      'Mailchimp does not know this store.',
      'Choose the store again in the node; it may have been deleted, or belong to another account.',
      404,
    );
  }
  const ids = [...new Set(orders.map(emailOf).filter((email) => email !== ''))].map(memberIdOf);
  const { members } = await readState(mailchimp, store.audienceId, ids);
  return (order) => {
    const email = emailOf(order);
    const state = email === '' ? undefined : members.get(memberIdOf(email));
    return state && toMember(state, store.audienceId, email);
  };
}

export interface OrderItemOptions {
  readContact: boolean;
  /** Tag of the merge field that keeps customer numbers. */
  numberField: string;
}

/** Orders as items, the same wherever they come from: events, polls and lists feed one workflow. */
export async function orderItems(
  mailchimp: Mailchimp,
  storeId: string,
  orders: Array<{ order: Json; event: OrderEvent | null }>,
  { readContact, numberField }: OrderItemOptions,
): Promise<OrderItem[]> {
  const memberOf =
    readContact && orders.length > 0
      ? await membersOf(
          mailchimp,
          storeId,
          orders.map(({ order }) => order),
        )
      : () => undefined;
  return orders.map(({ order, event }) => {
    const member = memberOf(order);
    return {
      storeId,
      event,
      order: order as IDataObject,
      member: (member ?? null) as unknown as IDataObject | null,
      customerNumbers: numbersIn(member?.mergeFields[numberField]),
    };
  });
}
