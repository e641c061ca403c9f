/** Mailchimp's times: ISO 8601 with offset, one-second resolution; '' where there is none. */
export const toWire = (seconds: number | undefined): string =>
  seconds === undefined ? '' : `${new Date(seconds * 1000).toISOString().slice(0, 19)}+00:00`;

/** Accepts any ISO 8601 time, also with milliseconds or `Z`, and `YYYY-MM-DD HH:MM:SS` as UTC. */
export function fromWire(text: string): number | undefined {
  const shape = /^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?$/i.exec(text);
  if (!shape) return undefined;
  const zoned = shape[4] || !shape[1] ? text : `${text.replace(' ', 'T')}Z`;
  const ms = Date.parse(zoned.replace(' ', 'T'));
  return Number.isNaN(ms) ? undefined : ms / 1000;
}

/** Whole seconds since 1970; undefined for no time. */
export const secondsFrom = (text: string | undefined): number | undefined => {
  const time = text ? fromWire(text) : undefined;
  return time === undefined ? undefined : Math.floor(time);
};
