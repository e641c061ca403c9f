import type { IDataObject, IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { ConnectorError } from '../../../../connectors/errors';
import {
  classify,
  counts,
  deadRules,
  type CustomerStanding,
  type StandingSettings,
} from '../../../../sync/standing/classify';
import { GROUPINGS, type Grouping } from '../../../../sync/standing/hierarchy';
import { checkTags } from '../../../../sync/standing/tags';
import { crossReferenceFieldsIfRead, withCrossReference } from '../../crossReference';
import { emailHome } from '../../emailHome';
import type { Operation } from '../../operation';
import { filterOf, filters } from '../records/getAll';
import { activeStatuses, isSimplified, readOptionsFrom, simplify, toJson } from '../records/read';
import { openSource, readKnown, type Known, type Source } from './read';
import { rulesAt, ruleTable } from './ruleTable';

const USUAL_PREFIX = 'Account: ';

const accountGroup: INodeProperties = {
  displayName: 'Account Group',
  name: 'accountGroup',
  type: 'options',
  options: [
    {
      name: 'First of Them',
      value: 'first',
      description: 'The group where there is one, else the top parent, else the payer',
    },
    { name: 'Group', value: 'group', description: 'The system’s own group of customers' },
    { name: 'Parent', value: 'parent', description: 'The top of the chain of parents' },
    { name: 'Payer', value: 'payer', description: 'The customer who pays' },
  ],
  default: 'first',
  description: 'By what customers belong to one account',
};

const options: INodeProperties = {
  displayName: 'Options',
  name: 'standingOptions',
  type: 'collection',
  placeholder: 'Add Option',
  default: {},
  options: [
    activeStatuses,
    filters,
    {
      displayName: 'Tag Prefix',
      name: 'tagPrefix',
      type: 'string',
      default: USUAL_PREFIX,
      description: 'What the tag of each status begins with',
    },
  ],
};

function settingsAt(node: IExecuteFunctions, given: IDataObject): StandingSettings {
  const rules = rulesAt(node);
  const tagPrefix = String(given.tagPrefix ?? USUAL_PREFIX);
  const grouping = String(node.getNodeParameter('accountGroup', 0, 'first')) as Grouping;
  const problem = GROUPINGS.includes(grouping)
    ? checkTags(rules, tagPrefix)
    : `“${grouping}” is no account group; there are ${GROUPINGS.join(', ')}.`;
  if (problem === '') return { rules, grouping, tagPrefix };
  throw new ConnectorError('SYNC_SETTING', problem, 'Correct the parameters of the node.');
}

function tell(
  node: IExecuteFunctions,
  { type }: Source,
  { rules }: StandingSettings,
  { parties, context }: Known,
  standings: CustomerStanding[],
): void {
  const hint = (message: string, kind: 'info' | 'warning'): void =>
    node.addExecutionHints({ message, type: kind, location: 'outputPane' });
  hint(`${parties.length} customers. ${counts(rules, standings)}`, 'info');
  const dead = parties[0] ? deadRules(rules, parties[0], context) : [];
  if (dead.length > 0)
    hint(`${type.name} never tells what these rules ask, so they never hold: ${dead.join('; ')}.`, 'warning');
}

export const getStanding: Operation = {
  value: 'getStanding',
  name: 'Get Standing',
  action: 'Get the standing of customers',
  description: 'Get all customers with a financial status by your rules, and with their account group',
  properties: [
    ruleTable,
    accountGroup,
    emailHome('customer'),
    withCrossReference('customer'),
    crossReferenceFieldsIfRead,
    simplify,
    options,
  ],
  execute: async () => [],
  async executeAll(node, gateway) {
    const given = node.getNodeParameter('standingOptions', 0, {}) as IDataObject;
    const settings = settingsAt(node, given);
    const source = openSource(node, gateway);
    const query = readOptionsFrom({
      options: given,
      emailHome: String(node.getNodeParameter('emailHome', 0, '') ?? ''),
      withFinancials: true,
      withCrossReference: node.getNodeParameter('withCrossReference', 0, false) === true,
    });
    const known = await readKnown(source, settings.rules, { ...query, filter: filterOf(given) });
    const standings = classify(known.parties, settings, known.context);
    tell(node, source, settings, known, standings);
    const simplified = isSimplified(node, 0);
    return known.parties.map(
      (party, index): INodeExecutionData => ({
        json: { ...toJson(party, simplified), standing: standings[index] as unknown as IDataObject },
        pairedItem: { item: 0 },
      }),
    );
  },
};
