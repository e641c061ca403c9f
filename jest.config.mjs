/** Tests and sandbox are .mts, what ships is .ts; both become CommonJS here, as n8n itself loads us. */
const swc = [
  '@swc/jest',
  { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'commonjs' } },
];

export default {
  testEnvironment: 'node',
  testMatch: ['<rootDir>/test/**/*.test.mts'],
  moduleFileExtensions: ['mts', 'ts', 'mjs', 'cjs', 'js', 'json', 'node'],
  transform: { '^.+\\.(mts|ts)$': swc, 'node_modules/(@infor-up|nanotar)/.+\\.mjs$': swc },
  transformIgnorePatterns: ['/node_modules/(?!(@infor-up|nanotar)/)'],
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/sandbox/node_modules/', '<rootDir>/.sandbox/'],
  // These have configurations of their own: they need a build, or a whole n8n.
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/(package|template|e2e)/'],
  // Jest itself leaves a core free; the servers of each file have ports of their own.
  maxWorkers: '100%',
  testTimeout: 30_000,
};
