import type { IExecuteFunctions } from 'n8n-workflow';
import type { Gateway } from '../../../../connectors/infor/gateway';
import type {
  ProductLine,
  ProductLineType,
  RecordQuery,
  Settings,
} from '../../../../connectors/infor/productLine';
import { isNone } from '../../../../connectors/infor/recordLine';
import type { Financials, Party } from '../../../../sync/party';
import type { Invoice } from '../../../../sync/record';
import { Activity, invoiceWindow, windowStart } from '../../../../sync/standing/activity';
import { sourceFieldsOf, type FactContext } from '../../../../sync/standing/facts';
import type { Rule } from '../../../../sync/standing/rules';
import { demand, offers, productLineAt, readable, settingsAt } from '../../line';
import { INVOICE_NAME } from './invoiceNames';

/** A tenant, as a source of customers and of invoices. */
export interface Source {
  type: ProductLineType;
  customers: ProductLine;
  invoices: ProductLine;
}

/** Where the product line has no usual field for a credit hold, the user may have named one. */
const isHoldNamed = ({ objects }: ProductLineType, { fieldNames: { creditHold = '' } }: Settings): boolean =>
  'creditHold' in objects.customer.fieldNames && creditHold !== '' && !isNone(creditHold);

/** Names of customers’ fields are none of invoices; those have a prefix. */
const invoiceSettings = (settings: Settings): Settings => ({
  ...settings,
  fieldNames: Object.fromEntries(
    Object.entries(settings.fieldNames).flatMap(([name, field]) =>
      name.startsWith(INVOICE_NAME) ? [[name.slice(INVOICE_NAME.length), field]] : [],
    ),
  ),
});

/** @throws ConnectorError INFOR_NOT_OFFERED where the product line tells nothing of a customer's account */
export function openSource(node: IExecuteFunctions, gateway: Gateway): Source {
  const type = productLineAt(node, 0);
  const settings = settingsAt(node, 0, type);
  if (!isHoldNamed(type, settings)) demand(type, 'customer', 'financials');
  const customers = type.open(gateway, settings);
  const isPlain = Object.keys(settings.fieldNames).length === 0;
  return { type, customers, invoices: isPlain ? customers : type.open(gateway, invoiceSettings(settings)) };
}

const askedFields = (rules: Rule[]): string[] =>
  rules
    .flatMap(({ conditions }) => conditions)
    .flatMap(({ fact, field }) => (fact === 'fieldText' || fact === 'fieldNumber' ? [field.trim()] : []));

async function readCustomers({ type, customers }: Source, query: RecordQuery): Promise<Party[]> {
  const parties: Party[] = [];
  const asked = { ...readable(type, 'customer', query), withFinancials: true };
  for await (const page of customers.list('customer', asked)) parties.push(...(page as Party[]));
  return parties;
}

async function readActivity({ type, invoices }: Source, now: number, start: number): Promise<Activity> {
  const activity = new Activity(now);
  const query = {
    ...{ emailHome: '', withFinancials: false, withCrossReference: false, activeStatuses: [] },
    changedSince: String(start),
  };
  demand(type, 'invoice', 'changes');
  for await (const page of invoices.list('invoice', query))
    for (const invoice of page) activity.add(invoice as Invoice);
  return activity;
}

export interface Known {
  parties: Party[];
  context: FactContext;
}

const withInvoice = (party: Party, lastInvoiceDate: string): Party =>
  party.financials ? { ...party, financials: { ...party.financials, lastInvoiceDate } } : party;

/**
 * Customers with their financials and last invoices: pages of customers, pages of financials, and pages of the invoices
 * that changed within the days that the rules ask for; an invoice that was made in that time was changed in it. None of
 * it is ever left out: what cannot be read is an error of the whole.
 */
export async function readKnown(source: Source, rules: Rule[], query: RecordQuery): Promise<Known> {
  const now = Number(await source.customers.serverCursor());
  const fields = askedFields(rules);
  const parties = await readCustomers(source, { ...query, sourceFields: fields });
  const told = new Set<keyof Financials>(source.customers.told());
  const days = told.has('lastInvoiceDate') ? undefined : invoiceWindow(rules);
  const start = windowStart(now, days ?? 0);
  const isAsked = days !== undefined && parties.length > 0;
  const canAsk = offers(source.type, 'invoice', 'changes');
  const activity = isAsked && canAsk ? await readActivity(source, now, start) : new Activity(now);
  if (canAsk) told.add('lastInvoiceDate');
  return {
    parties:
      days === undefined
        ? parties
        : parties.map((party) => withInvoice(party, activity.lastInvoice(party, start))),
    context: {
      told,
      today: activity.today,
      // A window from the beginning on holds everything there is.
      invoiceWindow: days !== undefined && start === 0 ? Infinity : days,
      undated: activity.undated(start),
      sourceFields: sourceFieldsOf(fields, parties),
    },
  };
}
