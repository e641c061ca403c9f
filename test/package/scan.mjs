/** Prints what n8n's scanner finds in the source and in the unpacked tarball: `node scan.mjs SOURCE UNPACKED`. */
import { analyzePackage, SOURCE_FILE_PATTERNS } from '@n8n/scan-community-package/scanner/scanner.mjs';

const [source, unpacked] = process.argv.slice(2);
const findings = {
  source: await analyzePackage(source, SOURCE_FILE_PATTERNS),
  tarball: await analyzePackage(unpacked, ['**/*.js', 'package.json']),
};
process.stdout.write(`\n${JSON.stringify(findings)}`);
