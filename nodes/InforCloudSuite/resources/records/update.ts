import { ConnectorError } from '../../../../connectors/errors';
import { writeCarefully } from '../../../../connectors/infor/careful';
import type { ProductLineType } from '../../../../connectors/infor/productLine';
import type { EffectResult } from '../../../../sync/types';
import { openLine } from '../../line';
import type { Operation } from '../../operation';
import { byNumber, changeAt, fieldRows, toItem, UNAVAILABLE, type Change } from './change';
import { linesWith, WORDS } from './words';

type PartyKind = 'customer' | 'supplier';

function checkFields({ objects }: ProductLineType, kind: PartyKind, { fields }: Change): void {
  const { updatable } = objects[kind];
  const unknown = Object.keys(fields).find((name) => updatable[name] === undefined);
  if (unknown === undefined) return;
  throw new ConnectorError(
    'INFOR_FIELD',
    `A ${kind} cannot get the field “${unknown}” here.`,
    `Choose one of ${Object.keys(updatable).join(', ')}; for others call the system’s own protocol.`,
  );
}

/** A value that does not fit is never cut. */
function tooLong(
  { objects }: ProductLineType,
  kind: PartyKind,
  { fields }: Change,
): EffectResult | undefined {
  const names = Object.keys(fields).filter((name) => fields[name]!.length > objects[kind].updatable[name]!);
  if (names.length === 0) return undefined;
  return { applied: false, reason: 'value-too-long', subject: names.join(', ') };
}

export function updateOperation(kind: PartyKind): Operation {
  const { name, one, example } = WORDS[kind];
  return {
    value: 'update',
    name: 'Update',
    action: `Update ${one}`,
    description: `Change fields of a ${one}, only those that differ, and never over somebody else’s change`,
    lines: linesWith(kind, 'update'),
    properties: [
      {
        displayName: `${name} Number`,
        name: 'number',
        type: 'string',
        required: true,
        default: '',
        placeholder: `e.g. ${example}`,
      },
      fieldRows('updateFields', {
        displayName: 'CloudSuite Field Name or ID',
        name: 'field',
        type: 'options',
        typeOptions: {
          loadOptionsMethod: 'getUpdatableFields',
          loadOptionsDependsOn: ['productLine', 'resource'],
        },
        default: '',
        description:
          'Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
      }),
    ],
    execute: async () => [],
    async executeAll(node, gateway) {
      const { type, line } = openLine(node, gateway, 0, { kind, ability: 'update' });
      const changes = node.getInputData().map((_, item) => changeAt(node, item, 'updateFields'));
      for (const change of changes) checkFields(type, kind, change);
      const wanted = byNumber(changes.filter((change) => !tooLong(type, kind, change)));
      const results =
        wanted.size > 0
          ? await writeCarefully(line.homes(kind).records, wanted)
          : new Map<string, EffectResult>();
      return changes.map((change) =>
        toItem(change, tooLong(type, kind, change) ?? results.get(change.number) ?? UNAVAILABLE),
      );
    },
  };
}
