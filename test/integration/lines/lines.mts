/** Each product line beside M3, as its parameters stand in the node. */
export const LINES = [
  { productLine: 'industrial', configuration: { __rl: true, mode: 'name', value: 'ACME_DEM_MAIN' } },
  { productLine: 'financials' },
  { productLine: 'distribution', company: '1' },
  { productLine: 'ln', company: '1000' },
] as const;

export type LineId = (typeof LINES)[number]['productLine'];
