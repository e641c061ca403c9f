import { ConnectorError } from '../../errors';
import type { Gateway } from '../gateway';
import { jsonRecords } from '../rawInput';
import type { Field, RawResource, Settings } from '../productLine';
import type { Landmark } from './landmark';

const CLASS: Field = {
  ...{ name: 'businessClass', displayName: 'Business Class', description: 'Name of the business class' },
  ...{ default: '', placeholder: 'e.g. Customer', required: true, list: 'classes' },
};

const text = (name: string, displayName: string, usual: string, description: string): Field => ({
  ...{ name, displayName, description, default: usual },
});

/** @param connect the tenant's Landmark services for these settings */
export const rawLandmark = (connect: (gateway: Gateway, settings: Settings) => Landmark): RawResource => ({
  value: 'landmark',
  name: 'Landmark',
  operations: [
    {
      value: 'list',
      name: 'List',
      action: 'List records of a business class',
      description: 'Read records of any business class',
      fields: [
        CLASS,
        text('list', 'List', '_generic', 'Name of the list'),
        text('fields', 'Fields', '', 'Separated by commas; empty for all'),
        text('lplFilter', 'Filter', '', 'In Landmark’s own language, such as Name like "A*"'),
        text('limit', 'Limit', '100', 'At most so many records'),
      ],
      run: async (gateway, settings, { businessClass = '', list = '', fields = '', lplFilter, limit }) =>
        connect(gateway, settings).list(businessClass, list || '_generic', {
          fields: fields
            .split(',')
            .map((name) => name.trim())
            .filter(Boolean),
          limit: Number(limit) || 100,
          lplFilter: lplFilter || undefined,
        }),
    },
    {
      value: 'action',
      name: 'Action',
      action: 'Run an action on records of a business class',
      description: 'Run an action in a batch; each record has its own outcome',
      fields: [
        CLASS,
        text('action', 'Action', 'Update', 'Name of the action'),
        {
          ...text('records', 'Records', '[]', 'A JSON list of objects: field names and values'),
          type: 'json',
        },
      ],
      run: async (gateway, settings, { businessClass = '', action = '', records = '' }) => {
        if (action === '') throw new ConnectorError('INFOR_FIELD', 'No action is named.', 'Enter its name.');
        const rows = jsonRecords(records, 'Records');
        const outcomes = await connect(gateway, settings).batch(businessClass, action, rows, []);
        return outcomes.map(({ answer, message }, record) => ({ record, ...answer, message }));
      },
    },
  ],
});
