/** The package as it ships: n8n's lint and scan, the tarball, the manifest, the templates, the rules of the house. */
import base from './jest.config.mjs';

export default {
  ...base,
  testMatch: ['<rootDir>/test/{package,template}/**/*.test.mts'],
  testPathIgnorePatterns: ['/node_modules/'],
  testTimeout: 180_000,
};
