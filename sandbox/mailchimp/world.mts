import type { Audiences } from './audiences.mts';
import type { Campaigns } from './campaigns.mts';
import type { Shop } from './ecommerce/shop.mts';
import type { Journal } from './journal.mts';
import type { MailchimpSettings } from './settings.mts';
import type { OAuth } from './oauth.mts';
import type { Webhooks } from './webhooks.mts';

/** What every resource of the simulated account stands on. */
export interface World {
  settings: MailchimpSettings;
  audiences: Audiences;
  journal: Journal;
  webhooks: Webhooks;
  oauth: OAuth;
  shop: Shop;
  campaigns: Campaigns;
  /** Where this server is reached, without a trailing slash. */
  url: () => string;
  dataCenter: string;
  /** ms since 1970. */
  clock: () => number;
}

/** Whole seconds: the finest time that Mailchimp keeps. */
export const secondsNow = (world: Pick<World, 'clock'>): number => Math.floor(world.clock() / 1000);
