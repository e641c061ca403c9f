import { checkEmail } from '../emailRules.mts';
import { importMember } from '../newMember.mts';
import type { Json } from '../query.mts';
import type { ApiCall } from '../router.mts';
import { secondsNow } from '../world.mts';
import type { Row, Store } from './shop.mts';

/**
 * What a customer does to the audience of the store (mailchimp-events §3.5): an unknown address becomes subscribed or
 * transactional; a later opt-in subscribes; a contact that is there keeps its status otherwise.
 */
function tellAudience(call: ApiCall, store: Store, before: Row | undefined, after: Row): void {
  const audience = call.world.audiences.get(String(store.row.list_id));
  const email = String(after.email_address ?? '');
  if (!audience || email === '') return;
  const member = audience.byEmail(email);
  const wants = after.opt_in_status === true;
  if (!member) {
    if (audience.forgotten.has(email.toLowerCase())) return;
    importMember(audience, { email, status: wants ? 'subscribed' : 'transactional' }, secondsNow(call.world));
  } else if (before && before.opt_in_status !== true && wants && member.status === 'transactional') {
    Object.assign(member, { status: 'subscribed', lastChanged: secondsNow(call.world) });
  }
}

/** Creates or changes the customer that the body names. @throws Problem 400 */
export function putCustomer(call: ApiCall, store: Store, given: Json): Row {
  const id = String(given.id ?? '');
  const before = store.customers.get(id);
  const email = String(given.email_address ?? before?.email_address ?? '');
  if (email !== '') checkEmail(email, call.world.settings);
  // Assumed: another address for a customer that is there is ignored.
  const after: Row = {
    ...before,
    ...given,
    id,
    ...(before?.email_address ? { email_address: before.email_address } : {}),
  };
  store.customers.set(id, after);
  tellAudience(call, store, before, after);
  return after;
}
