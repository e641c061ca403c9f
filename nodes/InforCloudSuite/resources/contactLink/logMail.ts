import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { writeCarefully } from '../../../../connectors/infor/careful';
import type { RecordHome, Row } from '../../../../connectors/infor/homes';
import type { ProductLine } from '../../../../connectors/infor/productLine';
import { summary } from '../../../../sync/ledger';
import { holdBack } from '../../../../sync/holdBack';
import { settle } from '../../../../sync/outcome';
import {
  EMPTY_LOG,
  planMailLog,
  type MailInput,
  type MailLog,
  type MailLogEffect,
} from '../../../../sync/transactional/mailLog';
import type { EffectResult } from '../../../../sync/types';
import { endOfRun } from '../../../../sync/unfinished';
import { runContextOf } from '../../../shared/runContext';
import { openLine } from '../../line';
import type { Operation } from '../../operation';
import { linesWith } from '../records/words';
import { logFieldsAt, logProperties, mailInputs, type LogFields } from './logMailParameters';

/** Messages that name no customer are for all customers who have the address. */
async function withCustomers(line: ProductLine, inputs: MailInput[]): Promise<MailInput[]> {
  const open = inputs.filter(({ event, numbers }) => event && event.email !== '' && numbers.length === 0);
  const emails = [...new Set(open.map(({ event }) => event!.email))];
  if (emails.length === 0) return inputs;
  const found = await line.customersByEmail(emails);
  return inputs.map((input) =>
    open.includes(input) ? { ...input, numbers: found.get(input.event!.email) ?? [] } : input,
  );
}

const PARTS = ['sent', 'state', 'order'] as const;

const toRow = (log: MailLog, fields: LogFields): Row =>
  Object.fromEntries(PARTS.filter((part) => fields[part]).map((part) => [fields[part], log[part]]));

const toLog = (row: Row | undefined, fields: LogFields): MailLog => ({
  ...EMPTY_LOG,
  ...Object.fromEntries(PARTS.map((part) => [part, row?.[fields[part]] ?? ''])),
});

/** What the records tell now; a customer that CloudSuite does not have is missing. */
async function storedLogs(
  line: ProductLine,
  home: RecordHome,
  inputs: MailInput[],
  fields: LogFields,
): Promise<Map<string, MailLog>> {
  const numbers = [...new Set(inputs.flatMap((input) => input.numbers))];
  if (numbers.length === 0) return new Map();
  const records = await line.homes('customer').records.read(numbers);
  const rows = await home.read([...records.keys()]);
  return new Map([...records.keys()].map((number) => [number, toLog(rows.get(number), fields)]));
}

async function write(
  home: RecordHome,
  effects: MailLogEffect[],
  fields: LogFields,
): Promise<Map<string, EffectResult>> {
  if (effects.length === 0) return new Map();
  const wanted = effects.map(
    ({ recordNumber, log, expected }) =>
      [recordNumber, { fields: toRow(log, fields), expected: toRow(expected, fields) }] as const,
  );
  const results = await writeCarefully(home, new Map(wanted));
  return new Map(effects.map(({ key, recordNumber }) => [key, results.get(recordNumber)!]));
}

export const logMail: Operation = {
  value: 'logMail',
  name: 'Log Mail',
  action: 'Log mail on customers',
  description: 'Keep on customers what became of their last order mail, as Mailchimp Transactional tells it',
  lines: linesWith('customer', 'contactLink'),
  properties: logProperties,
  execute: async () => [],
  async executeAll(node, gateway) {
    const options = node.getNodeParameter('logOptions', 0, {}) as IDataObject;
    const { type, line } = openLine(node, gateway, 0, { kind: 'customer', ability: 'contactLink' });
    const inputs = await withCustomers(line, mailInputs(node, options));
    if (inputs.length === 0) return [];
    const fields = logFieldsAt(node, type);
    const home = line.homes('customer').customFields;
    const context = runContextOf(node, { mode: 'apply', options, audienceId: 'mails' });
    const stored = await storedLogs(line, home, inputs, fields);
    const plan = holdBack(planMailLog(inputs, stored), context.earlier);
    const outcomes = settle(plan, await write(home, plan.effects, fields), context);
    outcomes[0]!.ledger.push(...endOfRun(outcomes, context));
    node.addExecutionHints({
      message: `Logged: ${summary(outcomes)}`,
      type: 'info',
      location: 'outputPane',
    });
    return outcomes.map(
      ({ itemIndex, ...outcome }): INodeExecutionData => ({
        json: {
          event: inputs.find((input) => input.itemIndex === itemIndex)?.event?.event ?? '',
          email: inputs.find((input) => input.itemIndex === itemIndex)?.event?.email ?? '',
          customerNumbers: inputs.find((input) => input.itemIndex === itemIndex)?.numbers ?? [],
          ...outcome,
        } as unknown as IDataObject,
        pairedItem: { item: itemIndex },
      }),
    );
  },
};
