import { distribution } from './distribution';
import { financials } from './financials';
import { industrial } from './industrial';
import { ln } from './ln';
import { m3 } from './m3';
import type { ProductLineType } from './productLine';

/** All product lines, in the order in which the nodes show them. */
export const PRODUCT_LINES: ProductLineType[] = [m3, industrial, financials, distribution, ln];
