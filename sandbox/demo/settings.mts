import {
  EVENTS_TEMPLATE,
  MAIL_LOG_TEMPLATE,
  ORDERS_TEMPLATE,
  readTemplate,
  SEGMENTS_TEMPLATE,
  SWEEP_TEMPLATE,
  TEMPLATE,
} from '../lab.mts';
import type { WorkflowFile } from '../n8n/rest.mts';

type Parameters = Record<string, unknown>;
/** By the name of the node. */
type Changes = Record<string, Parameters>;

const isObject = (value: unknown): value is Parameters =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function merged<T extends Parameters>(base: T, change: Parameters): T {
  const entries = Object.entries(change).map(([name, value]): [string, unknown] => {
    const before = base[name];
    return [name, isObject(before) && isObject(value) ? merged(before, value) : value];
  });
  return { ...base, ...Object.fromEntries(entries) };
}

/** The workflows of the month. */
export const TEMPLATES = {
  toAudience: TEMPLATE,
  toCustomers: EVENTS_TEMPLATE,
  sweep: SWEEP_TEMPLATE,
  orders: ORDERS_TEMPLATE,
  mailLog: MAIL_LOG_TEMPLATE,
  standing: SEGMENTS_TEMPLATE,
} as const;
export type WorkflowName = keyof typeof TEMPLATES;

/** People may change their phone number at Mailchimp’s side; it flows back. */
const BACK = { backFields: { field: [{ tag: 'PHONE', field: 'PHNO' }] } };

export type Settings = Partial<Record<WorkflowName, Changes>>;

/** All that the month changes in the templates: what a user would set in the nodes after the import. */
export const MONTH: Settings = {
  toAudience: { 'Sync Contacts': { options: { memberOwnedFields: 'PHONE' } } },
  toCustomers: { 'Apply Contact Changes': BACK },
  sweep: { 'Apply Contact Changes': BACK },
};

/** Template 01 as somebody set it up who took 30 for the status of active customers. All of them have 20. */
export const MISTAKE: Changes = {
  'Get Changed Customers': { getAllOptions: { activeStatuses: '30' } },
  'Sync Contacts': { options: { inactiveParties: 'archive' } },
};

/** @throws Error where a change names a node that the template does not have */
export function adapted(file: WorkflowFile, changes: Changes, name = file.name): WorkflowFile {
  const unknown = Object.keys(changes).filter((node) => !file.nodes.some((known) => known.name === node));
  if (unknown.length > 0) throw new Error(`“${file.name}” has no node ${unknown.join(', ')}`);
  const nodes = file.nodes.map((node) => ({
    ...node,
    parameters: merged(node.parameters, changes[node.name] ?? {}),
  }));
  return { ...file, name, nodes };
}

export const templateOf = (name: WorkflowName): WorkflowFile => readTemplate(TEMPLATES[name]);
