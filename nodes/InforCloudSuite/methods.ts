import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { listPrograms, listTransactions, type MiProgram } from '../../connectors/infor/m3/metadata';
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

export async function searchTransactions(
  this: ILoadOptionsFunctions,
  filter?: string,
): Promise<INodeListSearchResult> {
  const program = String(this.getNodeParameter('program', '', { extractValue: true }) ?? '');
  if (!program) return { results: [] };
  try {
    return found(await listTransactions(await miOf(this), program), filter);
  } catch (error) {
    throw toNodeError(this.getNode(), error);
  }
}
