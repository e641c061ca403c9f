import type { LnDatabase } from './database.mts';
import { KEY_WIDTHS, SETS } from './layouts.mts';

/** $metadata of a service as JSON (CSDL); undefined for a service that is none. */
export function metadataOf(db: LnDatabase, service: string): object | undefined {
  const own = Object.entries(SETS).filter(([set]) => set.startsWith(`${service}/`));
  if (own.length === 0) return undefined;
  const types: Record<string, unknown> = {};
  const container: Record<string, unknown> = { $Kind: 'EntityContainer' };
  for (const [path, kind] of own) {
    const set = path.split('/')[1]!;
    const { names, lengths } = db.layouts[kind];
    const enums = db.enumsOf(kind);
    const properties = db.propertiesOf(kind).map((name): [string, object] => [
      name,
      {
        ...(enums[name] ? { $Type: enums[name] } : {}),
        ...(lengths[name] ? { $MaxLength: lengths[name] } : {}),
        ...(name === names.number && KEY_WIDTHS[kind] ? { $MaxLength: KEY_WIDTHS[kind] } : {}),
      },
    ]);
    if (db.hasAddress(kind))
      properties.push(['AddressRef', { $Kind: 'NavigationProperty', $Type: `${service}.Address` }]);
    types[`${set}Type`] = { $Kind: 'EntityType', $Key: [names.number], ...Object.fromEntries(properties) };
    container[set] = { $Collection: true, $Type: `${service}.${set}Type` };
  }
  types.BusinessPartnerStatus = { $Kind: 'EnumType', Active: 1, Inactive: 2 };
  return { $Version: '4.0', [service]: { ...types, Container: container } };
}
