import { dirname, join } from 'node:path';
import { filesOf, type SourceFile } from '../support/repository.mts';

const SHIPPED = filesOf('credentials', 'nodes', 'connectors', 'sync');
const TOOLS = filesOf('sandbox', 'test', 'bench');

/** Rooms that a room may import from, besides itself. A type is a promise without code: `types` lists those only. */
const ARROWS: Record<string, { code: string[]; types: string[] }> = {
  credentials: { code: ['connectors'], types: [] },
  nodes: { code: ['connectors', 'sync'], types: [] },
  connectors: { code: [], types: ['sync'] },
  sync: { code: [], types: [] },
};

const roomOf = (path: string): string => path.split('/')[0]!;

interface Import {
  from: string;
  typeOnly: boolean;
}

const importsOf = ({ text }: SourceFile): Import[] =>
  [...text.matchAll(/^(?:import|export)\s+(type\s+)?[^'"]*?from\s+'([^']+)';$/gm)].map(([, type, from]) => ({
    from: from!,
    typeOnly: type !== undefined,
  }));

test('arrows between the rooms run one way', () => {
  const wrong = SHIPPED.flatMap((file) => {
    const own = roomOf(file.path);
    const allowed = ARROWS[own]!;
    return importsOf(file)
      .filter(({ from }) => from.startsWith('.'))
      .filter(({ from, typeOnly }) => {
        const target = roomOf(join(dirname(file.path), from));
        return (
          target !== own && !allowed.code.includes(target) && !(typeOnly && allowed.types.includes(target))
        );
      })
      .map(({ from }) => `${file.path} → ${from}`);
  });
  expect(wrong).toEqual([]);
});

test('what ships imports nothing but its own files, n8n-workflow and crypto', () => {
  // Each is bundled with its one library when the package is built; the tarball test looks at the result.
  const bundled = ['connectors/mailchimp/archive.ts', 'connectors/infor/bod/xml.ts'];
  const foreign = SHIPPED.filter(({ path }) => !bundled.includes(path)).flatMap((file) =>
    importsOf(file)
      .filter(({ from }) => !from.startsWith('.') && !['n8n-workflow', 'crypto'].includes(from))
      .map(({ from }) => `${file.path}: ${from}`),
  );
  expect(foreign).toEqual([]);
});

test('sync knows neither n8n nor HTTP nor a clock', () => {
  const wrong = filesOf('sync').filter(({ text }) =>
    /n8n-workflow|https?:|Date\.now|new Date\(\)/.test(text),
  );
  expect(wrong.map(({ path }) => path)).toEqual([]);
});

test('nothing escapes the type checker', () => {
  const escape = /((:|<|\bas)\s*any\b(?![^'`]*['`]))|@ts-(ignore|nocheck|expect-error)|eslint-disable/;
  const isComment = (line: string): boolean => /^\s*(\*|\/\*\*)/.test(line);
  const wrong = [...SHIPPED, ...TOOLS]
    .filter(({ path }) => path !== 'test/package/house.test.mts')
    .flatMap(({ path, text }) =>
      text
        .split('\n')
        .flatMap((line, index) => (escape.test(line) && !isComment(line) ? `${path}:${index + 1}` : [])),
    );
  expect(wrong).toEqual([]);
});

test('a file tells one story: at most 200 lines', () => {
  const long = [...SHIPPED, ...TOOLS].filter(({ text }) => text.trimEnd().split('\n').length > 200);
  expect(long.map(({ path }) => path)).toEqual([]);
});

test('nothing is left for later', () => {
  const later = new RegExp(['TO' + 'DO', 'FIX' + 'ME'].join('|'));
  expect([...SHIPPED, ...TOOLS].filter(({ text }) => later.test(text)).map(({ path }) => path)).toEqual([]);
});
