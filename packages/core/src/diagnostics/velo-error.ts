import type { Span } from './span.ts';

const BRAND = Symbol.for('velostream.error');

export interface VeloErrorOptions {
  readonly code: string;
  readonly reason: string;
  readonly message: string;
  readonly hint?: string | undefined;
  readonly span?: Span | undefined;
  readonly cause?: unknown;
  /** Structured facts for programs, e.g. `{ limit: 'maxGroups', allowed: 10, observed: 11 }`. Never a secret. */
  readonly details?: Readonly<Record<string, unknown>> | undefined;
}

/** The one error class of the product. `VeloError.is` also knows errors of another installed copy. */
export class VeloError extends Error {
  readonly code: string;
  readonly reason: string;
  // Own properties only where there is something to say: what prints an error prints them all.
  declare readonly hint: string | undefined;
  declare readonly span: Span | undefined;
  declare readonly details: Readonly<Record<string, unknown>> | undefined;

  constructor(o: VeloErrorOptions) {
    super(o.message, o.cause === undefined ? undefined : { cause: o.cause });
    this.name = 'VeloError';
    this.code = o.code;
    this.reason = o.reason;
    if (o.hint !== undefined) this.hint = o.hint;
    if (o.span !== undefined) this.span = o.span;
    if (o.details !== undefined) this.details = o.details;
    Object.defineProperty(this, BRAND, { value: true });
  }

  static is(x: unknown): x is VeloError {
    return typeof x === 'object' && x !== null && (x as { [BRAND]?: unknown })[BRAND] === true;
  }
}
