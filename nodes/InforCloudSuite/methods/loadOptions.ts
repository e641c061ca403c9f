import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';
import { listInputFields } from '../../../connectors/infor/m3/metadata';
import { createMi } from '../../../connectors/infor/m3/mi';
import type { ObjectType, ProductLineType } from '../../../connectors/infor/productLine';
import type { RecordKind } from '../../../sync/record';
import { toNodeError } from '../../shared/errors';
import { gatewayOf } from '../../shared/ion';
import { productLineAt, settingsAt, textAt } from '../line';
import { contactFieldsOf } from '../resources/contactLink/settings';
import { invoiceFieldNames } from '../resources/standing/invoiceNames';

interface Chosen {
  type: ProductLineType;
  kind: RecordKind;
  object: ObjectType;
}

function chosenIn(context: ILoadOptionsFunctions): Chosen {
  const type = productLineAt(context, 0);
  const kind = (textAt(context, 'resource', 0) || 'customer') as RecordKind;
  return { type, kind, object: type.objects[kind] ?? type.objects.customer };
}

const withLengths = (lengths: Record<string, number>): INodePropertyOptions[] =>
  Object.keys(lengths)
    .sort()
    .map((name) => ({ name, value: name, description: `At most ${lengths[name]} characters` }));

/** Fields that Update may change. */
export async function getUpdatableFields(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
  try {
    return withLengths(chosenIn(this).object.updatable);
  } catch (error) {
    throw toNodeError(this.getNode(), error);
  }
}

/** Fields to which a contact's merge fields may flow back. */
export async function getContactFields(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
  try {
    const { type, kind } = chosenIn(this);
    const party = kind === 'supplier' ? 'supplier' : 'customer';
    const line = type.open(await gatewayOf(this), settingsAt(this, 0, type));
    const home = line.homes(party).addresses(textAt(this, 'emailHome', 0));
    return withLengths(contactFieldsOf(type, party, home));
  } catch (error) {
    throw toNodeError(this.getNode(), error);
  }
}

/** Canonical fields whose source name a tenant may differ in. */
export async function getFieldNames(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
  try {
    const { type, object } = chosenIn(this);
    const isStanding = textAt(this, 'operation', 0) === 'getStanding';
    const names = { ...object.fieldNames, ...(isStanding ? invoiceFieldNames(type) : {}) };
    return Object.entries(names).map(([name, usual]) => ({
      name: usual ? `${name} (Usually ${usual})` : name,
      value: name,
    }));
  } catch (error) {
    throw toNodeError(this.getNode(), error);
  }
}

/** The chosen M3 transaction's input, with what M3 demands of each field. */
export async function getInputFields(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
  const [program, transaction] = [textAt(this, 'program', 0), textAt(this, 'transaction', 0)];
  if (!program || !transaction) return [];
  try {
    const mi = createMi(await gatewayOf(this), { company: '', division: '' });
    const fields = await listInputFields(mi, program, transaction);
    return fields.map(({ name, description, length, mandatory }) => ({
      name: `${name} – ${description}${mandatory ? ' (Required)' : ''}`,
      value: name,
      description: `At most ${length} characters`,
    }));
  } catch (error) {
    throw toNodeError(this.getNode(), error);
  }
}
