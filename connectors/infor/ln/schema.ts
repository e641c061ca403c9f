type Json = Record<string, unknown>;

export interface Property {
  /** Such as Edm.String or tcapi.comBusinessPartner.BusinessPartnerStatus. */
  type: string;
  isEnum: boolean;
  /** Characters; 0 where it is not told. */
  maxLength: number;
}

/** What a service says of itself: entity set → its properties. */
export type Schema = Map<string, Map<string, Property>>;

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const kindOf = (value: unknown): string => (isObject(value) ? String(value.$Kind ?? '') : '');

function propertyOf(value: Json, enums: ReadonlySet<string>): Property {
  const type = String(value.$Type ?? 'Edm.String');
  return { type, isEnum: enums.has(type), maxLength: Number(value.$MaxLength ?? 0) };
}

/** CSDL as JSON; undefined for anything else, such as XML (infor §6.7). */
export function readSchema(body: unknown): Schema | undefined {
  if (!isObject(body) || body.$Version === undefined) return undefined;
  const named = Object.entries(body)
    .filter((entry): entry is [string, Json] => isObject(entry[1]))
    .flatMap(([namespace, content]) =>
      Object.entries(content).map(([name, value]) => [`${namespace}.${name}`, value] as const),
    );
  const enums = new Set(named.filter(([, value]) => kindOf(value) === 'EnumType').map(([name]) => name));
  const types = new Map<string, Map<string, Property>>(
    named
      .filter(([, value]) => kindOf(value) === 'EntityType')
      .map(([name, value]) => {
        const own = Object.entries(value as Json).filter(
          ([key, one]) => !key.startsWith('$') && isObject(one),
        );
        return [name, new Map(own.map(([key, one]) => [key, propertyOf(one as Json, enums)]))] as const;
      }),
  );
  const containers = named.filter(([, value]) => kindOf(value) === 'EntityContainer');
  const sets = containers.flatMap(([, container]) =>
    Object.entries(container as Json).filter(([name, set]) => !name.startsWith('$') && isObject(set)),
  );
  return new Map(
    sets.flatMap(([name, set]) => {
      const properties = types.get(String((set as Json).$Type ?? ''));
      return properties ? [[name, properties] as const] : [];
    }),
  );
}
