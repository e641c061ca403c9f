import { ConnectorError } from '../../errors';
import type { Gateway } from '../gateway';
import type { Field, RawResource, Settings } from '../productLine';
import { jsonObject, textsOf } from '../rawInput';
import type { OData } from './odata';

const SET: Field = {
  ...{ name: 'entitySet', displayName: 'Entity Set', default: '', required: true },
  ...{ description: 'Service and entity set', placeholder: 'e.g. tcapi.comBusinessPartner/BusinessPartners' },
};

const text = (name: string, displayName: string, usual: string, description: string): Field => ({
  ...{ name, displayName, description, default: usual },
});

/** @param connect the tenant's OData services for these settings */
export const rawOData = (connect: (gateway: Gateway, settings: Settings) => OData): RawResource => ({
  value: 'odata',
  name: 'OData',
  operations: [
    {
      value: 'query',
      name: 'Query',
      action: 'Query an entity set',
      description: 'Read entities of any set, page by page',
      fields: [
        SET,
        text('odataFilter', 'Filter', '', "OData $filter, such as Name eq 'Hoek BV'"),
        text('select', 'Select', '', 'Properties separated by commas; empty for all'),
        text('expand', 'Expand', '', 'Navigations to read with each entity, such as AddressRef'),
        text('orderBy', 'Order By', '', 'OData $orderby'),
        text('limit', 'Limit', '100', 'At most so many entities'),
      ],
      run: async (gateway, settings, { entitySet = '', odataFilter, select, expand, orderBy, limit }) => {
        const odata = connect(gateway, settings);
        const most = Number(limit) || 100;
        const query = {
          $filter: odataFilter || undefined,
          $select: select || undefined,
          $expand: expand || undefined,
          $orderby: orderBy || undefined,
          $top: most,
        };
        const rows = [];
        for (
          let page = await odata.query(entitySet, query);
          ;
          page = await odata.follow(page.next, entitySet)
        ) {
          rows.push(...page.rows);
          if (page.next === '' || rows.length >= most) return rows.slice(0, most);
        }
      },
    },
    {
      value: 'patch',
      name: 'Patch',
      action: 'Patch an entity',
      description: 'Change one entity, which must not have changed since it was read',
      fields: [
        SET,
        { ...text('entityKey', 'Key', '', 'As LN stores it, blanks on its left included'), required: true },
        { ...text('etag', 'ETag', '', 'The @odata.etag of the entity'), required: true },
        { ...text('properties', 'Properties', '{}', 'Names and values as a JSON object'), type: 'json' },
      ],
      run: async (gateway, settings, { entitySet = '', entityKey = '', etag = '', properties = '' }) => {
        const fields = textsOf(jsonObject(properties, 'Properties'));
        const outcome = await connect(gateway, settings).patch(entitySet, entityKey, etag, fields);
        if (outcome.done) return [{ success: true }];
        throw new ConnectorError(
          'INFOR_REFUSED',
          `LN did not change the entity of ${entitySet} (HTTP ${outcome.status}).`,
          'Read the entity again for its newest ETag; check names and lengths of the properties.',
          outcome.status,
        );
      },
    },
    {
      value: 'action',
      name: 'Action',
      action: 'Call an O data action',
      description: 'Call an action or create an entity (POST)',
      fields: [
        {
          ...text('odataPath', 'Path', '', 'Below the OData root'),
          required: true,
          placeholder: 'e.g. tcapi.ibdItem/Items',
        },
        { ...text('body', 'Body', '{}', 'A JSON object'), type: 'json' },
      ],
      run: async (gateway, settings, { odataPath = '', body = '' }) => [
        await connect(gateway, settings).post(odataPath, jsonObject(body, 'Body')),
      ],
    },
  ],
});
