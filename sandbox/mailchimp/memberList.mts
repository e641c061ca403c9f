import { audienceOf } from './lookup.mts';
import { memberView } from './memberView.mts';
import { STATUSES, uniqueEmailId, type Member } from './model.mts';
import { schemaProblem } from './problems.mts';
import { flag, inWindow, moment, oneOf, page } from './query.mts';
import { ok, type ApiAnswer, type ApiCall } from './router.mts';

type SortField = 'timestamp_opt' | 'timestamp_signup' | 'last_changed';

const TIMES: Record<SortField, (member: Member) => number> = {
  timestamp_opt: (member) => member.timestampOpt ?? 0,
  timestamp_signup: (member) => member.timestampSignup ?? 0,
  last_changed: (member) => member.lastChanged,
};

function sorted(rows: Member[], call: ApiCall): Member[] {
  const field = oneOf(call.query, 'sort_field', ['timestamp_opt', 'timestamp_signup', 'last_changed']);
  const descending = oneOf(call.query, 'sort_dir', ['ASC', 'DESC']) === 'DESC';
  if (!field) return rows;
  const timeOf = TIMES[field];
  return rows.sort((a, b) => (descending ? timeOf(b) - timeOf(a) : timeOf(a) - timeOf(b)));
}

/** The tests that the query of a member list asks for. */
function filtersOf(call: ApiCall): Array<(member: Member) => boolean> {
  const { query, world } = call;
  const status = oneOf(query, 'status', STATUSES);
  const changed = inWindow(query, 'last_changed', world.settings);
  const optedIn = inWindow(query, 'timestamp_opt', world.settings);
  const unsubscribedSince = moment(query, 'unsubscribed_since');
  if (unsubscribedSince !== undefined && status !== 'unsubscribed') {
    throw schemaProblem([
      { field: 'unsubscribed_since', message: 'The status parameter must be unsubscribed' },
    ]);
  }
  const filters: Array<(member: Member) => boolean> = [];
  if (status) filters.push((member) => member.status === status);
  else if (!world.settings.listIncludesArchived) filters.push((member) => member.status !== 'archived');
  if (changed) filters.push((member) => changed(member.lastChanged));
  if (optedIn) filters.push((member) => optedIn(member.timestampOpt));
  if (unsubscribedSince !== undefined) filters.push((member) => member.lastChanged > unsubscribedSince);
  if (query['email_type']) filters.push((member) => member.emailType === query['email_type']);
  if (query['unique_email_id']) {
    filters.push((member) => uniqueEmailId(member.email) === query['unique_email_id']);
  }
  if (flag(query, 'vip_only')) filters.push((member) => member.vip);
  return filters;
}

/** GET /lists/{list_id}/members */
export function listMembers(call: ApiCall): ApiAnswer {
  const audience = audienceOf(call);
  const filters = filtersOf(call);
  const fitting = [...audience.members.values()].filter((member) => filters.every((fits) => fits(member)));
  return ok({
    members: page(sorted(fitting, call), call.query).map((member) =>
      memberView(call.world, audience, member),
    ),
    list_id: audience.id,
    total_items: fitting.length,
    _links: [],
  });
}
