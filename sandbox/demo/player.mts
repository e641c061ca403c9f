import { setTimeout as pause } from 'node:timers/promises';
import type { Act, Seen } from './act.mts';
import { FROM_THE_START, rowOf } from './cast.mts';
import { LEDGER, type Stage } from './stage.mts';

/** What became of an act. */
export interface Played extends Seen {
  act: Act;
  /** ms since 1970, by the clock of the simulated systems. */
  at: number;
  ledgerRows: number;
  /** Changes that the API made. */
  writes: { cloudSuite: number; mailchimp: number };
}

/** Where the month is; the page reads it. */
export interface Progress {
  acts: readonly Act[];
  /** By the id of the act. */
  played: Map<string, Played>;
  present: Act | undefined;
  /** What stopped the month; '' when nothing did. */
  error: string;
}

export interface Pace {
  /** Each act fills so many ms at least: time to read its sentence and to look at what it does. */
  actMs: number;
  /** Before it does anything. */
  readMs: number;
}

export const TWO_MINUTES: Pace = { actMs: 8_000, readMs: 2_000 };
export const FAST: Pace = { actMs: 0, readMs: 0 };

export const progressOf = (acts: readonly Act[]): Progress => ({
  acts,
  played: new Map(),
  present: undefined,
  error: '',
});

/** The first of the next month, so that nothing is old to n8n, whose clock stands before it. */
function monthBegins(now: number): number {
  const date = new Date(now);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1);
}

/** ms since 1970 of an act in the month that begins then. */
function momentOf({ day, at }: Act, begin: number): number {
  const [hours, minutes] = at.split(':').map(Number);
  return begin + ((day - 1) * 24 + hours!) * 3_600_000 + minutes! * 60_000;
}

const PAGE = 250;

/** Rows written since then, by n8n's clock, and the time of the newest one. */
async function ledgerSince(stage: Stage, mark: string): Promise<{ rows: number; mark: string }> {
  let [rows, newest] = [0, mark];
  for (let take = PAGE; ; take += PAGE) {
    const found = await stage.lab.api.newestRows(LEDGER, take);
    const fresh = found.rows.filter(({ updatedAt }) => String(updatedAt) > mark);
    newest = String(found.rows[0]?.updatedAt ?? mark);
    rows = fresh.length;
    if (fresh.length < take || found.rows.length < take) return { rows, mark: newest };
  }
}

async function playOne(stage: Stage, act: Act): Promise<Omit<Played, 'ledgerRows'>> {
  const [before, at] = [stage.writes(), stage.world.clock.now()];
  const seen = await act.play(stage);
  const after = stage.writes();
  stage.check('Consent violations', stage.world.mailchimp.consentViolations, []);
  const writes = {
    cloudSuite: after.cloudSuite - before.cloudSuite,
    mailchimp: after.mailchimp - before.mailchimp,
  };
  return { ...seen, act, at, writes };
}

/**
 * Plays the acts in their order.
 * @param onAct told of each act before it begins
 * @throws Error, naming the act, at the first check that fails
 */
export async function play(
  stage: Stage,
  progress: Progress,
  pace: Pace,
  onAct: (act: Act) => void = () => {},
): Promise<Played[]> {
  const { clock, ion } = stage.world;
  const begin = monthBegins(clock.now());
  for (const person of FROM_THE_START) ion.m3.addCustomer(rowOf(person));
  let mark = '';
  for (const act of progress.acts) {
    clock.moveTo(momentOf(act, begin));
    const ends = Date.now() + pace.actMs;
    progress.present = act;
    onAct(act);
    try {
      await pause(pace.readMs);
      const played = await playOne(stage, act);
      const written = await ledgerSince(stage, mark);
      mark = written.mark;
      progress.played.set(act.id, { ...played, ledgerRows: written.rows });
      await pause(Math.max(0, ends - Date.now()));
    } catch (error) {
      progress.error = error instanceof Error ? error.message : String(error);
      throw new Error(`Day ${act.day}, ${act.title}: ${progress.error}`, { cause: error });
    }
  }
  return [...progress.played.values()];
}
