/** For what never ships: sandbox, tests, benchmarks. What ships is linted by n8n's own rules (eslint.config.mjs). */
import { createRequire } from 'node:module';

// n8n's lint brings typescript-eslint along, in the version that its rules need; a second one at the top of
// node_modules makes those rules misfire.
const fromNodeCli = createRequire(import.meta.resolve('@n8n/node-cli/eslint'));
const js = fromNodeCli('@eslint/js');
const tseslint = fromNodeCli('typescript-eslint');

export default tseslint.config(
  { ignores: ['**/node_modules/**'] },
  {
    files: ['**/*.mts'],
    extends: [js.configs.recommended, ...tseslint.configs.recommended],
    rules: {
      // TypeScript itself knows what is defined.
      'no-undef': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
    },
  },
  {
    files: ['**/*.mjs'],
    extends: [js.configs.recommended],
    languageOptions: { globals: { process: 'readonly' } },
  },
);
