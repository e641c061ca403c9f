import type { Row } from '../../data/business.mts';
import { LineDatabase } from '../lines/database.mts';
import { IDOS, LAYOUTS } from './layouts.mts';

/** Where tenants and releases differ, or no public source settles it. */
export interface IndustrialSettings {
  /** Assumed http200: how a missing configuration is refused. */
  missingConfiguration: 'http200' | 'http400';
}

/** Width of a key of digits alone, which CSI pads on its left. */
const KEY_LENGTH = 7;

/** CloudSuite Industrial (SyteLine). */
export class IndustrialDatabase extends LineDatabase {
  readonly settings: IndustrialSettings = { missingConfiguration: 'http200' };
  /** Unposted and posted invoices, by number. */
  readonly receivables = { SLArinvs: new Map<string, Row>(), SLArtrans: new Map<string, Row>() };
  readonly configurations = ['ACME_DEM_MAIN', 'ACME_DEM_WEST'];

  constructor(clock: () => number, options: { seed?: number; customers?: number; others?: number }) {
    super(LAYOUTS, clock, options);
  }

  /** What the user's Invoice Posting does. */
  postInvoices(): void {
    const { SLArinvs, SLArtrans } = this.receivables;
    for (const [number, row] of SLArinvs) SLArtrans.set(number, row);
    SLArinvs.clear();
  }

  padded(number: string): string {
    return /^\d+$/.test(number) ? number.padStart(KEY_LENGTH) : number;
  }

  propertiesOf(ido: string): string[] {
    const { names, more } = this.layouts[IDOS[ido]!];
    const own = Object.values(names).filter((name) => name !== '');
    return [...new Set([...own, ...Object.keys(more), 'RecordDate', 'RowPointer'])];
  }
}
