import type { Expr } from '../../bind/expression.ts';

/** Steps by name into a JSON text, one after the other, as a path of SQL; null for anything else. */
export function jsonPathOf(e: Expr): { readonly of: Expr; readonly steps: string } | null {
  if (e.kind !== 'element' || e.key.kind !== 'literal' || typeof e.key.value !== 'string' || !/^\w+$/.test(e.key.value)) return null;
  const step = `.${e.key.value}`;
  if (e.arg.type.kind === 'json' || e.arg.type.kind === 'string') return { of: e.arg, steps: `$${step}` };
  const above = jsonPathOf(e.arg);
  return above === null ? null : { of: above.of, steps: `${above.steps}${step}` };
}
