import type { Gateway } from '../gateway';
import type { Field, RawResource, Settings } from '../productLine';
import { jsonObject } from '../rawInput';
import type { Sx } from './sx';

const text = (name: string, displayName: string, usual: string, description: string): Field => ({
  ...{ name, displayName, description, default: usual },
});

/** @param connect the tenant's SX.e for these settings */
export const rawSx = (connect: (gateway: Gateway, settings: Settings) => Sx): RawResource => ({
  value: 'sx',
  name: 'SX API',
  operations: [
    {
      value: 'call',
      name: 'Call',
      action: 'Call the SX API',
      description: 'Call any SX API by its name',
      fields: [
        {
          ...text('call', 'Call', '', 'Name of the call'),
          required: true,
          list: 'calls',
          placeholder: 'e.g. sxapiargetcustomerlistv3',
        },
        {
          ...text('request', 'Request', '{}', 'What goes beside company and operator, as a JSON object'),
          type: 'json',
        },
      ],
      run: async (gateway, settings, { call = '', request = '' }) => [
        await connect(gateway, settings).call(call, jsonObject(request, 'Request')),
      ],
    },
    {
      value: 'fetchWhere',
      name: 'Fetch Table',
      action: 'Fetch rows of a table',
      description: 'Read rows of any table',
      fields: [
        { ...text('table', 'Table', '', 'Name of the table'), required: true, placeholder: 'e.g. arsc' },
        text('where', 'Where', '', 'Condition, such as cono = 1 and custno > 100'),
        text('fields', 'Fields', '*', 'Separated by commas; * for all'),
        text('batchSize', 'Limit', '100', 'At most so many rows; 0 for all'),
      ],
      run: async (gateway, settings, { table = '', where = '', fields = '', batchSize = '' }) =>
        connect(gateway, settings).fetchWhere({
          table,
          where,
          fields: fields.split(',').map((name) => name.trim()),
          batchSize: Number(batchSize) || 0,
        }),
    },
  ],
});

/** Calls that are seen in use (infor §7.3). */
export const CALLS = [
  'sxapiARGetCustomerBalanceV2',
  'sxapiARGetCustomerDataCredit',
  'sxapiarcustomermnt',
  'sxapiargetcustomerlistv3',
  'sxapiargetinvoicelistv3',
  'sxapiicgetproductdatageneralv3',
  'sxapioefullordermntv6',
  'sxapioegetsingleorderv3',
  'sxapisfgetcustomermasterv2',
];
