import axios from 'axios';
import type { Lab } from '../../lab.mts';
import { OWNER } from '../../n8n/home.mts';
import { PAGE_AGENT } from '../acts/trouble.mts';
import { EVERYBODY } from '../cast.mts';
import type { Played, Progress } from '../player.mts';
import { LedgerView } from './ledger.mts';
import { audienceColumn, cloudSuiteColumn, type Chip, type Column } from './systems.mts';

/** One day on the timeline. */
interface Stop {
  id: string;
  day: number;
  label: string;
  title: string;
  tells: string;
  about: string[];
  state: 'over' | 'present' | 'ahead';
  /** What became of it; undefined until it is over. */
  seen?: { cloudSuite: string; mailchimp: string; ledger: string };
}

/** All that the page shows. */
export interface Snapshot {
  /** By the clock of the simulated systems. */
  date: string;
  error: string;
  stops: Stop[];
  people: Array<{ number: string; name: string; company: string }>;
  columns: { cloudSuite: Column; ledger: Column; audience: Column };
  n8n: { url: string; email: string; password: string };
}

const DATE = new Intl.DateTimeFormat('en-GB', {
  ...({ weekday: 'long', day: 'numeric', month: 'long', hour: '2-digit', minute: '2-digit' } as const),
  timeZone: 'UTC',
});

const plural = (n: number, word: string): string => `${n} ${word}${n === 1 ? '' : 's'}`;

const seenOf = ({ cloudSuite, mailchimp, ledgerRows, writes }: Played): Stop['seen'] => ({
  cloudSuite,
  mailchimp,
  ledger: `${plural(ledgerRows, 'row')} written for ${plural(writes.cloudSuite, 'change')} in CloudSuite and ${plural(writes.mailchimp, 'change')} in Mailchimp`,
});

export function stopsOf({ acts, played, present }: Progress): Stop[] {
  return acts.map((act): Stop => {
    const { play: _play, at: _at, ...told } = act;
    const result = played.get(act.id);
    const state = act === present ? 'present' : result ? 'over' : 'ahead';
    return { ...told, state, ...(result ? { seen: seenOf(result) } : {}) };
  });
}

/** Reads both systems and the ledger for the page. */
export class Observer {
  private readonly ledger: LedgerView;
  private segments: Chip[] = [];

  constructor(
    private readonly lab: Lab,
    private readonly progress: Progress,
  ) {
    this.ledger = new LedgerView(lab);
  }

  async look(): Promise<Snapshot> {
    const { lab, progress } = this;
    const [ledger] = await Promise.all([this.ledger.read(), this.readSegments()]);
    return {
      date: DATE.format(lab.world.clock.now()),
      error: progress.error,
      stops: stopsOf(progress),
      people: EVERYBODY.map(({ number, person, company }) => ({ number, name: person, company })),
      columns: {
        cloudSuite: cloudSuiteColumn(lab.world),
        ledger,
        audience: audienceColumn(lab.world, this.segments),
      },
      n8n: { url: lab.n8n.url, email: OWNER.email, password: OWNER.password },
    };
  }

  /** Mailchimp itself counts them, whatever their kind: subscribed contacts only. */
  private async readSegments(): Promise<void> {
    const { url, apiKey } = this.lab.world.mailchimp;
    const { data } = await axios
      .get(`${url}/3.0/lists/${this.lab.world.audience.id}/segments`, {
        ...{ params: { count: 100 }, proxy: false, timeout: 5000 },
        headers: { authorization: `Bearer ${apiKey}`, 'user-agent': PAGE_AGENT },
      })
      .catch(() => ({ data: undefined }));
    const found = data?.segments as Array<{ name: string; type: string; member_count: number }> | undefined;
    if (!found) return;
    const saved = found.filter(({ type }) => type !== 'static');
    const label = { text: 'Segments, by subscribed contacts', tone: 'label' };
    this.segments = saved.map(({ name, member_count: n }) => ({ text: `${name}: ${n}`, tone: 'segment' }));
    if (saved.length > 0) this.segments.unshift(label);
  }
}
