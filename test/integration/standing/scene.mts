import type { IDataObject } from 'n8n-workflow';
import type { Party } from '../../../sync/party.ts';
import type { Rule } from '../../../sync/standing/rules.ts';
import type { CustomerStanding } from '../../../sync/standing/classify.ts';
import type { NodeResult } from '../../support/harness.mts';
import { itemsOf, type Scene } from '../infor/scene.mts';
import { LINES } from '../lines/lines.mts';

export type StandingItem = Party & { standing: CustomerStanding };
export type Screens = { productLine: string } & Record<string, unknown>;

const names = (pairs: Record<string, string>): { field: IDataObject[] } => ({
  field: Object.entries(pairs).map(([name, source]) => ({ name, source })),
});

/** Fields that the tenants have, and users name. */
export const FIELD_NAMES = {
  financials: names({
    overdueAmount: 'PastDueAmount',
    overdueDays: 'PastDueDays',
    groupNumber: 'CustomerFamily',
  }),
  distribution: names({ overdueAmount: 'pastdueamt', overdueDays: 'pastduedays', openAmount: 'totbal' }),
  ln: names({
    ...{ creditHold: 'cdf_hold', creditLimit: 'cdf_limt', openAmount: 'cdf_open', overdueAmount: 'cdf_odue' },
    ...{ overdueDays: 'cdf_odds', groupNumber: 'cdf_grup' },
  }),
};

/** Each product line as its users set it up. */
export const SET_UP: Screens[] = [
  { productLine: 'm3', emailHome: 'MAIL' },
  ...LINES.map(
    (line): Screens => ({
      ...line,
      emailHome: '',
      ...(line.productLine in FIELD_NAMES
        ? { fieldNames: FIELD_NAMES[line.productLine as keyof typeof FIELD_NAMES] }
        : {}),
    }),
  ),
];

/** A table as it stands in the node. */
export const table = (...rules: Rule[]): IDataObject => ({
  rule: rules.map(({ status, conditions }) => ({
    status,
    conditions: { condition: conditions.map((one) => ({ ...one })) },
  })),
});

export const ask = (scene: Scene, parameters: IDataObject): Promise<NodeResult> =>
  scene.run({ resource: 'customer', operation: 'getStanding', ...parameters });

export async function standings(scene: Scene, parameters: IDataObject): Promise<StandingItem[]> {
  const result = await ask(scene, parameters);
  if (result.error) throw new Error(`${result.error.message} ${result.error.description ?? ''}`);
  return itemsOf(result) as unknown as StandingItem[];
}
