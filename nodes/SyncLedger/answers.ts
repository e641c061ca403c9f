import type { IExecuteFunctions } from 'n8n-workflow';
import { ConnectorError } from '../../connectors/errors';
import { history, KINDS_OF_THING, type Question } from '../../sync/audit/history';
import { historyPage } from '../../sync/audit/historyPage';
import { periodOf } from '../../sync/audit/period';
import { report } from '../../sync/audit/report';
import { reportPage, reportText } from '../../sync/audit/reportPage';
import type { AuditRow } from '../../sync/audit/rows';

/** An expression may give a number or one of n8n's own dates. */
const textOf = (node: IExecuteFunctions, name: string): string => {
  const value = node.getNodeParameter(name, 0, '') as unknown;
  return value === null || value === undefined ? '' : String(value).trim();
};

const isKind = (kind: string): kind is Question['kind'] =>
  kind === 'automatic' || KINDS_OF_THING.some((known) => known === kind);

/** The timeline of one thing, with its page under `html`. */
export function getHistory(node: IExecuteFunctions, rows: AuditRow[]): object {
  const lookFor = textOf(node, 'lookFor');
  if (lookFor === '')
    throw new ConnectorError(
      'SYNC_SETTING',
      '“Look For” is empty.',
      'Enter a number, an address or an order.',
    );
  const kind = textOf(node, 'kindOfThing');
  if (!isKind(kind))
    throw new ConnectorError('SYNC_SETTING', '“Kind of Thing” is none of its choices.', 'Choose Automatic.');
  const found = history(rows, { lookFor, kind });
  return { ...found, html: historyPage(found) };
}

/** The numbers of a period, with a line for a chat under `summary` and the page under `html`. */
export function getReport(node: IExecuteFunctions, rows: AuditRow[]): object {
  const period = periodOf(textOf(node, 'from'), textOf(node, 'to'), Date.now());
  if (typeof period === 'string')
    throw new ConnectorError('SYNC_SETTING', period, 'Enter dates such as 2026-11-02, or leave both empty.');
  const title = textOf(node, 'title') || 'Infor CloudSuite and Mailchimp';
  const numbers = report(rows, period.from, period.to);
  return { title, summary: reportText(title, numbers), ...numbers, html: reportPage(title, numbers) };
}
