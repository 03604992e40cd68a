import type { Span } from './span.ts';

export type Severity = 'error' | 'warning' | 'info';

/** What one code says: a stable slug, its usual severity, and its texts from typed parameters. */
export interface CodeDefinition<P> {
  /** Stable slug, e.g. `clause-order`. */
  readonly reason: string;
  readonly severity: Severity;
  /** Lower case, no full stop, names quoted. */
  readonly message: (params: P) => string;
  /** A full sentence that can be acted on. */
  readonly hint?: (params: P) => string | undefined;
}

/** A problem before it is placed on a line: see `Diagnostic` for what users get. */
export interface Problem {
  readonly code: string;
  readonly reason: string;
  readonly severity: Severity;
  readonly message: string;
  readonly hint?: string;
  readonly span: Span;
}

/** Parameters are contravariant, so every definition fits `never`; `ProblemFactory` recovers them per code. */
export type CodeTable = { readonly [code: string]: CodeDefinition<never> };
type ParamsOf<D> = D extends CodeDefinition<infer P> ? P : never;

export const code = <P = void>(definition: CodeDefinition<P>): CodeDefinition<P> => definition;

/** Makes problems of one table of codes: an unknown code or wrong parameters do not compile. */
export type ProblemFactory<T extends CodeTable> = <C extends keyof T & string>(
  code: C,
  span: Span,
  params: ParamsOf<T[C]>,
  severity?: Severity,
) => Problem;

export function problemFactory<T extends CodeTable>(table: T): ProblemFactory<T> {
  return (name, span, params, severity) => {
    const definition = table[name] as unknown as CodeDefinition<unknown>;
    const hint = definition.hint?.(params);
    return {
      code: name,
      reason: definition.reason,
      severity: severity ?? definition.severity,
      message: definition.message(params),
      ...(hint === undefined ? {} : { hint }),
      span,
    };
  };
}
