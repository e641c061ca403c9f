import type { IDataObject } from 'n8n-workflow';
import { ConnectorError } from '../../../../connectors/errors';
import { productLine } from '../../../../connectors/infor/registry';
import { productLineAt, settingsAt, type Operation } from '../../operation';
import {
  activeStatusesOf,
  commonOptions,
  emailHome,
  simplify,
  toJson,
  withCrossReference,
  withFinancials,
  crossReferenceFieldsIfRead,
} from './shared';

export const get: Operation = {
  value: 'get',
  name: 'Get',
  action: 'Get customer',
  description: 'Get a customer by its number',
  properties: [
    {
      displayName: 'Customer Number',
      name: 'number',
      type: 'string',
      required: true,
      default: '',
      placeholder: 'e.g. Y30000',
    },
    emailHome,
    withFinancials,
    withCrossReference,
    crossReferenceFieldsIfRead,
    simplify,
    {
      displayName: 'Options',
      name: 'getOptions',
      type: 'collection',
      placeholder: 'Add Option',
      default: {},
      options: commonOptions,
    },
  ],
  async execute(node, gateway, itemIndex) {
    const number = String(node.getNodeParameter('number', itemIndex) ?? '').trim();
    const options = node.getNodeParameter('getOptions', itemIndex, {}) as IDataObject;
    const line = productLine(productLineAt(node, itemIndex), gateway, settingsAt(node, itemIndex, options));
    const party = await line.getCustomer(number, {
      emailHome: node.getNodeParameter('emailHome', itemIndex) as string,
      withFinancials: node.getNodeParameter('withFinancials', itemIndex, false) as boolean,
      withCrossReference: node.getNodeParameter('withCrossReference', itemIndex, false) as boolean,
      activeStatuses: activeStatusesOf(options),
    });
    if (party) return [toJson(party, node.getNodeParameter('simplify', itemIndex, true) as boolean)];
    throw new ConnectorError(
      'M3_NOT_FOUND',
      `There is no customer ${number}.`,
      'Check the number, the company and the division.',
    );
  },
};
