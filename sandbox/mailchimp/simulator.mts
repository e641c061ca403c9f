import type { AddressInfo } from 'node:net';
import { Faults } from '../kit/faults.mts';
import { RequestLog, type SeenRequest } from '../kit/requests.mts';
import { accountRoutes } from './account.mts';
import { Audiences } from './audiences.mts';
import { Batches, batchRoutes } from './batches.mts';
import { bulkRoutes } from './bulk.mts';
import { campaignRoutes, Campaigns } from './campaigns.mts';
import { partRoutes } from './ecommerce/parts.mts';
import { ecommerceRoutes } from './ecommerce/routes.mts';
import { storeRoutes } from './ecommerce/storeRoutes.mts';
import { Shop } from './ecommerce/shop.mts';
import {
  Journal,
  type AudienceWrite,
  type ConsentViolation,
  type MemberWrite,
  type RefusedCreate,
} from './journal.mts';
import { listRoutes } from './lists.mts';
import { memberRoutes } from './members.mts';
import { memberTagRoutes } from './memberTags.mts';
import { mergeFieldRoutes } from './mergeFields.mts';
import { OAuth } from './oauth.mts';
import { Router } from './router.mts';
import { segmentRoutes } from './segments.mts';
import { createServer } from './server.mts';
import { defaultSettings, type MailchimpSettings } from './settings.mts';
import { contactEvent } from './webhookEvents.mts';
import { Webhooks } from './webhooks.mts';
import { webhooksOfWrite } from './webhookOfWrite.mts';
import type { World } from './world.mts';

export interface MailchimpOptions {
  /** Default 0: any free port. */
  port?: number;
  /** 32 hex digits and the data center; default ends in -us21. */
  apiKey?: string;
  /** ms since 1970; default the system's clock. */
  clock?: () => number;
  /** By which webhooks are signed, where the receiver's clock is another one; default `clock`. */
  receiverClock?: () => number;
}

/** A Mailchimp account on a local socket, Marketing API 3.0, as strict as the real one or stricter. */
export interface MailchimpSimulator {
  /** `http://127.0.0.1:PORT`; the API is below /3.0. */
  url: string;
  apiKey: string;
  dataCenter: string;
  settings: MailchimpSettings;
  faults: Faults;
  requests: RequestLog;
  audiences: Audiences;
  /** List webhooks and what was delivered to them. */
  webhooks: Webhooks;
  /** The authorization server, at the same address. */
  oauth: OAuth;
  /** Stores with their customers, products, orders and carts. */
  shop: Shop;
  campaigns: Campaigns;
  /** Member changes by the API, one row each; a no-op is not a row. */
  writes: MemberWrite[];
  /** Changes of merge fields, segments and tags by the API, one row each. */
  audienceWrites: AudienceWrite[];
  /** Calls that sent `status` for a known member, applied or refused. */
  consentViolations: ConsentViolation[];
  /** Creates that the server refused because the address exists or was forgotten: harmless by themselves. */
  refusedCreates: RefusedCreate[];
  /** Requests that could change members or audiences; a POST /batches is one, however much is in it. */
  writeRequests(): SeenRequest[];
  close(): Promise<void>;
}

const DEFAULT_KEY = '0123456789abcdef0123456789abcdef-us21';
const WRITES = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);

const isWrite = ({ method, path }: SeenRequest): boolean =>
  WRITES.has(method) &&
  ((path.startsWith('/3.0/lists') && !/\/webhooks(\/|$)/.test(path)) ||
    (method === 'POST' && /^\/3\.0\/batches\/?$/.test(path)));

function createRouter(batches: Batches): Router {
  return new Router([
    ...accountRoutes,
    ...listRoutes,
    ...bulkRoutes,
    ...mergeFieldRoutes,
    ...memberRoutes,
    ...memberTagRoutes,
    ...segmentRoutes,
    ...campaignRoutes,
    ...storeRoutes,
    ...ecommerceRoutes,
    ...partRoutes,
    ...batchRoutes(batches),
  ]);
}

/** Starts an account without audiences. */
export async function startMailchimpSimulator(options: MailchimpOptions = {}): Promise<MailchimpSimulator> {
  const { apiKey = DEFAULT_KEY, clock = Date.now, receiverClock = clock } = options;
  const dataCenter = apiKey.slice(apiKey.lastIndexOf('-') + 1);
  const settings = defaultSettings();
  const journal = new Journal(clock);
  const webhooks = new Webhooks(clock, receiverClock);
  const audiences = new Audiences(clock, (event) => webhooks.emit(event));
  journal.onWrite = (audience, write) => {
    for (const event of webhooksOfWrite(audience, write)) webhooks.emit(event);
  };
  journal.onUnchanged = (audience, member) => {
    if (settings.unchangedWritesTell) webhooks.emit(contactEvent('profile', 'api', audience, member));
  };
  const oauth = new OAuth();
  const [shop, campaigns] = [new Shop(), new Campaigns()];
  let url = '';
  const whole = { settings, audiences, journal, webhooks, oauth, shop, campaigns };
  const world: World = { ...whole, dataCenter, clock, url: () => url };
  const batches: Batches = new Batches(world, () => router);
  const router = createRouter(batches);
  const faults = new Faults();
  const requests = new RequestLog();
  const server = createServer({ world, apiKey, router, batches, faults, requests });
  await server.listen({ host: '127.0.0.1', port: options.port ?? 0 });
  url = `http://127.0.0.1:${(server.server.address() as AddressInfo).port}`;
  return {
    url,
    apiKey,
    dataCenter,
    settings,
    faults,
    requests,
    audiences,
    webhooks,
    oauth,
    shop,
    campaigns,
    writes: journal.writes,
    audienceWrites: journal.audienceWrites,
    consentViolations: journal.consentViolations,
    refusedCreates: journal.refusedCreates,
    writeRequests: () => requests.all.filter(isWrite),
    close: async () => {
      batches.close();
      webhooks.close();
      await webhooks.idle();
      await server.close();
    },
  };
}
