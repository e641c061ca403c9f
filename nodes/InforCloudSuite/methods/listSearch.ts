import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import type { ProductLineType } from '../../../connectors/infor/productLine';
import { PRODUCT_LINES } from '../../../connectors/infor/registry';
import { toNodeError } from '../../shared/errors';
import { gatewayOf } from '../../shared/ion';
import { searchMethod } from '../fields';
import { settingsAt, textAt } from '../line';

type Search = (this: ILoadOptionsFunctions, filter?: string) => Promise<INodeListSearchResult>;

/** What is filled in so far, for a list that depends on it; a raw call's fields and those of M3 transactions. */
function valuesOf(
  context: ILoadOptionsFunctions,
  { raw, settings }: ProductLineType,
): Record<string, string> {
  const names = [
    ...settings.filter(({ rare }) => !rare).map(({ name }) => name),
    ...raw.flatMap(({ operations }) => operations.flatMap(({ fields }) => fields.map(({ name }) => name))),
    'program',
    'transaction',
  ];
  return Object.fromEntries(names.map((name) => [name, textAt(context, name, 0)]));
}

function searchIn(type: ProductLineType, list: string): Search {
  return async function (this: ILoadOptionsFunctions, filter = '') {
    try {
      const gateway = await gatewayOf(this);
      const choices = await type.lists[list]!(gateway, settingsAt(this, 0, type), valuesOf(this, type));
      const wanted = filter.toLowerCase();
      return {
        results: choices
          .filter(({ name, value }) => `${name} ${value}`.toLowerCase().includes(wanted))
          .map(({ name, value, description }) => ({ name, value, description })),
      };
    } catch (error) {
      throw toNodeError(this.getNode(), error);
    }
  };
}

/** One method for each list of each product line. */
export const listSearch: Record<string, Search> = Object.fromEntries(
  PRODUCT_LINES.flatMap((type) =>
    Object.keys(type.lists).map((list) => [searchMethod(type.id, list), searchIn(type, list)] as const),
  ),
);
