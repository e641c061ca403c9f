import type { Choice, ProductLineType } from '../productLine';
import { createMi } from './mi';
import { listPrograms, listTransactions, type MiProgram } from './metadata';

const choices = (entries: MiProgram[]): Choice[] =>
  entries.map(({ name, description }) => ({
    name: description ? `${name} – ${description}` : name,
    value: name,
  }));

const NO_CONTEXT = { company: '', division: '' };

/** MRS001MI: what the tenant has. */
export const LISTS: ProductLineType['lists'] = {
  programs: async (gateway) => choices(await listPrograms(createMi(gateway, NO_CONTEXT))),
  transactions: async (gateway, _settings, { program = '' }) =>
    program === '' ? [] : choices(await listTransactions(createMi(gateway, NO_CONTEXT), program)),
};
