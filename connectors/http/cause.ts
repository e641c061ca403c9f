/** An error and what it was caused by: n8n wraps axios' error, which wraps Node's. */
export interface ErrorLink {
  name?: string;
  code?: unknown;
  cause?: unknown;
  response?: { status?: number; data?: unknown; headers?: Record<string, unknown> };
}

/** Outermost first. */
export function causesOf(error: unknown): ErrorLink[] {
  const chain: ErrorLink[] = [];
  for (let link = error; typeof link === 'object' && link !== null && chain.length < 6; ) {
    chain.push(link as ErrorLink);
    link = (link as ErrorLink).cause;
  }
  return chain;
}

/** Node's or axios' code of a failed connection, such as ECONNRESET; undefined when the error is something else. */
export function networkCodeOf(error: unknown): string | undefined {
  const link = causesOf(error).find(({ code }) => typeof code === 'string' && /^E[A-Z_]+$/.test(code));
  return link && String(link.code);
}
