import type { Expr } from '../../sql/bind/expression.ts';

/** Text that equal expressions share, for calculating them once; null where a second calculation may differ or is not worth comparing. */
export function expressionKey(expr: Expr): string | null {
  let volatile = false;
  const text = JSON.stringify(expr, (name, value: unknown) => {
    if (name === 'span') return undefined;
    if (typeof value === 'bigint') return { bigint: String(value) };
    if (value instanceof Map || value instanceof Uint8Array) volatile = true;
    if (typeof value === 'number' && !Number.isFinite(value)) return { number: String(value) };
    if (name === 'fn' && isFunction(value)) {
      if (value.volatility !== 'immutable') volatile = true;
      return value.name;
    }
    if (value === 'subquery') volatile = true;
    return value;
  });
  return volatile ? null : text;
}

const isFunction = (value: unknown): value is { name: string; volatility: string } =>
  typeof value === 'object' && value !== null && 'name' in value && 'volatility' in value;
