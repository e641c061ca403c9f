import type { INodeProperties } from 'n8n-workflow';
import type { Field } from '../../connectors/infor/productLine';

/** Name of the list search method for a list of a product line. */
export const searchMethod = (lineId: string, list: string): string => `search_${lineId}_${list}`;

type Shape = Omit<INodeProperties, 'displayName' | 'name' | 'description'>;

function shapeOf(
  { type, default: usual, placeholder, options, list, required, rare }: Field,
  lineId: string,
): Shape {
  const hint = placeholder ? { placeholder } : {};
  if (list && !rare) {
    return {
      type: 'resourceLocator',
      default: { mode: 'list', value: usual },
      required,
      modes: [
        {
          displayName: 'From List',
          name: 'list',
          type: 'list',
          typeOptions: { searchListMethod: searchMethod(lineId, list), searchable: true },
        },
        { displayName: 'By Name', name: 'name', type: 'string', ...hint },
      ],
    };
  }
  if (type === 'options') return { type, default: usual, required, options: options ?? [] };
  if (type === 'json') return { type, default: usual, required, ...hint };
  return {
    type: 'string',
    default: usual,
    required,
    ...hint,
    ...(type === 'lines' ? { typeOptions: { rows: 5 } } : {}),
  };
}

/** A field of a product line as n8n shows it. */
export const propertyOf = (field: Field, lineId: string): INodeProperties => ({
  displayName: field.displayName,
  name: field.name,
  description: field.description,
  ...shapeOf(field, lineId),
});
