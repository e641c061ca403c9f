import type { ILoadOptionsFunctions, INodeListSearchResult, INodePropertyOptions } from 'n8n-workflow';
import {
  listInputFields,
  listPrograms,
  listTransactions,
  type MiProgram,
} from '../../connectors/infor/m3/metadata';
import { createMi, type Mi } from '../../connectors/infor/m3/mi';
import { toNodeError } from '../shared/errors';
import { gatewayOf } from '../shared/ion';

const miOf = async (context: ILoadOptionsFunctions): Promise<Mi> =>
  createMi(await gatewayOf(context), { company: '', division: '' });

function found(entries: MiProgram[], filter = ''): INodeListSearchResult {
  const wanted = filter.toLowerCase();
  const results = entries
    .map(({ name, description }) => ({ name: description ? `${name} – ${description}` : name, value: name }))
    .filter(({ name }) => name.toLowerCase().includes(wanted));
  return { results };
}

export async function searchPrograms(
  this: ILoadOptionsFunctions,
  filter?: string,
): Promise<INodeListSearchResult> {
  try {
    return found(await listPrograms(await miOf(this)), filter);
  } catch (error) {
    throw toNodeError(this.getNode(), error);
  }
}

const chosen = (context: ILoadOptionsFunctions, parameter: 'program' | 'transaction'): string =>
  String(context.getNodeParameter(parameter, '', { extractValue: true }) ?? '');

export async function searchTransactions(
  this: ILoadOptionsFunctions,
  filter?: string,
): Promise<INodeListSearchResult> {
  const program = chosen(this, 'program');
  if (!program) return { results: [] };
  try {
    return found(await listTransactions(await miOf(this), program), filter);
  } catch (error) {
    throw toNodeError(this.getNode(), error);
  }
}

/** The chosen transaction's input, with what M3 demands of each field. */
export async function getInputFields(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
  const [program, transaction] = [chosen(this, 'program'), chosen(this, 'transaction')];
  if (!program || !transaction) return [];
  try {
    const fields = await listInputFields(await miOf(this), program, transaction);
    return fields.map(({ name, description, length, mandatory }) => ({
      name: `${name} – ${description}${mandatory ? ' (Required)' : ''}`,
      value: name,
      description: `At most ${length} characters`,
    }));
  } catch (error) {
    throw toNodeError(this.getNode(), error);
  }
}
