/** Several addresses in one field, as people type them: `a@one.example; b@one.example`. In their order, each once. */
export function splitAddresses(field: string): string[] {
  const parts = field.split(/[;,\s]+/).filter((part) => part !== '');
  const seen = new Map(parts.map((part) => [part.toLowerCase(), part]));
  return [...seen.values()];
}
