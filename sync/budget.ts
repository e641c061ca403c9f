import { isByAddress, tagBlocks } from './tagBlocks';
import type { Effect, TagEffect } from './types';

/** The one place that weighs requests against each other (invariant 9). All numbers are requests or records. */

/** Up to this many contacts a run uses plain calls and never waits for a batch. */
export const SMALL_RUN = 10;
export const MEMBERS_PER_PAGE = 1000;
export const MEMBERS_PER_BULK = 500;
export const OPERATIONS_PER_BATCH = 1000;

/** Submit, about three polls, download; the polls' pauses make a batch dearer than its requests say. */
const REQUESTS_PER_BATCH = 5;

export type StateRead = 'single' | 'pages' | 'batch';

/**
 * How to read the state of the affected contacts.
 * @param addresses distinct addresses of this run
 * @param listed contacts on the unfiltered pages
 * @param archived contacts on the archived pages
 */
export function chooseStateRead(addresses: number, listed: number, archived: number): StateRead {
  if (addresses <= SMALL_RUN) return 'single';
  const pages =
    Math.max(1, Math.ceil(listed / MEMBERS_PER_PAGE)) + Math.max(1, Math.ceil(archived / MEMBERS_PER_PAGE));
  const batches = Math.ceil(addresses / OPERATIONS_PER_BATCH) * REQUESTS_PER_BATCH;
  return pages <= batches ? 'pages' : 'batch';
}

export interface WriteWay {
  /** `put` sends status_if_new contact by contact, `bulk` 500 a request, `batchPut` status_if_new inside a batch. */
  creates: 'put' | 'bulk' | 'batchPut';
  /** Updates, tags and archives. */
  others: 'plain' | 'batch';
}

/**
 * How to write. The bulk call carries a status, so it is for contacts that the audience certainly does not know; where
 * the state could not be read completely, PUT with `status_if_new` leaves a contact that exists after all as it is.
 */
export function chooseWriteWay(effects: Effect[], stateIsComplete: boolean): WriteWay {
  if (effects.length <= SMALL_RUN) return { creates: 'put', others: 'plain' };
  return { creates: stateIsComplete ? 'bulk' : 'batchPut', others: 'batch' };
}

/** Invariant 9: write requests for 1,000 changed contacts. */
const WRITES_PER_THOUSAND = 4;

interface Cost {
  requests: number;
  writes: number;
}

/** What `chooseWriteWay` costs when the audience was read completely. */
function costOf(effects: Effect[]): Cost {
  const thens = effects.filter(
    (effect) => effect.kind === 'rename' && effect.add.length + effect.remove.length > 0,
  );
  const { others } = chooseWriteWay(effects, true);
  const creates = effects.filter((effect) => effect.kind === 'create');
  if (others === 'plain') {
    const calls = effects.length + thens.length + creates.filter(({ tags }) => tags.length > 0).length;
    return { requests: calls, writes: calls };
  }
  const bulk = Math.ceil(creates.length / MEMBERS_PER_BULK);
  const batches =
    Math.ceil((effects.length - creates.length) / OPERATIONS_PER_BATCH) +
    Math.ceil(thens.length / OPERATIONS_PER_BATCH);
  return { requests: bulk + batches * REQUESTS_PER_BATCH, writes: bulk + batches };
}

const isInBlocks = (effect: Effect): effect is TagEffect => effect.kind === 'tag' && isByAddress(effect);

/**
 * How to write tags of known contacts: `contacts`, as the other effects, or `segments`, tag by tag in blocks, where that
 * takes fewer requests and keeps to the write requests of invariant 9.
 * @param lookups requests that find the tags' ids, and tags that are still to be made: at first a guess, then counted
 */
export function chooseTagWay(
  effects: Effect[],
  lookups: { pages: number; newTags: number } = { pages: 1, newTags: 0 },
): 'contacts' | 'segments' {
  const tags = effects.filter(isInBlocks);
  if (tags.length === 0) return 'contacts';
  const rest = costOf(effects.filter((effect) => !isInBlocks(effect)));
  const blocks = tagBlocks(tags).length + lookups.newTags;
  const together = costOf(effects);
  const contacts = new Set(effects.map(({ memberId }) => memberId)).size;
  const mayWrite = Math.max(together.writes, WRITES_PER_THOUSAND * Math.ceil(contacts / 1000));
  const isCheaper = lookups.pages + blocks + rest.requests < together.requests;
  return isCheaper && blocks + rest.writes <= mayWrite ? 'segments' : 'contacts';
}

/** Blocks of at most `size`, in order. */
export function inBlocks<T>(items: T[], size: number): T[][] {
  const blocks: T[][] = [];
  for (let start = 0; start < items.length; start += size) blocks.push(items.slice(start, start + size));
  return blocks;
}
