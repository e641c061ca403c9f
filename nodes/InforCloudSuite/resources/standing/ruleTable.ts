import type { IDataObject, IExecuteFunctions, INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { ConnectorError } from '../../../../connectors/errors';
import { ALONE, OPERATORS, type Condition } from '../../../../sync/standing/condition';
import { FACTS } from '../../../../sync/standing/facts';
import { checkRules, DEFAULT_RULES, type Rule } from '../../../../sync/standing/rules';

const optionsOf = (words: Record<string, string>): INodePropertyOptions[] =>
  Object.entries(words)
    .map(([value, name]) => ({ name, value }))
    .sort((a, b) => a.name.localeCompare(b.name));

const conditionFields: INodeProperties[] = [
  {
    displayName: 'Fact',
    name: 'fact',
    type: 'options',
    options: optionsOf(FACTS),
    default: 'overdueDays',
  },
  {
    displayName: 'Source Field',
    name: 'field',
    type: 'string',
    default: '',
    placeholder: 'e.g. CUCL',
    description: 'Name of the field in your system, such as the customer group CUCL of M3',
    displayOptions: { show: { fact: ['fieldNumber', 'fieldText'] } },
  },
  {
    displayName: 'Operator',
    name: 'operator',
    type: 'options',
    options: optionsOf(OPERATORS),
    default: 'above',
  },
  {
    displayName: 'Value',
    name: 'value',
    type: 'string',
    default: '',
    placeholder: 'e.g. 30',
    description: 'A plain number such as 1234.50, or a text that has to be the same in every letter',
    displayOptions: { hide: { operator: [...ALONE] } },
  },
];

const ruleFields: INodeProperties[] = [
  {
    displayName: 'Status',
    name: 'status',
    type: 'string',
    default: '',
    placeholder: 'e.g. Delinquent',
    description: 'What a customer is called for whom all conditions hold',
  },
  {
    displayName: 'Conditions',
    name: 'conditions',
    type: 'fixedCollection',
    typeOptions: { multipleValues: true },
    placeholder: 'Add Condition',
    default: {},
    description: 'All of them must hold. Only the last rule may have none; it is for everyone else.',
    options: [{ displayName: 'Condition', name: 'condition', values: conditionFields }],
  },
];

const shownRules = DEFAULT_RULES.map(({ status, conditions }) => ({
  status,
  conditions: conditions.length > 0 ? { condition: conditions.map((one) => ({ ...one })) } : {},
}));

export const ruleTable: INodeProperties = {
  displayName: 'Rules',
  name: 'rules',
  type: 'fixedCollection',
  typeOptions: { multipleValues: true, sortable: true },
  placeholder: 'Add Rule',
  default: { rule: shownRules },
  description: 'The first rule that holds gives the status. Several rules may give the same one.',
  options: [{ displayName: 'Rule', name: 'rule', values: ruleFields }],
};

const text = (value: unknown): string =>
  ['string', 'number', 'boolean'].includes(typeof value) ? String(value).trim() : '';

const listIn = (value: unknown, name: string): IDataObject[] => {
  const list = (value as IDataObject | undefined)?.[name];
  return Array.isArray(list) ? (list as IDataObject[]) : [];
};

const ruleOf = ({ status, conditions }: IDataObject): Rule => ({
  status: text(status),
  conditions: listIn(conditions, 'condition').map(
    (row) =>
      ({
        fact: text(row.fact),
        field: text(row.field),
        operator: text(row.operator),
        value: text(row.value),
      }) as Condition,
  ),
});

/** @throws ConnectorError SYNC_SETTING, naming the rule and what is wrong with it */
export function rulesAt(node: IExecuteFunctions): Rule[] {
  const rules = listIn(node.getNodeParameter('rules', 0, {}), 'rule').map(ruleOf);
  const problem = checkRules(rules);
  if (problem === '') return rules;
  throw new ConnectorError('SYNC_SETTING', problem, 'Correct it under “Rules”.');
}
