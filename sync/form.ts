/** A value of a form whose keys are PHP-like, such as `data[merges][GROUPINGS][0][name]`. */
export type FormValue = string | { [key: string]: FormValue };

const MAX_PAIRS = 1000;
const MAX_DEPTH = 6;
const KEY = /^([^[\]]+)((?:\[[^[\]]*\])*)$/;
/** Names that would reach an object's prototype. */
const FORBIDDEN = new Set(['__proto__', 'constructor', 'prototype']);

function pathOf(key: string): string[] | undefined {
  const match = KEY.exec(key);
  if (!match) return undefined;
  const inner = [...match[2]!.matchAll(/\[([^[\]]*)\]/g)].map((part) => part[1]!);
  const path = [match[1]!, ...inner];
  const usable = path.length <= MAX_DEPTH && path.every((part) => part !== '' && !FORBIDDEN.has(part));
  return usable ? path : undefined;
}

function put(root: { [key: string]: FormValue }, path: string[], value: string): boolean {
  let at = root;
  for (const part of path.slice(0, -1)) {
    const next = Object.hasOwn(at, part) ? at[part] : (at[part] = {});
    if (typeof next === 'string') return false;
    at = next!;
  }
  const last = path.at(-1)!;
  if (Object.hasOwn(at, last)) return false;
  at[last] = value;
  return true;
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return undefined;
  }
}

/**
 * A form body as an object. Undefined for what no honest sender makes: a broken escape, a key twice, a key that is both
 * a value and a group, too many or too deep keys.
 */
export function parseForm(body: string): { [key: string]: FormValue } | undefined {
  const pairs = body.split('&').filter((pair) => pair !== '');
  if (pairs.length === 0 || pairs.length > MAX_PAIRS) return undefined;
  const root: { [key: string]: FormValue } = {};
  for (const pair of pairs) {
    const at = pair.indexOf('=');
    const key = decoded(at < 0 ? pair : pair.slice(0, at));
    const value = decoded(at < 0 ? '' : pair.slice(at + 1));
    const path = key === undefined ? undefined : pathOf(key);
    if (!path || value === undefined || !put(root, path, value)) return undefined;
  }
  return root;
}
