import { CHECKS, Conformance, lineIds, matrix, starterOf, type Outcome } from './kit.mts';

/** `npm run conformance`: the promises that each product line keeps, one test each, and a matrix at the end. */

const results = new Map<string, Outcome[]>();
afterAll(() => void process.stdout.write(`\n${matrix(results).join('\n')}\n\n`));

test('there is more than one product line, and there are at least 40 promises, each with its own name', () => {
  expect(lineIds().length).toBeGreaterThan(1);
  expect(CHECKS.length).toBeGreaterThanOrEqual(40);
  expect(new Set(CHECKS.map(({ name }) => name)).size).toBe(CHECKS.length);
});

describe.each(lineIds())('%s', (id) => {
  const outcomes: Outcome[] = [];
  let conformance: Conformance;
  beforeAll(async () => {
    results.set(id, outcomes);
    conformance = new Conformance(await starterOf(id));
  });
  afterAll(() => conformance.close());

  test.each(CHECKS)('$name', async (check) => {
    const outcome = await conformance.run(check);
    outcomes.push(outcome);
    expect(outcome.failure).toBe('');
  });
});
