import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';

export interface SourceFile {
  /** Relative to the repository, with forward slashes. */
  path: string;
  text: string;
}

const FOREIGN = /(^|\/)(node_modules|dist|\.git|\.sandbox)(\/|$)/;

function pathsBelow(path: string): string[] {
  if (FOREIGN.test(path)) return [];
  if (statSync(path).isFile()) return [path];
  return readdirSync(path).flatMap((name) => pathsBelow(join(path, name)));
}

/** The TypeScript sources in these folders of the repository. */
export const filesOf = (...folders: string[]): SourceFile[] =>
  folders
    .flatMap(pathsBelow)
    .filter((path) => /\.m?ts$/.test(path))
    .map((path) => ({
      path: relative('.', path).replaceAll('\\', '/'),
      text: readFileSync(path, 'utf8'),
    }));
