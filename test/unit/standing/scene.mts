import type { Financials, Party } from '../../../sync/party.ts';
import type { Condition } from '../../../sync/standing/condition.ts';
import type { FactContext } from '../../../sync/standing/facts.ts';
import { standingBy, type Rule, type Standing } from '../../../sync/standing/rules.ts';
import { party } from '../sync/world.mts';

export const TODAY = '2026-03-01';

export const NOTHING: Financials = {
  ...{ stopped: false, stopCode: '', creditLimit: null, overdueAmount: null, overdueDays: null },
  ...{ openAmount: null, lastInvoiceDate: '', lastOrderDate: '', createdDate: '' },
};

export const ALL_FACTS = Object.keys(NOTHING) as Array<keyof Financials>;

export const customer = (financials?: Partial<Financials>, more: Partial<Party> = {}): Party =>
  party({ ...(financials ? { financials: { ...NOTHING, ...financials } } : {}), ...more });

export const known = (more: Partial<FactContext> = {}): FactContext => ({
  told: new Set(ALL_FACTS),
  today: TODAY,
  invoiceWindow: 365,
  undated: new Set(),
  sourceFields: new Map([['CUCL', 'CUCL']]),
  ...more,
});

export const when = (
  fact: Condition['fact'],
  operator: Condition['operator'],
  value = '',
  field = '',
): Condition => ({ fact, operator, value, field });

export const standingOf = (party: Party, rules: Rule[], context: FactContext): Standing =>
  standingBy(rules, context)(party);

export const statusOf = (rules: Rule[], party = customer({}), context = known()): string =>
  standingOf(party, rules, context).status;
