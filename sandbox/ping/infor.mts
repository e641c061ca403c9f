import { PRODUCT_LINES } from '../../connectors/infor/registry.ts';
import type { ProductLine, ReadOptions } from '../../connectors/infor/productLine.ts';
import { RECORD_KINDS, type RecordKind } from '../../sync/record.ts';
import type { Party } from '../../sync/party.ts';
import type { PingConfig } from './config.mts';
import type { Report } from './report.mts';
import { inforOf } from './systems.mts';

const WORDS: Record<RecordKind, string> = {
  customer: 'read customers',
  supplier: 'read suppliers',
  item: 'read items',
  purchaseOrder: 'read purchase orders',
  invoice: 'read invoices',
  glAccount: 'read GL accounts',
};

const optionsOf = ({ emailHome }: PingConfig['infor']): ReadOptions => ({
  ...{ emailHome, withFinancials: false, withCrossReference: false, activeStatuses: [] },
});

async function some(line: ProductLine, kind: RecordKind, options: ReadOptions): Promise<number> {
  for await (const page of line.list(kind, { ...options, limit: 1 })) return page.length;
  return 0;
}

/** Each right by a small read of what it is for. */
async function rights(line: ProductLine, config: PingConfig['infor'], report: Report): Promise<void> {
  const type = PRODUCT_LINES.find(({ id }) => id === config.productLine)!;
  for (const kind of RECORD_KINDS) {
    const { abilities, missing } = type.objects[kind];
    if (!abilities.includes('read')) report.note(WORDS[kind], missing.read ?? 'not offered');
    else
      await report.ask(
        WORDS[kind],
        () => some(line, kind, optionsOf(config)),
        (found) => (found > 0 ? 'allowed' : 'allowed; there are none'),
      );
  }
  const { abilities, missing } = type.objects.customer;
  if (abilities.includes('customFields'))
    await report.ask(
      'read custom fields',
      () => line.homes('customer').customFields.read([]),
      () => 'allowed',
    );
  else report.note('custom fields', missing.customFields ?? 'not offered');
}

/** Asks Infor, in order; the customers, where all went well. Nothing is written. */
export async function askInfor(config: PingConfig['infor'], report: Report): Promise<Party[] | undefined> {
  report.heading('Infor ION API');
  const infor = await report.ask(
    '.ionapi file',
    async () => inforOf(config),
    ({ host, tenant }) => `tenant ${tenant} at ${host}`,
  );
  if (!infor) return undefined;
  const token = await report.ask('token', infor.login, ({ lifetime }) => `valid for ${lifetime} s`);
  if (!token) return undefined;
  const type = PRODUCT_LINES.find(({ id }) => id === config.productLine)!;
  const settings = { values: config.values, fieldNames: {}, referenceFields: {} };
  const line = await report.ask(
    'product line',
    async () => type.open(infor.gateway, settings),
    () => type.name,
  );
  if (!line) return undefined;
  const clock = await report.ask('clock', line.serverCursor.bind(line), (cursor) =>
    new Date(Number(cursor)).toISOString(),
  );
  if (clock === undefined) return undefined;
  await rights(line, config, report);
  return report.ask(
    'all customers',
    async () => {
      const parties: Party[] = [];
      for await (const page of line.list('customer', optionsOf(config))) parties.push(...(page as Party[]));
      return parties;
    },
    ({ length }) => `${length.toLocaleString('en')} read`,
  );
}
