/**
 * `npm run demo`: a month at a distributor in two minutes, in a real n8n between two simulated systems, with a page to look
 * at. `-- --fast` leaves out the pauses, `-- --once` ends after it instead of waiting for Ctrl+C.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { inTerminal, print, type Session } from '../session.mts';
import { WHOLE_MONTH } from './acts/index.mts';
import { FAST, play, TWO_MINUTES } from './player.mts';
import { MONTH } from './settings.mts';
import { tableOf } from './table.mts';

/** Enough for the guard to have something to guard, few enough to look at. */
const CUSTOMERS = 120;
const AUDIENCE_MS = 20_000;

const isFast = process.argv.includes('--fast');

async function playMonth({ stage, progress, page }: Session): Promise<void> {
  print('', `Watch it live: ${page.url}`);
  if (!isFast) {
    print('The month begins as soon as somebody opens it, or in 20 seconds.');
    await Promise.race([page.opened, pause(AUDIENCE_MS)]);
  }
  print('');
  const begin = Date.now();
  const month = await play(stage, progress, isFast ? FAST : TWO_MINUTES, ({ day, title }) =>
    print(`Day ${String(day).padStart(2)}  ${title}`),
  );
  const seconds = Math.round((Date.now() - begin) / 1000);
  print('', `A month in ${seconds} seconds:`, '', ...tableOf(month));
}

await inTerminal({ home: 'demo', customers: CUSTOMERS, acts: WHOLE_MONTH, settings: MONTH }, playMonth);
