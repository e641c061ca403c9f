import { audienceOf } from './lookup.mts';
import type { Audience, Status } from './model.mts';
import { flag, inWindow, oneOf, page, type Json } from './query.mts';
import { ok, type ApiAnswer, type ApiCall, type Route } from './router.mts';
import { toWire } from './time.mts';
import type { World } from './world.mts';

const countOf = (audience: Audience, status: Status): number =>
  [...audience.members.values()].filter((member) => member.status === status).length;

/** Mailchimp caches these numbers for five minutes and more; here they are always fresh. */
const statsOf = (audience: Audience, withContacts: boolean): Json => ({
  member_count: countOf(audience, 'subscribed'),
  ...(withContacts ? { total_contacts: audience.members.size } : {}),
  unsubscribe_count: countOf(audience, 'unsubscribed'),
  cleaned_count: countOf(audience, 'cleaned'),
  member_count_since_send: 0,
  unsubscribe_count_since_send: 0,
  cleaned_count_since_send: 0,
  campaign_count: 0,
  campaign_last_sent: '',
  merge_field_count: audience.mergeFields.length,
  avg_sub_rate: 0,
  avg_unsub_rate: 0,
  target_sub_rate: 0,
  open_rate: 0,
  click_rate: 0,
  last_sub_date: '',
  last_unsub_date: '',
});

const CONTACT = {
  company: 'Sandbox Distribution',
  address1: '1 Harbour Street',
  address2: '',
  city: 'Rotterdam',
  state: '',
  zip: '3011',
  country: 'NL',
  phone: '',
};

function listView(world: World, audience: Audience, withContacts: boolean): Json {
  const self = `${world.url()}/3.0/lists/${audience.id}`;
  return {
    id: audience.id,
    web_id: audience.webId,
    name: audience.name,
    contact: CONTACT,
    permission_reminder: 'You are a customer of ours.',
    use_archive_bar: true,
    campaign_defaults: {
      from_name: 'Sandbox Distribution',
      from_email: 'news@distribution.example',
      subject: '',
      language: 'en',
    },
    notify_on_subscribe: '',
    notify_on_unsubscribe: '',
    date_created: toWire(audience.dateCreated),
    list_rating: 0,
    email_type_option: false,
    subscribe_url_short: `${world.url()}/subscribe/${audience.id}`,
    subscribe_url_long: `${world.url()}/subscribe/${audience.id}`,
    beamer_address: `${world.dataCenter}-${audience.id}@inbound.example`,
    visibility: 'prv',
    double_optin: false,
    has_welcome: false,
    marketing_permissions: false,
    modules: [],
    stats: statsOf(audience, withContacts),
    _links: [{ rel: 'self', href: self, method: 'GET' }],
  };
}

function list(call: ApiCall): ApiAnswer {
  const { query, world } = call;
  const created = inWindow(query, 'date_created', world.settings);
  const email = query['email'];
  const descending = oneOf(query, 'sort_dir', ['ASC', 'DESC']) === 'DESC';
  oneOf(query, 'sort_field', ['date_created']);
  const fitting = world.audiences
    .all()
    .filter((audience) => !created || created(audience.dateCreated))
    .filter((audience) => !email || audience.byEmail(email));
  if (descending) fitting.reverse();
  const withContacts = flag(query, 'include_total_contacts');
  return ok({
    lists: page(fitting, query).map((audience) => listView(world, audience, withContacts)),
    total_items: fitting.length,
    constraints: {
      may_create: true,
      max_instances: 100,
      current_total_instances: world.audiences.all().length,
    },
    _links: [],
  });
}

const one = (call: ApiCall): ApiAnswer =>
  ok(listView(call.world, audienceOf(call), flag(call.query, 'include_total_contacts')));

export const listRoutes: Route[] = [
  { method: 'GET', pattern: '/lists', handle: list },
  { method: 'GET', pattern: '/lists/:list', handle: one },
];
