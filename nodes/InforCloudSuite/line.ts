import type { IDataObject, IExecuteFunctions, ILoadOptionsFunctions, IPollFunctions } from 'n8n-workflow';
import { ConnectorError } from '../../connectors/errors';
import type { Gateway } from '../../connectors/infor/gateway';
import type {
  Ability,
  Field,
  ProductLine,
  ProductLineType,
  ReadOptions,
  Settings,
} from '../../connectors/infor/productLine';
import { PRODUCT_LINES } from '../../connectors/infor/registry';
import type { RecordKind } from '../../sync/record';

type Context = IExecuteFunctions | ILoadOptionsFunctions | IPollFunctions;

/** A parameter's value; the editor's lists are asked while there is no item yet. */
export function parameterOf(context: Context, name: string, item: number, usual: unknown): unknown {
  const value =
    'getInputData' in context
      ? context.getNodeParameter(name, item, usual)
      : (context as ILoadOptionsFunctions).getNodeParameter(name, usual as string);
  const isLocator = typeof value === 'object' && value !== null && '__rl' in value;
  return isLocator ? (value as { value?: unknown }).value : value;
}

export const textAt = (context: Context, name: string, item: number): string =>
  String(parameterOf(context, name, item, '') ?? '').trim();

/** @throws ConnectorError INFOR_SETTING, for an expression that gives none of them */
export function productLineAt(context: Context, item: number): ProductLineType {
  const id = textAt(context, 'productLine', item) || 'm3';
  const type = PRODUCT_LINES.find((one) => one.id === id);
  if (type) return type;
  throw new ConnectorError(
    'INFOR_SETTING',
    `“${id}” is no product line.`,
    `Use one of ${PRODUCT_LINES.map((one) => one.id).join(', ')}.`,
  );
}

export const OPTIONS = 'lineOptions';

const valueOf = (context: Context, item: number, options: IDataObject, { name, rare }: Field): string =>
  rare ? String(options[name] ?? '').trim() : textAt(context, name, item);

function pairsOf(rows: unknown, from: string, to: string): Record<string, string> {
  const list = (Array.isArray(rows) ? rows : []) as IDataObject[];
  return Object.fromEntries(
    list
      .map((row): [string, string] => [String(row[from] ?? '').trim(), String(row[to] ?? '').trim()])
      .filter(([name, value]) => name !== '' && value !== ''),
  );
}

const PARTS = { addressHash: '', audienceId: '', contactId: '', preference: '' };

export function settingsAt(context: Context, item: number, type: ProductLineType): Settings {
  const options = (parameterOf(context, OPTIONS, item, {}) ?? {}) as IDataObject;
  const references = (parameterOf(context, 'crossReferenceFields', item, {}) ?? {}) as IDataObject;
  return {
    values: Object.fromEntries(
      type.settings.map((field) => [field.name, valueOf(context, item, options, field)]),
    ),
    fieldNames: pairsOf(parameterOf(context, 'fieldNames.field', item, []), 'name', 'source'),
    referenceFields: Object.fromEntries(
      Object.keys(PARTS).map((part) => [part, String(references[`${part}Field`] ?? '').trim()]),
    ),
  };
}

/** @throws ConnectorError INFOR_NOT_OFFERED, with the reason that the product line gives */
export function demand({ name, objects }: ProductLineType, kind: RecordKind, ability: Ability): void {
  const { abilities, missing } = objects[kind];
  if (abilities.includes(ability)) return;
  throw new ConnectorError(
    'INFOR_NOT_OFFERED',
    `${name} does not offer this.`,
    missing[ability] ?? 'Choose another operation.',
  );
}

export const offers = ({ objects }: ProductLineType, kind: RecordKind, ability: Ability): boolean =>
  objects[kind].abilities.includes(ability);

/** Without what the product line cannot read, so that one template serves all of them. */
export const readable = <T extends ReadOptions>(type: ProductLineType, kind: RecordKind, options: T): T => ({
  ...options,
  withFinancials: options.withFinancials && offers(type, kind, 'financials'),
  withCrossReference: options.withCrossReference && offers(type, kind, 'contactLink'),
});

export interface OpenLine {
  type: ProductLineType;
  line: ProductLine;
}

/** The product line that the item's parameters name, for something that it has to be able to do. */
export function openLine(
  node: IExecuteFunctions,
  gateway: Gateway,
  item: number,
  need?: { kind: RecordKind; ability: Ability },
): OpenLine {
  const type = productLineAt(node, item);
  if (need) demand(type, need.kind, need.ability);
  return { type, line: type.open(gateway, settingsAt(node, item, type)) };
}
