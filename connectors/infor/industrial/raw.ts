import { ConnectorError } from '../../errors';
import type { Gateway } from '../gateway';
import type { Field, RawResource, Settings } from '../productLine';
import { jsonObject, jsonTexts, textsOf } from '../rawInput';
import { refusedWrite } from '../refusal';
import type { Ido } from './ido';

const IDO: Field = {
  name: 'ido',
  displayName: 'IDO',
  description: 'Name of the IDO',
  default: '',
  placeholder: 'e.g. SLCustomers',
  required: true,
};

const lines = (name: string, displayName: string, description: string, placeholder: string): Field => ({
  ...{ name, displayName, description, placeholder, default: '' },
});

/** @param connect the tenant's IDO interface for these settings */
export const rawIdo = (connect: (gateway: Gateway, settings: Settings) => Promise<Ido>): RawResource => ({
  value: 'ido',
  name: 'IDO',
  operations: [
    {
      value: 'load',
      name: 'Load',
      action: 'Load an IDO collection',
      description: 'Read records of any IDO',
      fields: [
        IDO,
        lines('properties', 'Properties', 'Separated by commas; * for all', 'e.g. CustNum,Name'),
        lines('idoFilter', 'Filter', 'SQL-like, without functions', "e.g. Name LIKE N'A%'"),
        lines('orderBy', 'Order By', 'Property names separated by commas', 'e.g. CustNum'),
        { ...lines('recordCap', 'Record Cap', 'At most so many records; 0 for all', ''), default: '100' },
      ],
      run: async (gateway, settings, { ido = '', properties = '', idoFilter, orderBy, recordCap }) => {
        const client = await connect(gateway, settings);
        const names = properties.split(',').map((name) => name.trim());
        const loaded = await client.load(ido, {
          properties: properties === '' ? ['*'] : names,
          filter: idoFilter,
          orderBy: orderBy || undefined,
          recordCap: Number(recordCap) || 0,
        });
        return loaded.rows;
      },
    },
    {
      value: 'update',
      name: 'Update',
      action: 'Update an IDO record',
      description: 'Change one record, which must not have changed since it was loaded',
      fields: [
        IDO,
        lines('itemId', 'Item ID', 'The _ItemId of the record, as it was loaded', ''),
        {
          ...lines('idoFields', 'Fields', 'Property names and values as a JSON object', ''),
          type: 'json',
          default: '{}',
        },
      ],
      run: async (gateway, settings, { ido = '', itemId = '', idoFields = '' }) => {
        const fields = textsOf(jsonObject(idoFields, 'Fields'));
        const refusal = await (await connect(gateway, settings)).update(ido, itemId, fields);
        if (refusal === '') return [{ success: true }];
        const answer = refusedWrite(refusal, Object.keys(fields));
        throw new ConnectorError(
          'INFOR_REFUSED',
          `CloudSuite Industrial did not change the record of ${ido} (${answer.done ? '' : answer.because}).`,
          'Load the record again; check the names and lengths of the fields.',
        );
      },
    },
    {
      value: 'invoke',
      name: 'Invoke',
      action: 'Invoke an IDO method',
      description: 'Call a method of an IDO',
      fields: [
        IDO,
        lines('method', 'Method', 'Name of the method', 'e.g. GetCustomerInfoSp'),
        {
          ...lines('parameters', 'Parameters', 'In their order, as a JSON list', ''),
          type: 'json',
          default: '[]',
        },
      ],
      run: async (gateway, settings, { ido = '', method = '', parameters = '' }) => [
        await (await connect(gateway, settings)).invoke(ido, method, jsonTexts(parameters, 'Parameters')),
      ],
    },
  ],
});
