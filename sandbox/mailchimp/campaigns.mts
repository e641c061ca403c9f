import { notFound } from './problems.mts';
import { inWindow, oneOf, page, type Json } from './query.mts';
import { ok, type ApiAnswer, type ApiCall, type Route } from './router.mts';
import { fromWire, toWire } from './time.mts';

export interface NewCampaign {
  id: string;
  listId: string;
  subject: string;
  status?: 'save' | 'paused' | 'schedule' | 'sending' | 'sent';
  /** Seconds since 1970. */
  sendTime?: number;
  emailsSent?: number;
  opens?: number;
  clicks?: number;
}

/** What the admin has sent, read only. */
export class Campaigns {
  readonly all: Array<Required<NewCampaign>> = [];

  add(given: NewCampaign): void {
    this.all.push({
      status: 'sent',
      sendTime: 1_767_225_600,
      emailsSent: 100,
      opens: 40,
      clicks: 5,
      ...given,
    });
  }
}

type Campaign = Required<NewCampaign>;

const rate = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole);

const campaignView = (campaign: Campaign, listName: string): Json => ({
  id: campaign.id,
  web_id: 1000 + campaign.id.length,
  type: 'regular',
  create_time: toWire(campaign.sendTime - 3600),
  archive_url: '',
  long_archive_url: '',
  status: campaign.status,
  emails_sent: campaign.emailsSent,
  send_time: campaign.status === 'sent' ? toWire(campaign.sendTime) : '',
  content_type: 'template',
  needs_block_refresh: false,
  resendable: false,
  recipients: {
    list_id: campaign.listId,
    list_is_active: true,
    list_name: listName,
    segment_text: '',
    recipient_count: campaign.emailsSent,
  },
  settings: { subject_line: campaign.subject, title: campaign.subject, from_name: '', reply_to: '' },
  tracking: { opens: true, html_clicks: true, text_clicks: false },
  report_summary: {
    opens: campaign.opens,
    unique_opens: campaign.opens,
    open_rate: rate(campaign.opens, campaign.emailsSent),
    clicks: campaign.clicks,
    subscriber_clicks: campaign.clicks,
    click_rate: rate(campaign.clicks, campaign.emailsSent),
    ecommerce: { total_orders: 0, total_spent: 0, total_revenue: 0 },
  },
  delivery_status: { enabled: false },
  _links: [],
});

const reportView = (campaign: Campaign, listName: string): Json => ({
  id: campaign.id,
  campaign_title: campaign.subject,
  type: 'regular',
  list_id: campaign.listId,
  list_is_active: true,
  list_name: listName,
  subject_line: campaign.subject,
  preview_text: '',
  emails_sent: campaign.emailsSent,
  abuse_reports: 0,
  unsubscribed: 0,
  send_time: toWire(campaign.sendTime),
  rss_last_send: '',
  bounces: { hard_bounces: 0, soft_bounces: 0, syntax_errors: 0 },
  forwards: { forwards_count: 0, forwards_opens: 0 },
  opens: {
    opens_total: campaign.opens,
    unique_opens: campaign.opens,
    open_rate: rate(campaign.opens, campaign.emailsSent),
    last_open: '',
  },
  clicks: {
    clicks_total: campaign.clicks,
    unique_clicks: campaign.clicks,
    unique_subscriber_clicks: campaign.clicks,
    click_rate: rate(campaign.clicks, campaign.emailsSent),
    last_click: '',
  },
  ecommerce: { total_orders: 0, total_spent: 0, total_revenue: 0, currency_code: 'EUR' },
  delivery_status: { enabled: false },
  _links: [],
});

const nameOf = ({ world }: ApiCall, { listId }: Campaign): string => world.audiences.get(listId)?.name ?? '';

function fitting(call: ApiCall): Campaign[] {
  const { query, world } = call;
  const sent = inWindow(query, 'send_time', world.settings);
  const status = oneOf(query, 'status', ['save', 'paused', 'schedule', 'sending', 'sent']);
  oneOf(query, 'type', ['regular', 'plaintext', 'absplit', 'rss', 'variate']);
  return world.campaigns.all
    .filter((one) => !status || one.status === status)
    .filter((one) => !query['list_id'] || one.listId === query['list_id'])
    .filter((one) => !sent || sent(fromWire(toWire(one.sendTime))));
}

function list(call: ApiCall): ApiAnswer {
  const campaigns = fitting(call);
  return ok({
    campaigns: page(campaigns, call.query).map((one) => campaignView(one, nameOf(call, one))),
    total_items: campaigns.length,
    _links: [],
  });
}

function listReports(call: ApiCall): ApiAnswer {
  const sent = fitting(call).filter(({ status }) => status === 'sent');
  return ok({
    reports: page(sent, call.query).map((one) => reportView(one, nameOf(call, one))),
    total_items: sent.length,
    _links: [],
  });
}

function campaignOf(call: ApiCall): Campaign {
  const found = call.world.campaigns.all.find(({ id }) => id === call.params['campaign']);
  if (!found) throw notFound();
  return found;
}

const one = (call: ApiCall): ApiAnswer => ok(campaignView(campaignOf(call), nameOf(call, campaignOf(call))));
const report = (call: ApiCall): ApiAnswer => ok(reportView(campaignOf(call), nameOf(call, campaignOf(call))));

export const campaignRoutes: Route[] = [
  { method: 'GET', pattern: '/campaigns', handle: list },
  { method: 'GET', pattern: '/campaigns/:campaign', handle: one },
  { method: 'GET', pattern: '/reports', handle: listReports },
  { method: 'GET', pattern: '/reports/:campaign', handle: report },
];
