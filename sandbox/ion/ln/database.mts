import type { Row } from '../../data/business.mts';
import type { Kind } from '../lines/canonical.mts';
import { LineDatabase, type Stored } from '../lines/database.mts';
import { KEY_WIDTHS, LAYOUTS } from './layouts.mts';

const STATUS = 'tcapi.comBusinessPartner.BusinessPartnerStatus';

/** LN. */
export class LnDatabase extends LineDatabase {
  /** Entities that the server gives at most, whatever $top asks for. */
  serverPage = 400;
  readonly companies = ['1000'];
  /** Base of next links; a tenant's gateway may be set up wrongly. */
  linkBase: string | undefined;

  constructor(clock: () => number, options: { seed?: number; customers?: number; others?: number }) {
    super(LAYOUTS, clock, options);
  }

  propertiesOf(kind: Kind): string[] {
    const { names, more } = this.layouts[kind];
    const own = Object.values(names).filter((name) => name !== '' && !name.includes('.'));
    return [...own, ...Object.keys(more), 'LastModificationDateTime'];
  }

  hasAddress(kind: Kind): boolean {
    return Object.values(this.layouts[kind].names).some((name) => name.startsWith('AddressRef.'));
  }

  /** Property → type, where it is an enumeration. */
  enumsOf(kind: Kind): Record<string, string> {
    return kind === 'customer' || kind === 'supplier' ? { BusinessPartnerStatus: STATUS } : {};
  }

  padded(kind: Kind, number: string): string {
    return number.padStart(KEY_WIDTHS[kind]);
  }

  /** As the set holds it: flat, with its key padded. */
  rowOf(kind: Kind, [number, { row, changed }]: [string, Stored]): Row {
    return {
      ...row,
      [this.layouts[kind].names.number!]: this.padded(kind, number),
      LastModificationDateTime: new Date(changed).toISOString(),
    };
  }

  etagOf({ changed }: Stored): string {
    return `W/"${changed}"`;
  }
}
