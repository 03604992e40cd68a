import type { Expression } from '../sql/ast/index.ts';
import { parseExpression } from '../sql/syntax/index.ts';
import { pathText } from './condition-to-promql.ts';
import { safeName } from './prometheus-name.ts';

/** Name of an alert that has none: `volume > 1000000` is `high_volume`, `stock < 5` is `low_stock`. */
export function alertName(condition: string): string {
  const { expression } = parseExpression(condition);
  const found = firstComparison(expression);
  if (found === undefined) return 'alert';
  const word = found.operator.startsWith('>') ? 'high' : found.operator.startsWith('<') ? 'low' : found.operator === '=' ? 'is' : 'not';
  return `${word}_${safeName(found.column).toLowerCase()}`;
}

function firstComparison(e: Expression): { readonly operator: string; readonly column: string } | undefined {
  if (e.kind === 'unary') return firstComparison(e.operand);
  if (e.kind === 'between') return columnIn(e.operand) === undefined ? undefined : { operator: '=', column: columnIn(e.operand) as string };
  if (e.kind !== 'binary') return undefined;
  if (e.operator === 'AND' || e.operator === 'OR') return firstComparison(e.left) ?? firstComparison(e.right);
  const left = columnIn(e.left);
  if (left !== undefined) return { operator: e.operator, column: left };
  const right = columnIn(e.right);
  return right === undefined ? undefined : { operator: FLIPPED[e.operator] ?? e.operator, column: right };
}

const FLIPPED: Readonly<Record<string, string>> = { '<': '>', '<=': '>=', '>': '<', '>=': '<=' };

function columnIn(e: Expression): string | undefined {
  if (e.kind === 'column') return pathText(e);
  if (e.kind === 'binary') return columnIn(e.left) ?? columnIn(e.right);
  if (e.kind === 'unary' || e.kind === 'cast') return columnIn(e.operand);
  if (e.kind === 'call') return e.arguments.map(columnIn).find((name) => name !== undefined);
  return undefined;
}

/** `high_volume` as Prometheus names alerts: `HighVolume`. */
export const alertRuleName = (name: string): string =>
  name
    .split(/[^A-Za-z0-9]+/)
    .filter((word) => word !== '')
    .map((word) => (word[0] as string).toUpperCase() + word.slice(1))
    .join('') || 'Alert';
