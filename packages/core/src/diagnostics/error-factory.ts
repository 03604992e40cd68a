import type { CodeDefinition, CodeTable } from './define-codes.ts';
import { VeloError } from './velo-error.ts';

type ParamsOf<D> = D extends CodeDefinition<infer P> ? P : never;

/** What an error carries beside its texts, as in `VeloError`; a hint given here replaces that of the code. None may hold a secret. */
export interface ErrorExtra {
  readonly cause?: unknown;
  readonly details?: Readonly<Record<string, unknown>>;
  readonly hint?: string | undefined;
}

/** Makes errors of one table of codes: an unknown code or wrong parameters do not compile. */
export type ErrorFactory<T extends CodeTable> = <C extends keyof T & string>(
  name: C,
  params: ParamsOf<T[C]>,
  extra?: ErrorExtra,
) => VeloError;

export function errorFactory<T extends CodeTable>(table: T): ErrorFactory<T> {
  return (name, params, { hint, ...extra } = {}) => {
    // Each entry takes the parameters of its own code, which the signature above has checked.
    const definition = table[name] as unknown as CodeDefinition<unknown>;
    return new VeloError({
      code: name,
      reason: definition.reason,
      message: definition.message(params),
      hint: hint ?? definition.hint?.(params),
      ...extra,
    });
  };
}
