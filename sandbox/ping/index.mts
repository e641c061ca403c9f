/** `npm run ping -- connector.ini`: do both real systems answer, with which rights, and what would the first sync do? */
import { ping } from './ping.mts';

const [path] = process.argv.slice(2);
const print = (line: string): void => void process.stdout.write(`${line}\n`);

if (!path) {
  print('Usage: npm run ping -- connector.ini   (docs/ping.md shows such a file)');
  process.exitCode = 2;
} else if (!(await ping(path, print))) process.exitCode = 1;
