const two = (n: number): string => String(n).padStart(2, '0');

/** YYYYMMDD in UTC. */
export const ymd8 = (at: number): string => {
  const date = new Date(at);
  return `${date.getUTCFullYear()}${two(date.getUTCMonth() + 1)}${two(date.getUTCDate())}`;
};
