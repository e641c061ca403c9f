import { readdirSync, readFileSync } from 'node:fs';
import { NodeHelpers, safeParseWorkflowStructure, type INode, type INodeType } from 'n8n-workflow';
import { InforCloudSuite } from '../../nodes/InforCloudSuite/InforCloudSuite.node.ts';
import { MailchimpSync } from '../../nodes/MailchimpSync/MailchimpSync.node.ts';
import { MailchimpOrderTrigger } from '../../nodes/MailchimpOrderTrigger/MailchimpOrderTrigger.node.ts';
import { MailchimpTransactionalTrigger } from '../../nodes/MailchimpTransactionalTrigger/MailchimpTransactionalTrigger.node.ts';
import { MailchimpSyncTrigger } from '../../nodes/MailchimpSyncTrigger/MailchimpSyncTrigger.node.ts';
import { SyncLedger } from '../../nodes/SyncLedger/SyncLedger.node.ts';

interface Template {
  name: string;
  nodes: INode[];
  connections: Record<string, { main: Array<Array<{ node: string; index: number }>> }>;
  active: boolean;
  pinData: object;
  meta: object;
}

const PACKAGE = 'n8n-nodes-infor-mailchimp';
const OURS: Record<string, INodeType> = {
  [`${PACKAGE}.inforCloudSuite`]: new InforCloudSuite(),
  [`${PACKAGE}.mailchimpSync`]: new MailchimpSync(),
  [`${PACKAGE}.mailchimpOrderTrigger`]: new MailchimpOrderTrigger(),
  [`${PACKAGE}.mailchimpSyncTrigger`]: new MailchimpSyncTrigger(),
  [`${PACKAGE}.mailchimpTransactionalTrigger`]: new MailchimpTransactionalTrigger(),
  [`${PACKAGE}.syncLedger`]: new SyncLedger(),
};

const files = readdirSync('workflows-templates').filter((name) => name.endsWith('.json'));
const texts = new Map(files.map((name) => [name, readFileSync(`workflows-templates/${name}`, 'utf8')]));
const load = (file: string): Template => JSON.parse(texts.get(file)!) as Template;
const targetsOf = ({ connections }: Template): string[] =>
  Object.values(connections).flatMap(({ main }) => main.flat().map(({ node }) => node));
const notesOf = ({ nodes }: Template): string[] =>
  nodes
    .filter(({ type }) => type === 'n8n-nodes-base.stickyNote')
    .map(({ parameters }) => String(parameters.content));

test('there are templates', () => expect(files.length).toBeGreaterThan(0));

describe.each(files)('%s', (file) => {
  const template = load(file);

  test('is a workflow by the importer’s own check', () => {
    expect(safeParseWorkflowStructure(template)).toMatchObject({ success: true });
    expect(template).toMatchObject({ active: false, pinData: {} });
  });

  test('has unique names and ids, and connects only nodes that exist', () => {
    const names = template.nodes.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(new Set(template.nodes.map(({ id }) => id)).size).toBe(names.length);
    const known = [...Object.keys(template.connections), ...targetsOf(template)];
    expect(known.filter((name) => !names.includes(name))).toEqual([]);
  });

  test('leaves no node unreachable', () => {
    const reached = new Set(targetsOf(template));
    const lonely = template.nodes.filter(
      ({ name, type }) => !reached.has(name) && !/Trigger$|stickyNote$/.test(type),
    );
    expect(lonely.map(({ name }) => name)).toEqual([]);
  });

  test('gives our nodes only parameters that they have, and all that they need', () => {
    for (const node of template.nodes.filter(({ type }) => type in OURS)) {
      const { description } = OURS[node.type]!;
      // n8n itself adds the times of a polling trigger.
      const own = Object.keys(node.parameters).filter((key) => !(description.polling && key === 'pollTimes'));
      const unknown = own.filter((key) => !description.properties.some(({ name }) => name === key));
      const parameters = NodeHelpers.getNodeParameters(
        description.properties,
        node.parameters,
        true,
        false,
        node,
        description,
      );
      const issues = NodeHelpers.getNodeParametersIssues(
        description.properties,
        { ...node, parameters: parameters ?? {} },
        description,
      );
      expect({ node: node.name, unknown, issues }).toEqual({ node: node.name, unknown: [], issues: null });
      const shown = Object.keys(parameters ?? {});
      expect(own.filter((key) => !shown.includes(key))).toEqual([]);
    }
  });

  test('makes its tables again where another run made them at the same moment', () => {
    const makes = template.nodes.filter(
      ({ type, parameters }) => type.endsWith('.dataTable') && parameters.operation === 'create',
    );
    for (const { name, retryOnFail, maxTries } of makes)
      expect({ name, retryOnFail, maxTries }).toEqual({ name, retryOnFail: true, maxTries: 3 });
  });

  test('takes what fails from the output behind the node’s own ones', () => {
    for (const { name, type } of template.nodes.filter(({ onError }) => onError === 'continueErrorOutput')) {
      const own = type in OURS ? (OURS[type]!.description.outputs as unknown[]).length : 1;
      const outputs = template.connections[name]!.main.map((targets) => targets.length > 0);
      expect({ name, fails: outputs.lastIndexOf(true) }).toEqual({ name, fails: own });
    }
  });

  test('knows every node that an expression names', () => {
    const names = template.nodes.map(({ name }) => name);
    const named = [...texts.get(file)!.matchAll(/\$\('([^']+)'\)/g)].map((match) => match[1]!);
    expect(named.filter((name) => !names.includes(name))).toEqual([]);
  });

  test('tells what to fill in, and that is at most 6 things', () => {
    const steps =
      notesOf(template)
        .join('\n')
        .match(/^\d+\. /gm) ?? [];
    expect(steps.length).toBeGreaterThan(0);
    expect(steps.length).toBeLessThanOrEqual(6);
  });

  test('brings no credential, no instance and no person along', () => {
    const ids = template.nodes.flatMap(({ credentials }) =>
      Object.values(credentials ?? {}).map(({ id }) => id),
    );
    const isOurs = template.nodes.some(({ type }) => type in OURS);
    expect(ids.length).toBeGreaterThanOrEqual(isOurs ? 1 : 0);
    expect(ids.every((id) => id === null)).toBe(true);
    expect(texts.get(file)).not.toMatch(/instanceId|cachedResultUrl|@[a-z]+\.[a-z]+|-us\d+"|saak|sask/);
  });
});

describe('the mark of a run that begins', () => {
  const MARK = 'Mark Run as Begun';
  const WRITERS = ['Sync Contacts', 'Apply Contact Changes', 'Post Orders', 'Log Mails', 'Write Standing'];
  const isMarked = (file: string): boolean => load(file).nodes.some(({ name }) => name === MARK);

  test('is in every template that writes to CloudSuite or Mailchimp', () =>
    expect(files.filter((file) => !isMarked(file)).map((file) => file.slice(0, 2))).toEqual([
      '09',
      '10',
      '11',
    ]));

  test.each(files.filter(isMarked))('%s makes it once, above and before what writes', (file) => {
    const { nodes, connections } = load(file);
    const heightOf = (name: string): number => nodes.find((node) => node.name === name)!.position[1];
    expect(nodes.find(({ name }) => name === MARK)).toMatchObject({ executeOnce: true });
    const outputs = Object.values(connections).flatMap(({ main }) =>
      main.map((to) => to.map(({ node }) => node)),
    );
    const marked = outputs.filter((targets) => targets.includes(MARK));
    expect(marked.length).toBeGreaterThan(0);
    for (const targets of marked) {
      const writers = targets.filter((name) => WRITERS.includes(name));
      expect(writers).toHaveLength(1);
      expect(targets.indexOf(MARK)).toBeLessThan(targets.indexOf(writers[0]!));
      // n8n takes the upper one of two nodes first.
      expect(heightOf(MARK)).toBeLessThan(heightOf(writers[0]!));
    }
  });
});

test('what is inserted at once is compared with the rows of all flows', () => {
  const reads = files.flatMap((file) => load(file).nodes.filter(({ name }) => name === 'Read Known Rows'));
  expect(reads.map(({ parameters }) => parameters.filters)).toEqual([undefined, undefined, undefined]);
});

describe('01-customers-to-audience.json', () => {
  const template = load('01-customers-to-audience.json');
  const next = (name: string): string[] =>
    (template.connections[name]?.main ?? []).flat().map(({ node }) => node);

  const before = (name: string): string[] =>
    Object.keys(template.connections).filter((from) => next(from).includes(name));

  test('moves the cursor strictly last, once, and only after the ledger was written', () => {
    expect(next('Move Cursor')).toEqual([]);
    expect(before('Move Cursor')).toEqual(['Ledger Is Written']);
    expect(before('Ledger Is Written').sort()).toEqual(['Write Ledger', 'Write New Rows']);
    expect(template.nodes.find(({ name }) => name === 'Move Cursor')).toMatchObject({ executeOnce: true });
  });

  test('takes the server’s time before it reads', () => {
    expect(next('Get Server Time')).toContain('Get Changed Customers');
  });

  test('sends all three outputs to the ledger', () => {
    expect(
      template.connections['Sync Contacts']!.main.map((output) => output.map(({ node }) => node)),
    ).toEqual([['All Outcomes'], ['All Outcomes'], ['All Outcomes']]);
  });

  test('never subscribes anybody unless its user chooses so', () => {
    const sync = template.nodes.find(({ name }) => name === 'Sync Contacts')!;
    expect(sync.parameters.newContactStatus).toBe('transactional');
  });
});
