import { memberView } from './memberView.mts';
import type { Audience, Member } from './model.mts';
import { badRequest, notFound } from './problems.mts';
import { toWire } from './time.mts';
import { ok, type ApiAnswer, type ApiCall, type Route } from './router.mts';

const SINCE = 1_577_836_800;
/** search-members answers this many at most and has no paging. */
const MAX_MATCHES = 30;

const subscribers = (call: ApiCall): number =>
  call.world.audiences
    .all()
    .flatMap((audience) => [...audience.members.values()])
    .filter((member) => member.status === 'subscribed').length;

/** GET /: the account behind the key; the data center is not in it. */
const root = (call: ApiCall): ApiAnswer =>
  ok({
    account_id: '5a4db0c0ffee5a4db0c0ffee0',
    login_id: '21000001',
    account_name: 'Sandbox Distribution',
    email: 'owner@distribution.example',
    first_name: 'Sandbox',
    last_name: 'Owner',
    username: 'sandbox_distribution',
    avatar_url: '',
    role: 'owner',
    member_since: toWire(SINCE),
    pricing_plan_type: 'monthly',
    first_payment: toWire(SINCE),
    account_timezone: 'Europe/Amsterdam',
    account_industry: 'Business to Business',
    contact: {
      company: 'Sandbox Distribution',
      addr1: '1 Harbour Street',
      addr2: '',
      city: 'Rotterdam',
      state: '',
      zip: '3011',
      country: 'NL',
    },
    pro_enabled: false,
    last_login: toWire(SINCE),
    total_subscribers: subscribers(call),
    industry_stats: { open_rate: 0, bounce_rate: 0, click_rate: 0 },
    _links: [],
  });

const ping = (): ApiAnswer => ok({ health_status: "Everything's Chimpy!" });

type Found = { audience: Audience; member: Member };

/** GET /search-members: whole addresses as exact matches, parts of address or name as full search. */
function searchMembers(call: ApiCall): ApiAnswer {
  const { query, world } = call;
  const words = (query['query'] ?? '').trim().toLowerCase();
  if (!words) throw badRequest();
  const list = query['list_id'];
  if (list && !world.audiences.get(list)) throw notFound();
  const all: Found[] = world.audiences
    .all()
    .filter(({ id }) => !list || id === list)
    .flatMap((audience) => [...audience.members.values()].map((member) => ({ audience, member })));
  const textOf = ({ member }: Found): string =>
    [member.email, member.mergeFields['FNAME'], member.mergeFields['LNAME']].join(' ').toLowerCase();
  const answer = (found: Found[]): { members: unknown[]; total_items: number } => ({
    members: found.slice(0, MAX_MATCHES).map(({ audience, member }) => memberView(world, audience, member)),
    total_items: found.length,
  });
  return ok({
    exact_matches: answer(all.filter(({ member }) => member.email.toLowerCase() === words)),
    full_search: answer(all.filter((found) => textOf(found).includes(words))),
    _links: [],
  });
}

export const accountRoutes: Route[] = [
  { method: 'GET', pattern: '/', handle: root },
  { method: 'GET', pattern: '/ping', handle: ping },
  { method: 'GET', pattern: '/search-members', handle: searchMembers },
];
