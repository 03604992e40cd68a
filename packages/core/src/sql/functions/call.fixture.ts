import { toApi } from '../../values/api-value.ts';
import { parseTypeText } from '../../values/type-text.ts';
import type { Scalar, SqlType } from '../../values/types.ts';
import { provideAllFunctions } from './all-functions.ts';
import { callScalar, plain, resultOf, type Typed } from './example.fixture.ts';
import { findFunction } from './registry.ts';

provideAllFunctions();

export const type = (text: string): SqlType => parseTypeText(text)!;

/** Calls a function with values of given types; decimals unscaled. */
export function call(name: string, ...args: readonly (readonly [string, Scalar])[]): unknown {
  const fn = findFunction(name);
  if (fn?.kind !== 'scalar') throw new Error(`${name} is no scalar function`);
  const typed: Typed[] = args.map(([text]) => ({ type: type(text), constant: undefined }));
  const result = callScalar(
    fn,
    typed,
    args.map(([, value]) => value),
  );
  return plain(toApi(resultOf(fn.returns, typed), result));
}

export const problemOf = (name: string, types: readonly string[], constants: readonly (Scalar | undefined)[] = []): string => {
  const fn = findFunction(name)!;
  if (fn.kind === 'window' || typeof fn.returns !== 'function') return 'no rule';
  const result = fn.returns(types.map(type), constants);
  return 'problem' in result ? result.problem : 'fits';
};
