import { readTemplate, REPLAY_TEMPLATE, type Lab } from '../../sandbox/lab.mts';
import { errorOf, itemsOf } from '../../sandbox/n8n/execution.mts';
import type { WorkflowFile } from '../../sandbox/n8n/rest.mts';

/** Template 10 in a real n8n, started in the editor. */

export type Wish = Partial<Record<'flow' | 'day' | 'reason' | 'record' | 'rearm', string>>;

/** Template 10 with what a person would enter in *What to Replay*. */
function wishing(wish: Wish): WorkflowFile {
  const file = readTemplate(REPLAY_TEMPLATE);
  const set = file.nodes.find(({ name }) => name === 'What to Replay') as unknown as {
    parameters?: { assignments: { assignments: Array<{ name: string; value: string }> } };
  };
  for (const one of set.parameters!.assignments.assignments)
    one.value = wish[one.name as keyof Wish] ?? one.value;
  return file;
}

export const LOGIN = { user: 'auditor', password: 'a long secret of its own' };

/** Who may use the form; the template names this credential. */
export async function addReplayLogin({ api }: Lab): Promise<void> {
  await api.createCredential({ name: 'Replay form account', type: 'httpBasicAuth', data: LOGIN });
}

/** What it tells of each picked row. */
export async function replayIn({ api }: Lab, wish: Wish): Promise<Array<Record<string, unknown>>> {
  const execution = await api.run(await api.importWorkflow(wishing(wish)), 'Replay Now');
  expect(errorOf(execution)).toBe('');
  return itemsOf(execution, 'Result');
}

/** Infor reads, and fails each time a custom field is to be written. */
export function refuseReferences({ world }: Lab): void {
  const isWrite = /(?:Add|Chg|Set)\w*FieldValue|CUSEXTMI.*(?:Add|Chg)/;
  world.ion.faults.add({
    ...{ kind: 'answer', status: 500, body: {}, times: 1_000 },
    where: ({ url, body }) => isWrite.test(url + JSON.stringify(body ?? '')),
  });
}
