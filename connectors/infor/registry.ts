import type { Gateway } from './gateway';
import { m3, type M3Settings } from './m3';
import type { ProductLine } from './productLine';

/** Settings of all product lines; each takes what it knows. */
export type ProductLineSettings = M3Settings;

const PRODUCT_LINES = { m3 } satisfies Record<
  string,
  (gateway: Gateway, settings: ProductLineSettings) => ProductLine
>;

export type ProductLineId = keyof typeof PRODUCT_LINES;

export const productLine = (
  id: ProductLineId,
  gateway: Gateway,
  settings: ProductLineSettings,
): ProductLine => PRODUCT_LINES[id](gateway, settings);
